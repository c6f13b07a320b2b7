"""Questions that whoever has time answers."""

from automations.ready_made.parts import (
    ANSWERED,
    IN_WORK,
    LOOKED_INTO,
    NEW,
    RECEIVED,
    WAITING,
    WAITING_FOR_YOU,
    ReadyMade,
    close_by_itself,
    closed,
    four,
    solve,
    status,
    take,
)  # fmt: skip
from statuses.models import StatusKind

SIMPLE = ReadyMade(
    key="simple",
    icon="chat-dots",
    name=four("Simple support", "پشتیبانی ساده", "Proste wsparcie", "Простая поддержка"),
    description=four(
        "Customers ask, whoever has time answers. What stays without an answer for a week closes by itself.",
        "مشتری می‌پرسد و هر همکاری که فرصت دارد پاسخ می‌دهد. تیکتی که یک هفته بی‌پاسخ بماند خودبه‌خود بسته می‌شود.",
        "Klienci pytają, odpowiada ten, kto ma czas. Po tygodniu bez odpowiedzi zgłoszenie zamyka się samo.",
        "Клиенты спрашивают, отвечает тот, у кого есть время. После недели без ответа обращение закрывается само.",
    ),
    statuses=[
        status("new", StatusKind.NEW, NEW, RECEIVED, customer="new", staff="waiting", actions=[take("open"), solve()]),
        status("open", StatusKind.OPEN, IN_WORK, LOOKED_INTO, customer="answered", staff="waiting", actions=[solve()]),
        status("answered", StatusKind.OPEN, ANSWERED, LOOKED_INTO, customer="answered", staff="waiting", actions=[take("open"), solve()]),
        status(
            "waiting", StatusKind.WAITING_FOR_CUSTOMER, WAITING, WAITING_FOR_YOU,
            customer="answered", staff="waiting", actions=[solve(), close_by_itself(7)],
        ),
        closed(customer="answered"),
    ],
)  # fmt: skip
