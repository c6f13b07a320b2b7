"""What the guide does at a click: ready-made departments, the owner's own rights, a door that can wait."""

from django.db import transaction
from i18nfield.strings import LazyI18nString

from audit.choices import Deed
from audit.log import note
from automations.making import make_workflow
from automations.ready_made import READY_MADE
from control.guide.ready import DEPARTMENTS
from departments.models import Department
from departments.services import write_department
from permissions.querysets import departments_to_grant_in
from permissions.rights import RoleKey
from permissions.services import grant_role, roles_of
from stores.models import Store

WAITS, DONE = "waits", "done"


@transaction.atomic
def take_departments(store, keys, *, by):
    """Make the chosen ready-made departments in the store; those it has already, by their English name, are left alone."""
    there = {department.name.localize("en") for department in Department.objects.active().filter(stores=store)}
    workflow = _workflow_of(store, by)
    made = []
    for key in keys:
        icon, name, description = DEPARTMENTS[key]
        if name["en"] in there:
            continue
        facts = {"name": LazyI18nString(name), "description": LazyI18nString(description), "icon": icon, "workflow": workflow}
        made.append(write_department({**facts, "stores": [store]}, by=by))
    return made


def _workflow_of(store, by):
    """The workflow the store's departments follow already, else the ready-made one for simple support."""
    department = Department.objects.active().filter(stores=store).select_related("workflow").first()
    if department:
        return department.workflow
    simple = READY_MADE["simple"]
    return make_workflow(simple.document, name=simple.name, by=by)


@transaction.atomic
def answer_everywhere(user, store, *, by):
    """Let the person answer in every department of the store: the role of an owner, where they hold no role yet.

    Not in those that another store has as well in which `by` gives no rights: its tickets would be opened with them.
    """
    held = set(roles_of(user).values_list("department", flat=True))
    theirs = Department.objects.active().filter(stores=store, pk__in=departments_to_grant_in(by).values("pk"))
    departments = [d for d in theirs.select_related("workflow") if d.pk not in held]
    for department in departments:
        grant_role(user, department, RoleKey.OWNER, by=by)
        department.members.add(user)
    return departments


@transaction.atomic
def mark_door(store, door, mark, *, by):
    """Say of a door of the guide that it can wait (WAITS), that it is done (DONE), or nothing any more (None)."""
    store = Store.objects.select_for_update().get(pk=store.pk)
    before = dict(store.guide)
    store.guide = {name: value for name, value in {**before, door: mark}.items() if value}
    if store.guide != before:
        store.save(update_fields=["guide"])
        note(Deed.SETTINGS_CHANGED, by=by, on=store, before={"guide": before}, after={"guide": store.guide})
