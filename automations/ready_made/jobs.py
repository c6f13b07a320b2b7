"""Job applications, from the first letter to a yes or a no."""

from automations.ready_made.parts import NEW, RECEIVED, REOPEN, WAITING_FOR_YOU, ReadyMade, action, four, status
from statuses.models import StatusKind

_REVIEW = four("Being read", "در حال بررسی", "W ocenie", "На рассмотрении")
_PAPERS = four("Papers missing", "مدارک ناقص", "Brak dokumentów", "Не хватает документов")
_TALK = four("Invited to a talk", "دعوت به گفت‌وگو", "Rozmowa", "Собеседование")
_OFFER = four("Offer made", "پیشنهاد داده شد", "Oferta złożona", "Сделано предложение")
_HIRED = four("Hired", "استخدام شد", "Zatrudnienie", "Принято на работу")
_NO = four("Turned down", "پذیرفته نشد", "Odmowa", "Отказ")


def turn_down():
    return action("no", "x-circle", four("Turn down", "رد کردن", "Odmów", "Отказать"), "declined", deed="reply", look="danger")


JOBS = ReadyMade(
    key="jobs",
    icon="person-badge",
    name=four("Job applications", "درخواست‌های استخدام", "Aplikacje o pracę", "Отклики на вакансии"),
    description=four(
        "From the first letter over the talk to a yes or a no. Nobody is asked for a rating.",
        "از نخستین نامه تا گفت‌وگو و پاسخ آری یا نه. از کسی نظرسنجی نمی‌شود.",
        "Od pierwszego listu przez rozmowę do decyzji. Nikt nie jest proszony o ocenę.",
        "От первого письма через собеседование до решения. Оценку никого не просят поставить.",
    ),
    statuses=[
        status(
            "new", StatusKind.NEW, NEW, RECEIVED, customer="new", staff="new", customer_may_close=False,
            actions=[
                action("read", "book", four("Read it", "بررسی کردن", "Oceń", "Рассмотреть"), "review", gives_to="doer", look="main"),
                turn_down(),
            ],
        ),
        status(
            "review", StatusKind.OPEN, _REVIEW, _REVIEW, customer="review", staff="review", customer_may_close=False,
            actions=[
                action("papers", "file-earmark", four("Ask for papers", "خواستن مدارک", "Poproś o dokumenty", "Запросить документы"), "papers", deed="reply"),
                action("invite", "calendar-event", four("Invite to a talk", "دعوت به گفت‌وگو", "Zaproś na rozmowę", "Пригласить"),
                    "talk", deed="reply", look="main"),
                turn_down(),
            ],
        ),
        status(
            "papers", StatusKind.WAITING_FOR_CUSTOMER, _PAPERS, WAITING_FOR_YOU, customer="review", staff="papers",
            actions=[turn_down()],
        ),
        status(
            "talk", StatusKind.WAITING_FOR_OTHERS, _TALK, _TALK, customer="talk", staff="talk", clock_runs=False,
            actions=[
                action("offer", "gift", four("Make an offer", "دادن پیشنهاد", "Złóż ofertę", "Сделать предложение"), "offer", deed="reply", look="main"),
                turn_down(),
            ],
        ),
        status(
            "offer", StatusKind.WAITING_FOR_CUSTOMER, _OFFER, _OFFER, customer="offer", staff="offer",
            actions=[
                action("hire", "person-check", four("Hired", "استخدام شد", "Zatrudnij", "Принять"), "hired", look="main"),
                turn_down(),
            ],
        ),
        status("hired", StatusKind.CLOSED, _HIRED, _HIRED, asks_for_survey=False, customer="review", reply_days=30),
        status(
            "declined", StatusKind.CLOSED, _NO, four("Answered", "پاسخ داده شد", "Udzielono odpowiedzi", "Дан ответ"),
            asks_for_survey=False, customer="review", reply_days=30, actions=[action("reopen", "arrow-counterclockwise", REOPEN, "review")],
        ),
    ],
)  # fmt: skip
