"""What the actions of the demo store ask for, and whom they tell."""

from i18nfield.strings import LazyI18nString

from custom_fields.models import ActionField, CustomerAccess, Field, FieldKind, FieldPlace
from notifications.choices import Recipient
from notifications.models import ActionMessage, ActionText

# key: kind, who of the customers knows it, label, options by key
FIELDS = {
    "serial-number": (
        FieldKind.TEXT,
        CustomerAccess.SEES,
        {"en": "Serial number", "fa": "شماره‌ی سریال", "pl": "Numer seryjny", "ru": "Серийный номер"},
        {},
    ),
    "fault": (
        FieldKind.CHOICE,
        CustomerAccess.NONE,
        {"en": "What is broken", "fa": "چه چیزی خراب است", "pl": "Co się zepsuło", "ru": "Что сломалось"},
        {
            "motor": {"en": "Motor", "fa": "موتور", "pl": "Silnik", "ru": "Двигатель"},
            "burrs": {"en": "Burrs", "fa": "تیغه‌ها", "pl": "Żarna", "ru": "Жернова"},
            "electronics": {"en": "Electronics", "fa": "برد الکترونیکی", "pl": "Elektronika", "ru": "Электроника"},
        },
    ),
}
FOR_THE_BENCH = (
    "Work for the bench",
    {"en": "To repair: {subject}", "fa": "برای تعمیر: {subject}", "pl": "Do naprawy: {subject}", "ru": "В ремонт: {subject}"},
    {
        "en": "{author} sent a machine to repair. Broken: {field:fault}. {link}",
        "fa": "{author} دستگاهی را برای تعمیر فرستاد. خرابی: {field:fault}. {link}",
        "pl": "{author} przekazuje urządzenie do naprawy. Usterka: {field:fault}. {link}",
        "ru": "{author} передаёт устройство в ремонт. Неисправность: {field:fault}. {link}",
    },
)


def ask_and_tell(actions):
    """Sending to repair asks for the serial number and the fault, and tells whoever is responsible; the customer is told by texts.py."""
    fields = [_field(key, *rest, position) for position, (key, rest) in enumerate(FIELDS.items())]
    text = _text(*FOR_THE_BENCH)
    for (_status, code), action in actions.items():
        if code == "send_to_repair":
            for position, field in enumerate(fields):
                ActionField.objects.create(action=action, field=field, position=position)
            ActionMessage.objects.create(action=action, text=text, recipient=Recipient.RESPONSIBLE, position=1)


def _field(key, kind, access, label, options, position):
    return Field.objects.create(
        key=key,
        kind=kind,
        place=FieldPlace.ACTION,
        label=LazyI18nString(label),
        options=[{"key": option, "label": words} for option, words in options.items()],
        customer_access=access,
        in_forms=False,
        position=position,
    )


def _text(name, subject, body):
    return ActionText.objects.create(name=name, subject=LazyI18nString(subject), body=LazyI18nString(body))
