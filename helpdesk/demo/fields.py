"""The fields of the demo store: what it asks about requests and customers, and what some tickets hold."""

from datetime import timedelta

from django.utils import timezone
from i18nfield.strings import LazyI18nString

from custom_fields.models import CustomerAccess, Field, FieldKind, FieldPlace
from custom_fields.services import write_customer_values
from tickets.models import Ticket
from tickets.services.fields import write_values

QUESTION = {"en": "Kind of question", "fa": "نوع پرسش", "pl": "Rodzaj pytania", "ru": "Вид вопроса"}
KINDS = [
    {"key": "technical", "label": {"en": "Technical", "fa": "فنی", "pl": "Techniczne", "ru": "Технический"}},
    {"key": "financial", "label": {"en": "Payment and invoices", "fa": "مالی", "pl": "Płatności i faktury", "ru": "Оплата и счета"}},
    {"key": "pre-sale", "label": {"en": "Before buying", "fa": "پیش از خرید", "pl": "Przed zakupem", "ru": "Перед покупкой"}},
]
ORDER = {"en": "Order number", "fa": "شماره‌ی سفارش", "pl": "Numer zamówienia", "ru": "Номер заказа"}
ORDER_HELP = {
    "en": "It stands in the message we sent when you ordered.",
    "fa": "در پیامی که هنگام ثبت سفارش برایتان فرستادیم نوشته شده است.",
    "pl": "Jest w wiadomości, którą wysłaliśmy po złożeniu zamówienia.",
    "ru": "Он указан в сообщении, которое мы отправили после заказа.",
}
BOUGHT = {"en": "Purchase date", "fa": "تاریخ خرید", "pl": "Data zakupu", "ru": "Дата покупки"}
ACCESS = {"en": "Hosting access", "fa": "دسترسی هاست", "pl": "Dostęp do hostingu", "ru": "Доступ к хостингу"}
ACCESS_HELP = {
    "en": "Address, user name and password, if we shall look at your shop’s website.",
    "fa": "نشانی، نام کاربری و گذرواژه، اگر لازم است وب‌سایت فروشگاهتان را ببینیم.",
    "pl": "Adres, nazwa użytkownika i hasło, jeśli mamy zajrzeć na stronę Twojego sklepu.",
    "ru": "Адрес, имя пользователя и пароль, если нам нужно посмотреть сайт вашего магазина.",
}
SEGMENT = {"en": "Kind of customer", "fa": "نوع مشتری", "pl": "Rodzaj klienta", "ru": "Тип клиента"}
SEGMENTS = [
    {"key": "home", "label": {"en": "At home", "fa": "خانگی", "pl": "Dom", "ru": "Дом"}},
    {"key": "cafe", "label": {"en": "Café", "fa": "کافه", "pl": "Kawiarnia", "ru": "Кафе"}},
]


def make_fields(departments, customers):
    """The fields, and answers in every third ticket of a department."""
    question = _field("kind-of-question", FieldKind.CHOICE, QUESTION, options=KINDS, in_lists=True)
    order = _field("order-number", FieldKind.TEXT, ORDER, help=LazyI18nString(ORDER_HELP), in_lists=True)
    bought = _field("purchase-date", FieldKind.DATE, BOUGHT)
    access = _field(
        "hosting-access", FieldKind.SECRET, ACCESS, help=LazyI18nString(ACCESS_HELP), wiped_after_days=30,
        shown_when=question, shown_when_values=["technical"],
    )  # fmt: skip
    access.departments.add(departments["repairs"])
    segment = _field(
        "kind-of-customer", FieldKind.CHOICE, SEGMENT, options=SEGMENTS, place=FieldPlace.CUSTOMER, customer_access=CustomerAccess.NONE
    )
    for number, ticket in enumerate(Ticket.objects.kept().unmerged().order_by("pk")[:30]):
        if number % 3 == 0:
            kind = KINDS[number // 3 % len(KINDS)]["key"]
            values = {question: kind, order: f"N-{2041 + number * 7}", bought: (timezone.now() - timedelta(days=20 + number)).date()}
            if kind == "technical" and ticket.department_id == departments["repairs"].pk:
                values[access] = "https://panel.host.example\nuser: shop\npassword: grinder-and-beans"
            write_values(ticket, values, by_customer=True, record_event=False)
    for number, customer in enumerate(customers.values()):
        write_customer_values(customer, {segment: SEGMENTS[number % 2]["key"]})


def _field(key, kind, label, **more):
    return Field.objects.create(key=key, kind=kind, label=LazyI18nString(label), position=Field.objects.count(), **more)
