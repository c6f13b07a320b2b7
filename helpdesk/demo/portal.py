"""What the demo store says around its portal: thanks, last line, and two pages of the shop in its menu."""

from i18nfield.strings import LazyI18nString

from stores.models import PortalLink

THANKS = {
    "en": "While you wait: most machines run better after a descaling. The answers tell how.",
    "fa": "تا پاسخ ما: بیشتر دستگاه‌ها پس از جرم‌گیری بهتر کار می‌کنند. روش آن در پاسخ‌ها آمده است.",
    "pl": "Zanim odpowiemy: większość ekspresów działa lepiej po odkamienieniu. Jak to zrobić, jest w odpowiedziach.",
    "ru": "Пока мы отвечаем: большинство машин работает лучше после очистки от накипи. Как — сказано в ответах.",
}
FOOTER = {
    "en": "Narvan, coffee and what makes it.",
    "fa": "نارون، قهوه و هر آنچه آن را می‌سازد.",
    "pl": "Narvan, kawa i wszystko, co ją robi.",
    "ru": "Нарван, кофе и всё, что его варит.",
}
LINKS = [
    ({"en": "Orders", "fa": "سفارش‌ها", "pl": "Zamówienia", "ru": "Заказы"}, "https://narvan.example/orders/", True),
    ({"en": "Subscription", "fa": "اشتراک", "pl": "Subskrypcja", "ru": "Подписка"}, "https://narvan.example/subscription/", True),
]


def dress_portal(shop):
    shop.thanks, shop.footer = LazyI18nString(THANKS), LazyI18nString(FOOTER)
    shop.save(update_fields=["thanks", "footer"])
    for position, (label, url, for_customers) in enumerate(LINKS):
        PortalLink.objects.create(store=shop, label=LazyI18nString(label), url=url, for_customers=for_customers, position=position)
