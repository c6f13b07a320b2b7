"""What the tickets of the data set are about and who works on them: store, workflows, departments, fields. Made once, through the ORM."""

from i18nfield.strings import LazyI18nString

from automations.ready_made.parts import SOLVED, four
from common.fulltext.cutting import indexed
from custom_fields.models import Field, FieldKind
from departments.models import Assignment, Department, RequestType
from helpdesk.demo.build import make_store
from helpdesk.demo.fields import BOUGHT, KINDS, ORDER, QUESTION
from helpdesk.generating.staff import make_staff
from helpdesk.generating.words import listed
from statuses.models import Action, StatusKind
from statuses.services import DEFAULT_STATUSES, create_workflow
from stores.models import Store
from tickets.models import Tag
from tickets.models.tag import folded_name

_OTHERS = {
    "payment": four("Waiting for payment", "در انتظار پرداخت", "Czeka na płatność", "Ждёт оплаты"),
    "carrier": four("Waiting for the carrier", "منتظر شرکت پست", "Czeka na przewoźnika", "Ждёт перевозчика"),
    "repair": four("Repair", "در تعمیر", "Naprawa", "Ремонт"),
    "advice": four("Waiting for advice", "منتظر نظر همکار", "Czeka na poradę", "Ждёт совета"),
    "supplier": four("Waiting for the supplier", "منتظر تأمین‌کننده", "Czeka na dostawcę", "Ждёт поставщика"),
    "accounting": four("With accounting", "نزد حسابداری", "W księgowości", "В бухгалтерии"),
}
_WORKFLOWS = [
    (four("Sales", "فروش", "Sprzedaż", "Продажи"), ["payment", "supplier"]),
    (four("Sending", "ارسال", "Wysyłka", "Отправка"), ["carrier", "payment", "supplier"]),
    (four("Workshop", "کارگاه", "Warsztat", "Мастерская"), ["repair", "supplier", "advice"]),
    (four("Money", "امور مالی", "Finanse", "Финансы"), ["payment", "accounting"]),
    (four("Help", "راهنمایی", "Pomoc", "Помощь"), ["advice"]),
]
#: In the order of the topics of words/: name, icon, the workflow followed, hours promised.
_TOPICS = [
    (four("Delivery", "ارسال", "Dostawa", "Доставка"), "truck", 1, 4),
    (four("Payment", "پرداخت", "Płatności", "Оплата"), "receipt", 3, 8),
    (four("Repairs", "تعمیر", "Naprawy", "Ремонт"), "wrench-adjustable", 2, 24),
    (four("Returns", "مرجوعی", "Zwroty", "Возвраты"), "arrow-counterclockwise", 1, 12),
    (four("Advice", "مشاوره", "Porady", "Советы"), "bag", 4, 48),
    (four("Accounts", "حساب کاربری", "Konta", "Учётные записи"), "person", 4, None),
    (four("Stock", "موجودی", "Magazyn", "Склад"), "box-seam", 0, 24),
    (four("Wholesale", "عمده‌فروشی", "Hurt", "Опт"), "shop", 0, None),
]
_PLACES = [
    four("shop", "فروشگاه", "sklep", "магазин"),
    four("north", "شمال", "północ", "север"),
    four("south", "جنوب", "południe", "юг"),
    four("branches", "شعبه‌ها", "salony", "филиалы"),
    four("online", "اینترنتی", "internet", "интернет"),
]
_TYPES = {
    "question": four("Question", "پرسش", "Pytanie", "Вопрос"),
    "complaint": four("Complaint", "شکایت", "Reklamacja", "Жалоба"),
    "request": four("Request", "درخواست", "Prośba", "Просьба"),
    "offer": four("Offer", "پیشنهاد قیمت", "Oferta", "Предложение"),
}
_TAGS = """
refund|vip|فوری|reklamacja|دوباره|call back|гарантия|کافه|hurt|ضمانت|invoice|pilne|wrong item|تخفیف|kurier|broken|опт|مرجوعی|spare part|
zwrot|тест|christmas|نوروز|b2b|escalated|salon|поломка|هدیه|newsletter|fraud
"""
_MODEL = four("Model", "مدل", "Model", "Модель")
DEPARTMENTS = len(_TOPICS) * len(_PLACES)


