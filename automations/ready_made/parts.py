"""Short ways to write a ready-made workflow down."""

from dataclasses import dataclass

from i18nfield.strings import LazyI18nString

from statuses.models import StatusKind


@dataclass(frozen=True)
class ReadyMade:
    """A workflow to start from. `name` and `description` in four languages, for the page where one is chosen."""

    key: str
    icon: str
    name: dict
    description: dict
    statuses: list

    @property
    def description_here(self):
        """In the reader's language."""
        return LazyI18nString(self.description)

    @property
    def document(self):
        return {"key": self.key, "name": self.name, "statuses": self.statuses}


def four(en, fa, pl, ru):
    return {"en": en, "fa": fa, "pl": pl, "ru": ru}


def status(key, kind, name, customer_name=None, *, customer=None, staff=None, actions=(), **settings):
    """`customer`, `staff`: where an answer of either leads. Closed ones ask for a rating unless told otherwise."""
    return {
        "key": key,
        "kind": kind.value,
        "name": name,
        "customer_name": customer_name or {},
        "after_customer_reply": customer,
        "after_staff_reply": staff,
        "asks_for_survey": kind == StatusKind.CLOSED,
        "actions": list(actions),
        **settings,
    }


def action(key, icon, name, target=None, **settings):
    return {"key": key, "icon": icon, "name": name, "target": target, **settings}


NEW = four("New", "تازه", "Nowe", "Новое")
RECEIVED = four("Received", "دریافت شد", "Przyjęte", "Получено")
IN_WORK = four("In work", "در دست کار", "W toku", "В работе")
LOOKED_INTO = four("In work", "در حال بررسی", "W toku", "В работе")
ANSWERED = four("Customer answered", "مشتری پاسخ داد", "Odpowiedź klienta", "Клиент ответил")
WAITING = four("Waiting for customer", "منتظر مشتری", "Czeka na klienta", "Ждёт клиента")
WAITING_FOR_YOU = four("Waiting for you", "منتظر پاسخ شما", "Czekamy na Twoją odpowiedź", "Ждём вашего ответа")
SOLVED = four("Solved", "حل شد", "Rozwiązane", "Решено")

TAKE = four("Take it", "برداشتن", "Podejmij", "Взять")
SOLVE = four("Solved", "حل شد", "Rozwiązane", "Решено")
REOPEN = four("Open again", "باز کردن دوباره", "Otwórz ponownie", "Открыть снова")
CLOSE_BY_ITSELF = four("Close after silence", "بستن پس از بی‌پاسخ ماندن", "Zamknij po braku odpowiedzi", "Закрыть, если нет ответа")
A_WEEK = 7 * 24


def take(target):
    """Whoever presses it has the ticket."""
    return action("take", "person-check", TAKE, target, gives_to="doer", look="main")


def solve():
    return action("solve", "check-circle", SOLVE, "closed")


def close_by_itself(days):
    return action(
        "silence", "hourglass-split", CLOSE_BY_ITSELF, "closed", for_staff=False, fires_after_hours=days * 24, fires_since="last_message"
    )


def closed(*, customer, **settings):
    return status("closed", StatusKind.CLOSED, SOLVED, SOLVED, customer=customer, reply_days=30, **settings)
