"""Orders on their way, payments, things that come back."""

from automations.ready_made.parts import (
    ANSWERED,
    IN_WORK,
    LOOKED_INTO,
    NEW,
    RECEIVED,
    WAITING,
    WAITING_FOR_YOU,
    ReadyMade,
    action,
    close_by_itself,
    closed,
    four,
    solve,
    status,
    take,
)  # fmt: skip
from statuses.models import StatusKind

_PAYMENT = four("Waiting for payment", "در انتظار پرداخت", "Czeka na płatność", "Ждёт оплаты")
_CARRIER = four("Waiting for the carrier", "منتظر شرکت پست", "Czeka na przewoźnika", "Ждёт перевозчика")
_CHECKING = four("Checking with the carrier", "در حال پیگیری از شرکت پست", "Sprawdzamy u przewoźnika", "Уточняем у перевозчика")
_RETURN = four("Return on its way", "مرجوعی در راه است", "Zwrot w drodze", "Возврат в пути")
_CHECK = four("Return arrived", "مرجوعی رسید", "Zwrot dotarł", "Возврат получен")
_REFUSED = four("Declined", "پذیرفته نشد", "Odrzucone", "Отказано")


def asks():
    return [
        action("payment", "credit-card", four("Ask for payment", "درخواست پرداخت", "Poproś o płatność", "Запросить оплату"), "payment", deed="reply"),
        action("carrier", "truck", four("Ask the carrier", "پرسیدن از شرکت پست", "Zapytaj przewoźnika", "Спросить перевозчика"), "carrier"),
        action("return", "box-seam", four("Accept the return", "پذیرفتن مرجوعی", "Przyjmij zwrot", "Принять возврат"), "return", deed="reply"),
        solve(),
    ]  # fmt: skip


ORDERS = ReadyMade(
    key="orders",
    icon="box-seam",
    name=four("Orders and returns", "سفارش و مرجوعی", "Zamówienia i zwroty", "Заказы и возвраты"),
    description=four(
        "Payments, parcels and returns, each with a status of its own that the customer sees.",
        "پرداخت، مرسوله و مرجوعی؛ هر کدام وضعیت خودش را دارد و مشتری آن را می‌بیند.",
        "Płatności, przesyłki i zwroty; każde ma własny status, który widzi klient.",
        "Оплаты, посылки и возвраты: у каждого свой статус, который видит клиент.",
    ),
    statuses=[
        status("new", StatusKind.NEW, NEW, RECEIVED, customer="new", staff="waiting", actions=[take("open"), *asks()]),
        status("open", StatusKind.OPEN, IN_WORK, LOOKED_INTO, customer="answered", staff="waiting", actions=asks()),
        status("answered", StatusKind.OPEN, ANSWERED, LOOKED_INTO, customer="answered", staff="waiting", actions=asks()),
        status(
            "waiting", StatusKind.WAITING_FOR_CUSTOMER, WAITING, WAITING_FOR_YOU,
            customer="answered", staff="waiting", actions=[solve(), close_by_itself(14)],
        ),
        status(
            "payment", StatusKind.WAITING_FOR_OTHERS, _PAYMENT, _PAYMENT, customer="answered", staff="payment", clock_runs=False,
            actions=[
                action("paid", "receipt", four("Payment received", "پرداخت دریافت شد", "Płatność otrzymana", "Оплата получена"), "open", look="main"),
                action("unpaid", "x-circle", four("Not paid, close", "پرداخت نشد، بستن", "Brak płatności, zamknij", "Не оплачено, закрыть"), "closed"),
            ],
        ),
        status(
            "carrier", StatusKind.WAITING_FOR_OTHERS, _CARRIER, _CHECKING, customer="answered", staff="carrier",
            actions=[
                action("found", "box-seam", four("Parcel found", "بسته پیدا شد", "Paczka odnaleziona", "Посылка нашлась"), "open", look="main"),
                action("lost", "exclamation-triangle", four("Parcel lost", "بسته گم شد", "Paczka zaginęła", "Посылка потеряна"), "open", deed="note"),
            ],
        ),
        status(
            "return", StatusKind.WAITING_FOR_OTHERS, _RETURN, _RETURN, customer="return", staff="return", clock_runs=False,
            actions=[action("arrived", "inbox", four("It arrived", "رسید", "Dotarł", "Прибыл"), "returned", look="main")],
        ),
        status(
            "returned", StatusKind.OPEN, _CHECK, _CHECK, customer="returned", staff="returned",
            actions=[
                action("refund", "credit-card", four("Money returned", "پول برگشت", "Pieniądze zwrócone", "Деньги возвращены"),
                    "closed", deed="reply", look="main"),
                action("decline", "slash-circle", four("Decline", "نپذیرفتن", "Odrzuć", "Отказать"), "declined", deed="reply", look="danger"),
            ],
        ),
        closed(customer="answered"),
        status("declined", StatusKind.CLOSED, _REFUSED, _REFUSED, customer="answered", reply_days=30, asks_for_survey=False),
    ],
)  # fmt: skip
