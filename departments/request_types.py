"""Defining request types. They are only retired, never deleted: tickets and their history keep naming them."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from audit.choices import Deed
from audit.log import differences, note
from common.kept import kept
from common.keys import key_like
from common.ordering import move_row
from departments.errors import TypesAreThereAlready
from departments.models import RequestType
from departments.services import words_by_language

#: A set to start from: key, icon, whether it is about something bought, name.
READY_MADE = [
    ("question", "question-circle", False, {"en": "Question", "fa": "پرسش", "pl": "Pytanie", "ru": "Вопрос"}),
    ("complaint", "exclamation-triangle", False, {"en": "Complaint", "fa": "شکایت", "pl": "Skarga", "ru": "Жалоба"}),
    ("claim", "patch-check", True, {"en": "Claim", "fa": "ادعای خسارت", "pl": "Reklamacja", "ru": "Рекламация"}),
    ("wish", "star", False, {"en": "Wish", "fa": "پیشنهاد و خواسته", "pl": "Życzenie", "ru": "Пожелание"}),
    ("repair", "tools", True, {"en": "Repair", "fa": "تعمیر", "pl": "Naprawa", "ru": "Ремонт"}),
    ("offer", "tag", False, {"en": "Offer", "fa": "درخواست قیمت", "pl": "Zapytanie ofertowe", "ru": "Запрос предложения"}),
    ("application", "file-earmark-text", False, {"en": "Application", "fa": "درخواست همکاری", "pl": "Podanie", "ru": "Заявка"}),
]
PLAIN = ("name", "icon", "is_after_sale", "in_forms")


def types_to_choose_from():
    """All types that are in use, in their order."""
    return kept(("request types",), lambda: list(RequestType.objects.kept().order_by("position", "pk")))


def types_offered_by(department):
    """Those that customers may choose in this department's forms, in their order."""
    return kept(("request types offered", department.pk), lambda: list(RequestType.objects.offered_by(department)))


@transaction.atomic
def write_request_type(*, name, icon, departments=(), is_after_sale=False, in_forms=True, request_type=None, by=None):
    """Define a type, or change one. Without departments it is for all of them. A new one comes last."""
    request_type = request_type or RequestType(position=_next_position())
    before = _facts(RequestType.objects.get(pk=request_type.pk)) if request_type.pk else {}
    if request_type.pk is None:
        english = words_by_language(name).get("en", "")
        request_type.key = key_like(english, set(RequestType.objects.values_list("key", flat=True)))
    request_type.name, request_type.icon = name, icon
    request_type.is_after_sale, request_type.in_forms = is_after_sale, in_forms
    request_type.save()
    request_type.departments.set(departments)
    _note(request_type, "changed" if before else "made", by=by, before=before, after=_facts(request_type))
    return request_type


@transaction.atomic
def start_with_ready_made(*, by=None):
    """The set above, for all departments. Raises TypesAreThereAlready where somebody began by themselves."""
    if RequestType.objects.exists():
        raise TypesAreThereAlready()
    for key, icon, is_after_sale, name in READY_MADE:
        made = write_request_type(name=LazyI18nString(name), icon=icon, is_after_sale=is_after_sale, by=by)
        RequestType.objects.filter(pk=made.pk).update(key=key)


@transaction.atomic
def move_request_type(request_type, *, places, among, by=None):
    """Move it by so many places (negative: up) among these. At the end it stays where it is."""
    rows = RequestType.objects.filter(pk__in=among.values("pk")).select_for_update().order_by("position", "pk")
    if move_row(rows, request_type, places):
        _note(request_type, "moved", by=by)


@transaction.atomic
def archive_request_type(request_type, *, by=None):
    """Nobody is offered it any more; tickets that have it keep it."""
    if RequestType.objects.filter(pk=request_type.pk, archived_at=None).update(archived_at=timezone.now()):
        _note(request_type, "archived", by=by)


@transaction.atomic
def bring_back_request_type(request_type, *, by=None):
    if RequestType.objects.filter(pk=request_type.pk, archived_at__isnull=False).update(archived_at=None):
        _note(request_type, "brought_back", by=by)


def _next_position():
    last = RequestType.objects.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _facts(request_type):
    facts = {f"name:{language}": words for language, words in words_by_language(request_type.name).items()}
    facts |= {name: getattr(request_type, name) for name in PLAIN if name != "name"}
    return facts | {"departments": [{"id": row.pk, "name": str(row)} for row in request_type.departments.order_by("pk")]}


def _note(request_type, did, *, by, before=None, after=None):
    before, after = differences(before or {}, after or {})
    if did == "changed" and before == after:
        return
    note(Deed.SETTINGS_CHANGED, by=by, on=request_type, before=before, after=after | {"did": did})
