"""Setting departments up. Each change is a line of the audit log with what was before and after."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from audit.choices import Deed
from audit.log import differences, note
from common.keys import key_like
from common.ordering import move_row
from departments.errors import DepartmentNeedsAStore, FormAddressIsTaken, FormNeedsAnAddress
from departments.models import Department
from departments.switches import SWITCHES

PLAIN = (
    "name", "description", "icon", "is_public", "workflow", "responsible", "assignment", "only_present", "most_open",
    "answer_hours", "form_address", "form_published", "switches",
)  # fmt: skip
MANY = ("stores", "members", "teams")


@transaction.atomic
def write_department(changes, *, department=None, by=None):
    """Make a department, or change what is named; what is not named stays. A new one comes last.

    Raises DepartmentNeedsAStore, FormNeedsAnAddress or FormAddressIsTaken. Changing nothing writes nothing.
    """
    if unknown := set(changes) - {*PLAIN, *MANY}:
        raise ValueError(f"A department has none of these: {sorted(unknown)}")
    if unknown := set(changes.get("switches", ())) - set(SWITCHES):
        raise ValueError(f"There are no such switches: {sorted(unknown)}")
    if department is None:
        department, before = Department(key=_key(changes), position=_next_position()), {}
    else:
        department = Department.objects.select_for_update().get(pk=department.pk)
        before = facts_of(department)
    for name in set(PLAIN) & set(changes):
        setattr(department, name, changes[name])
    _guard(department, changes)
    department.save()
    for name in set(MANY) & set(changes):
        getattr(department, name).set(changes[name])
    _note(department, "changed" if before else "made", by=by, before=before, after=facts_of(department))
    return department


def _guard(department, changes):
    if "stores" in changes and not changes["stores"]:
        raise DepartmentNeedsAStore()
    if department.form_published and not department.form_address:
        raise FormNeedsAnAddress()
    others = Department.objects.exclude(pk=department.pk)
    if department.form_address and others.filter(form_address=department.form_address).exists():
        raise FormAddressIsTaken()


def _key(changes):
    """How files call it: like its English name, where it has one."""
    name = changes.get("name", "")
    english = name.data.get("en", "") if isinstance(getattr(name, "data", None), dict) else str(name)
    return key_like(english, set(Department.objects.values_list("key", flat=True)))


def _next_position():
    last = Department.objects.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


@transaction.atomic
def move_department(department, *, places, among, by=None):
    """Move it by so many places (negative: up) among these. At the end it stays where it is."""
    rows = among.select_for_update(of=("self",)).order_by("position", "pk")
    if move_row(rows, department, places):
        _note(department, "moved", by=by)


@transaction.atomic
def archive_department(department, *, by=None):
    """It takes no new tickets and is offered nowhere; its tickets, answers and history stay. Archiving twice keeps the first day."""
    if Department.objects.filter(pk=department.pk, archived_at=None).update(archived_at=timezone.now()):
        _note(department, "archived", by=by)


@transaction.atomic
def bring_back_department(department, *, by=None):
    """It works again as it did before."""
    if Department.objects.filter(pk=department.pk, archived_at__isnull=False).update(archived_at=None):
        _note(department, "brought_back", by=by)


def facts_of(department):
    """What the audit log compares: words and names, never ids alone."""
    facts = {f"name:{language}": words for language, words in words_by_language(department.name).items()}
    facts |= {f"description:{language}": words for language, words in words_by_language(department.description).items()}
    facts |= {
        "icon": department.icon,
        "is_public": department.is_public,
        "workflow": str(department.workflow),
        "responsible": str(department.responsible or ""),
        "assignment": department.assignment,
        "only_present": department.only_present,
        "most_open": department.most_open,
        "answer_hours": department.answer_hours,
        "form_address": department.form_address,
        "form_published": department.form_published,
        "switched_off": sorted(department.switches),
    }
    return facts | {name: _named(getattr(department, name)) for name in MANY}


def words_by_language(words):
    """{language: words} of a text in several languages, those with words only."""
    data = getattr(words, "data", words)
    return {code: text for code, text in data.items() if text} if isinstance(data, dict) else {"en": str(data)} if data else {}


def _named(rows):
    return [{"id": row.pk, "name": str(row)} for row in rows.order_by("pk")]


def _note(department, did, *, by, before=None, after=None):
    """One line, unless nothing changed. It belongs to a store when only that one has the department."""
    before, after = differences(before or {}, after or {})
    if did == "changed" and before == after:
        return
    stores = department.stores.all()[:2]
    store = stores[0] if len(stores) == 1 else None
    note(Deed.SETTINGS_CHANGED, by=by, on=department, before=before, after=after | {"did": did}, store=store)
