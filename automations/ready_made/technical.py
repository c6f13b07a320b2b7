"""Easy questions are answered at once; the others go to a specialist, who advises, and come back."""

from automations.ready_made.parts import (
    ANSWERED,
    IN_WORK,
    LOOKED_INTO,
    NEW,
    RECEIVED,
    REOPEN,
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


def hand_over():
    name = four("Hand over to a specialist", "سپردن به کارشناس", "Przekaż specjaliście", "Передать специалисту")
    return action("hand-over", "box-arrow-right", name, "specialist", deed="note", gives_to="choice")


_WITH_SPECIALIST = four("With a specialist", "نزد کارشناس", "U specjalisty", "У специалиста")
_ADVISED = four("Advice is there", "نظر کارشناس رسید", "Jest porada", "Есть заключение")
_ADVISE = four("Advise and give back", "نظر دادن و برگرداندن", "Doradź i oddaj", "Посоветовать и вернуть")
_SEND_BACK = four("Give back without advice", "برگرداندن بدون نظر", "Oddaj bez porady", "Вернуть без совета")

TECHNICAL = ReadyMade(
    key="technical",
    icon="tools",
    name=four("Technical support", "پشتیبانی فنی", "Wsparcie techniczne", "Техническая поддержка"),
    description=four(
        "Easy questions are answered at once. The others are handed over to a specialist, who advises in a note; "
        "then they are back with whoever had them.",
        "پرسش‌های آسان همان‌جا پاسخ می‌گیرند. بقیه به کارشناس سپرده می‌شوند که در یادداشت نظر می‌دهد؛ سپس تیکت به همان همکار پیشین برمی‌گردد.",
        "Na proste pytania odpowiada się od razu. Pozostałe trafiają do specjalisty, który radzi w notatce, "
        "a potem wracają do osoby, która je miała.",
        "На простые вопросы отвечают сразу. Остальные передают специалисту, он советует в заметке, и обращение возвращается к тому, у кого было.",
    ),
    statuses=[
        status("new", StatusKind.NEW, NEW, RECEIVED, customer="new", staff="waiting", actions=[take("open"), hand_over(), solve()]),
        status("open", StatusKind.OPEN, IN_WORK, LOOKED_INTO, customer="answered", staff="waiting", actions=[hand_over(), solve()]),
        status(
            "answered", StatusKind.OPEN, ANSWERED, LOOKED_INTO,
            customer="answered", staff="waiting", actions=[take("open"), hand_over(), solve()],
        ),
        status(
            "specialist", StatusKind.OPEN, _WITH_SPECIALIST, LOOKED_INTO, customer="specialist", staff="waiting",
            actions=[
                action("advise", "reply", _ADVISE, "advised", deed="note", gives_to="previous", look="main"),
                action("back", "arrow-counterclockwise", _SEND_BACK, "open", gives_to="previous"),
            ],
        ),
        status("advised", StatusKind.OPEN, _ADVISED, LOOKED_INTO, customer="advised", staff="waiting", actions=[hand_over(), solve()]),
        status(
            "waiting", StatusKind.WAITING_FOR_CUSTOMER, WAITING, WAITING_FOR_YOU,
            customer="answered", staff="waiting", actions=[solve(), close_by_itself(10)],
        ),
        closed(customer="answered", actions=[action("reopen", "arrow-counterclockwise", REOPEN, "open")]),
    ],
)  # fmt: skip
