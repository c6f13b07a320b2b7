"""Words of the demo store's own: thanks as a coffee shop says it, and what two actions tell people."""

from i18nfield.strings import LazyI18nString

from notifications.choices import Recipient, Template
from notifications.models import ActionMessage, ActionText, EventText

CLOSED = {
    "en": (
        "Done: {subject}",
        "Hello {first_name},\n\nyour request {number} is done. Enjoy your coffee.\n\nIs something left? Write to us:\n{link}",
    ),
    "fa": (
        "انجام شد: {subject}",
        "سلام {first_name}،\n\nدرخواست {number} شما به انجام رسید. قهوه‌تان نوش جان.\n\nاگر چیزی مانده است، برای ما بنویسید:\n{link}",
    ),
    "pl": (
        "Gotowe: {subject}",
        "Dzień dobry,\n\nzgłoszenie {number} jest załatwione. Smacznej kawy.\n\nCoś jeszcze zostało? Prosimy o wiadomość:\n{link}",
    ),
    "ru": ("Готово: {subject}", "Здравствуйте!\n\nОбращение {number} решено. Приятного кофе.\n\nЧто-то осталось? Напишите нам:\n{link}"),
}
ACTION_TEXTS = {
    "send_to_repair": (
        "in-the-workshop",
        "In the workshop",
        Recipient.CUSTOMER,
        {
            "en": (
                "Your machine is on our bench",
                "Hello {first_name},\n\n{department} has taken up your request {number}. We write as soon as we know more.\n\n{link}",
                "{store}: your request {number} is in our workshop. {link}",
            ),
            "fa": (
                "دستگاه شما روی میز تعمیر است",
                "سلام {first_name}،\n\n{department} رسیدگی به درخواست {number} را آغاز کرد. به‌محض روشن شدن وضعیت خبرتان می‌کنیم.\n\n{link}",
                "{store}: درخواست {number} در کارگاه است. {link}",
            ),
            "pl": (
                "Sprzęt jest w naszym warsztacie",
                "Dzień dobry,\n\ndział {department} zajmuje się zgłoszeniem {number}. Odezwiemy się, gdy będziemy wiedzieć więcej.\n\n{link}",
                "{store}: zgłoszenie {number} jest w warsztacie. {link}",
            ),
            "ru": (
                "Ваша техника у нас в мастерской",
                "Здравствуйте!\n\nОтдел «{department}» занимается обращением {number}. Напишем, как только узнаем больше.\n\n{link}",
                "{store}: обращение {number} в мастерской. {link}",
            ),
        },
    ),
    "payment_received": (
        "something-for-you",
        "Something for you",
        Recipient.ASSIGNEE,
        {
            "en": (
                "{status}: {subject}",
                "Hello {first_name},\n\n{author} has done something with {number} from {customer}.\n\n{words}\n\n{link}",
                "",
            ),
            "fa": (
                "{status}: {subject}",
                "سلام {first_name}،\n\n{author} در درخواست {number} از {customer} کاری انجام داد.\n\n{words}\n\n{link}",
                "",
            ),
        },
    ),
}


def write_texts(store, actions):
    """One own text, and two texts of actions."""
    words = [LazyI18nString({code: said[place] for code, said in CLOSED.items()}) for place in range(2)]
    EventText.objects.create(store=store, template=Template.CLOSED, subject=words[0], body=words[1])
    for code, (key, name, recipient, said) in ACTION_TEXTS.items():
        parts = [LazyI18nString({code: words[place] for code, words in said.items() if words[place]}) for place in range(3)]
        text = ActionText.objects.create(key=key, name=name, subject=parts[0], body=parts[1], sms=parts[2])
        for (_status, done), action in actions.items():
            if done == code:
                ActionMessage.objects.create(action=action, text=text, recipient=recipient)
