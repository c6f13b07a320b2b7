"""Wishes and complaints: read, then done. Two states are enough."""

from automations.ready_made.parts import REOPEN, ReadyMade, action, four, status
from statuses.models import StatusKind

_READ = four("Thank and finish", "تشکر و پایان", "Podziękuj i zakończ", "Поблагодарить и завершить")
_NOTED = four("Noted without an answer", "ثبت بدون پاسخ", "Odnotowane bez odpowiedzi", "Учтено без ответа")
_DONE = four("Done", "انجام شد", "Załatwione", "Рассмотрено")

WISHES = ReadyMade(
    key="wishes",
    icon="megaphone",
    name=four("Wishes and complaints", "پیشنهاد و شکایت", "Uwagi i skargi", "Пожелания и жалобы"),
    description=four(
        "Two states: received and done. Every word is read; an answer is possible, not owed.",
        "دو وضعیت: رسید و انجام شد. هر نوشته‌ای خوانده می‌شود؛ پاسخ دادن ممکن است ولی الزامی نیست.",
        "Dwa stany: przyjęte i załatwione. Każde słowo jest czytane; odpowiedź jest możliwa, ale nie obowiązkowa.",
        "Два состояния: получено и рассмотрено. Каждое слово прочитают; ответить можно, но не обязательно.",
    ),
    statuses=[
        status(
            "new", StatusKind.NEW, four("Received", "رسید", "Przyjęte", "Получено"), customer="new", staff="new", clock_runs=False,
            actions=[
                action("thank", "reply", _READ, "done", deed="reply", look="main"),
                action("noted", "check2", _NOTED, "done"),
            ],
        ),
        status(
            "done", StatusKind.CLOSED, _DONE, customer="new", reply_days=30, asks_for_survey=False,
            actions=[action("reopen", "arrow-counterclockwise", REOPEN, "new")],
        ),
    ],
)  # fmt: skip
