"""Making workflows."""

from django.db import transaction
from i18nfield.strings import LazyI18nString

from common.keys import key_like
from statuses.models import Status, StatusKind, Workflow

# The workflow a store starts with. Each row: code, kind, staff's name and customers' name in four languages, where a customer's
# reply and a staff reply lead (codes; empty: the ticket stays).
DEFAULT_STATUSES = [
    (
        "new",
        StatusKind.NEW,
        {"en": "New", "fa": "تازه", "pl": "Nowe", "ru": "Новое"},
        {"en": "Received", "fa": "دریافت شد", "pl": "Przyjęte", "ru": "Получено"},
        "new",
        "waiting",
    ),
    (
        "open",
        StatusKind.OPEN,
        {"en": "In work", "fa": "در دست کار", "pl": "W toku", "ru": "В работе"},
        {"en": "In work", "fa": "در حال بررسی", "pl": "W toku", "ru": "В работе"},
        "answered",
        "waiting",
    ),
    (
        "answered",
        StatusKind.OPEN,
        {"en": "Customer answered", "fa": "مشتری پاسخ داد", "pl": "Odpowiedź klienta", "ru": "Клиент ответил"},
        {"en": "In work", "fa": "در حال بررسی", "pl": "W toku", "ru": "В работе"},
        "answered",
        "waiting",
    ),
    (
        "waiting",
        StatusKind.WAITING_FOR_CUSTOMER,
        {"en": "Waiting for customer", "fa": "منتظر مشتری", "pl": "Czeka na klienta", "ru": "Ждёт клиента"},
        {"en": "Waiting for you", "fa": "منتظر پاسخ شما", "pl": "Czekamy na Twoją odpowiedź", "ru": "Ждём вашего ответа"},
        "answered",
        "waiting",
    ),
    (
        "closed",
        StatusKind.CLOSED,
        {"en": "Solved", "fa": "حل شد", "pl": "Rozwiązane", "ru": "Решено"},
        {"en": "Solved", "fa": "حل شد", "pl": "Rozwiązane", "ru": "Решено"},
        "answered",
        "",
    ),
]


@transaction.atomic
def create_workflow(name, rows=DEFAULT_STATUSES):
    """A workflow from rows like DEFAULT_STATUSES. Returns it with `by_code`: its statuses by their code in the rows."""
    taken = set(Workflow.objects.values_list("key", flat=True))
    workflow = Workflow.objects.create(key=key_like(name.get("en", ""), taken), name=LazyI18nString(name))
    statuses = {}
    for position, (code, kind, staff_name, customer_name, *_leads) in enumerate(rows):
        statuses[code] = Status.objects.create(
            workflow=workflow,
            key=code,
            name=LazyI18nString(staff_name),
            customer_name=LazyI18nString(customer_name),
            kind=kind,
            position=position,
            asks_for_survey=kind == StatusKind.CLOSED,
        )
    for code, _kind, _staff, _customer, after_customer, after_staff in rows:
        status = statuses[code]
        status.after_customer_reply = statuses.get(after_customer)
        status.after_staff_reply = statuses.get(after_staff)
        status.save(update_fields=["after_customer_reply", "after_staff_reply"])
    workflow.by_code = statuses
    return workflow