def make_cast(random):
    """The part of the plan that tells whom and what the tickets may refer to: ids and little more."""
    store = Store.objects.filter(is_default=True).first() or Store.objects.first() or make_store()
    workflows = [_workflow(name, others) for name, others in _WORKFLOWS]
    departments = [_department(store, number, workflows) for number in range(DEPARTMENTS)]
    staff = make_staff(store, departments, workflows, random)
    return {
        "store": store.pk,
        "digits": store.number_digits,
        "prefix": store.number_prefix,
        "workflows": [_plain(workflow) for workflow in workflows],
        "departments": [
            {
                "id": department.pk,
                "topic": number % len(_TOPICS),
                "workflow": _TOPICS[number % len(_TOPICS)][2],
                "hours": department.answer_hours,
                "survey_delay": store.survey_delay_minutes * 60,
                "members": staff.members[department.pk],
                "team": staff.team_of.get(department.pk),
            }
            for number, department in enumerate(departments)
        ],
        "types": _types(),
        "tags": _tags(store),
        **_fields(),
        "password": staff.password,
        "people": staff.named,
        "seers": staff.seers(),
    }


def _workflow(name, others):
    rows = [
        *DEFAULT_STATUSES[:4],
        *((key, StatusKind.WAITING_FOR_OTHERS, _OTHERS[key], {}, "answered", key) for key in others),
        DEFAULT_STATUSES[4],
    ]
    workflow = create_workflow(name, rows)
    closing = workflow.by_code["closed"]
    # Nothing is done by itself here: a clock that runs beside the data would change it.
    Action.objects.bulk_create(
        Action(status=status, key="solve", name=LazyI18nString(SOLVED), icon="check-circle", target=closing)
        for status in workflow.by_code.values()
        if status != closing
    )
    return workflow


def _plain(workflow):
    return {
        "first": workflow.by_code["new"].pk,
        "open": workflow.by_code["open"].pk,
        "waiting": workflow.by_code["waiting"].pk,
        "closing": workflow.by_code["closed"].pk,
        "others": [status.pk for status in workflow.by_code.values() if status.kind == StatusKind.WAITING_FOR_OTHERS],
        "statuses": {
            status.pk: {
                "customer": status.after_customer_reply_id,
                "staff": status.after_staff_reply_id,
                "clock_runs": status.clock_runs,
                "asks": status.asks_for_survey,
            }
            for status in workflow.by_code.values()
        },
    }


def _department(store, number, workflows):
    topic, place = number % len(_TOPICS), number // len(_TOPICS)
    name, icon, workflow, hours = _TOPICS[topic]
    department = Department.objects.create(
        key=f"set-{number + 1}",
        name=LazyI18nString({code: f"{name[code]}, {_PLACES[place][code]}" for code in name}),
        icon=icon,
        workflow=workflows[workflow],
        answer_hours=hours,
        position=100 + number,
        assignment=Assignment.BALANCED if place else Assignment.MANUAL,
    )
    department.stores.add(store)
    return department


def _types():
    types = []
    for position, (key, name) in enumerate(_TYPES.items()):
        types.append(RequestType.objects.create(key=f"set-{key}", name=LazyI18nString(name), position=100 + position).pk)
    return types


def _tags(store):
    return [Tag.objects.get_or_create(store=store, folded=folded_name(name), defaults={"name": name})[0].pk for name in listed(_TAGS)]


def _fields():
    field = lambda key, kind, label, **more: Field.objects.create(  # noqa: E731
        key=f"set-{key}", kind=kind, label=LazyI18nString(label), position=100 + Field.objects.count(), **more
    )
    fields = {
        "choice": field("kind-of-question", FieldKind.CHOICE, QUESTION, options=KINDS, in_lists=True).pk,
        "order": field("order-number", FieldKind.TEXT, ORDER, in_lists=True).pk,
        "date": field("purchase-date", FieldKind.DATE, BOUGHT).pk,
        "text": field("model", FieldKind.TEXT, _MODEL).pk,
    }
    return {"fields": fields, "options": [[kind["key"], indexed(" ".join(kind["label"].values()))] for kind in KINDS]}
