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
IN_THE_WORKSHOP = (
    "Machine in the workshop",
    {
        "en": "Your machine is in our workshop",
        "fa": "دستگاه شما در کارگاه ماست",
        "pl": "Twoje urządzenie jest w naszym serwisie",
        "ru": "Ваше устройство в нашей мастерской",
    },
    {
        "en": "{first_name}, we repair it and write to you as soon as it is ready. Request {number}: {link}",
        "fa": "{first_name}، دستگاه در حال تعمیر است و به محض آماده شدن خبرتان می‌کنیم. درخواست {number}: {link}",
        "pl": "{first_name}, naprawiamy urządzenie i napiszemy, gdy tylko będzie gotowe. Zgłoszenie {number}: {link}",
        "ru": "{first_name}, мы ремонтируем устройство и напишем, как только оно будет готово. Обращение {number}: {link}",
    },
)
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
    """Sending to repair asks for the serial number and the fault, and tells the customer and whoever is responsible."""
    fields = [_field(key, *rest, position) for position, (key, rest) in enumerate(FIELDS.items())]
    texts = {Recipient.CUSTOMER: _text(*IN_THE_WORKSHOP), Recipient.RESPONSIBLE: _text(*FOR_THE_BENCH)}
    for (_status, code), action in actions.items():
        if code == "send_to_repair":
            for position, field in enumerate(fields):
                ActionField.objects.create(action=action, field=field, position=position)
            for position, (recipient, text) in enumerate(texts.items()):
                ActionMessage.objects.create(action=action, text=text, recipient=recipient, position=position)


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
