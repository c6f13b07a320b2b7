"""Macros: a prepared answer with all that it does besides, in one step. Planned first by reading alone, so that the page can say it."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from audit.choices import Deed
from audit.log import differences, note
from common.templatetags.formats import isolate
from custom_fields.kinds import kind_of
from custom_fields.models import Field
from statuses.models import StatusKind
from tickets.access import TicketAccess
from tickets.choices import Priority
from tickets.errors import MacroRefused
from tickets.field_values import values_of
from tickets.models import Macro
from tickets.models.macro import MacroGives
from tickets.models.tag import folded_name, tags_on
from tickets.services.fields import write_values
from tickets.services.lifecycle import assign_ticket, change_priority, change_status, guard_version, locked, reply_as_staff
from tickets.services.tagging import tag_ticket

_KEEPS = object()


@dataclass
class Change:
    """One line of the preview: what, from which words to which."""

    label: str
    before: str
    after: str


@dataclass
class MacroPlan:
    """What running it would do to the ticket now. `refusals`: sentences, one for each part this person may not do, or that does not fit."""

    ticket: object
    status: object = None
    holder: object = _KEEPS
    priority: int | None = None
    tags: list = field(default_factory=list)
    values: dict = field(default_factory=dict)
    changes: list = field(default_factory=list)
    refusals: list = field(default_factory=list)

    @property
    def gives(self):
        return self.holder is not _KEEPS


def plan_macro(ticket, template, *, by, answers=True):
    """What the macro would do, and what stands against it, for this person. Changes nothing. `answers`: whether words go out with it."""
    macro = macro_of(template)
    plan, access = MacroPlan(ticket), TicketAccess(by, ticket)
    if answers and not access.can_reply:
        plan.refusals.append(_("You may not answer in this department."))
    if macro is None:
        return plan
    _plan_status(plan, macro, access)
    _plan_holder(plan, macro, access)
    _plan_rest(plan, macro, access)
    _plan_values(plan, macro, access)
    return plan


def macro_of(template):
    """What the prepared answer does besides its words; None where that is nothing."""
    macro = Macro.objects.filter(template=template).select_related("status__workflow", "person", "team").first()
    return None if macro is None or macro.is_empty else macro


def _plan_status(plan, macro, access):
    """The status itself; in a department with another workflow the first of its kind there."""
    status, workflow = macro.status, plan.ticket.department.workflow
    if status is not None and status.workflow_id != workflow.pk:
        status = workflow.status_of_kind(status.kind, StatusKind.OPEN)
    if status is None or status.archived_at or status.pk == plan.ticket.status_id:
        return
    if not access.decide_move(status):
        plan.refusals.append(_("You may not move this ticket to “%(status)s”.") % {"status": isolate(status)})
    plan.status = status
    plan.changes.append(Change(pgettext("of a ticket", "Status"), str(plan.ticket.status), str(status)))


def _plan_holder(plan, macro, access):
    holders = {MacroGives.DOER: access.user, MacroGives.PERSON: macro.person, MacroGives.TEAM: macro.team}
    if not macro.gives or macro.gives in holders and holders[macro.gives] is None:
        return
    holder, ticket = holders.get(macro.gives), plan.ticket
    if holder == (ticket.assignee or ticket.team):
        return
    if not access.can_assign and not (holder == access.user and ticket.assignee_id is None and access.can_reply):
        plan.refusals.append(_("You may not give this ticket to anybody."))
    plan.holder = holder
    nobody = pgettext("who has the ticket", "nobody")
    plan.changes.append(Change(_("Assignee"), str(ticket.assignee or ticket.team or nobody), str(holder or nobody)))


def _plan_rest(plan, macro, access):
    ticket = plan.ticket
    if macro.priority and macro.priority != ticket.priority:
        if not access.can_change_priority:
            plan.refusals.append(_("You may not change the priority of this ticket."))
        plan.priority, labels = macro.priority, dict(Priority.choices)
        plan.changes.append(Change(_("Priority"), str(labels.get(ticket.priority, "")), str(labels[macro.priority])))
    carried = {folded_name(tag.name) for tag in tags_on(ticket)} if macro.tags else set()
    plan.tags = [name for name in macro.tags if folded_name(name) not in carried]
    if plan.tags:
        if not access.can_tag:
            plan.refusals.append(_("You may not tag this ticket."))
        plan.changes.append(Change(_("Tags"), "", _(", ").join(map(isolate, plan.tags))))


def _plan_values(plan, macro, access):
    """Fields this department asks about; those of others play no part. What the person may not fill in is refused."""
    if not macro.values:
        return
    held = {one.field.pk: one for one in values_of(plan.ticket, access.user, may_answer=bool(access.can_reply), even_unasked=True)}
    asked = set(Field.objects.of_department(plan.ticket.department_id).filter(pk__in=list(macro.values)).values_list("pk", flat=True))
    for pk, plain in macro.values.items():
        one = held.get(int(pk))
        if int(pk) not in asked:
            continue
        if one is None or not one.may_edit:
            plan.refusals.append(_("One of the fields is not yours to fill in."))
            continue
        value = kind_of(one.field).from_plain(plain)
        if value != one.value:
            plan.values[one.field] = value
            plan.changes.append(Change(str(one.field), one.words, str(kind_of(one.field).words(one.field, value))))


@transaction.atomic
def run_macro(ticket, template, *, by, text="", html="", files=(), seen_version=None):
    """Say the words, if there are any, and do all the rest: everything or nothing. Raises MacroRefused where a part may not be done."""
    ticket = locked(ticket)
    guard_version(ticket, seen_version)
    answers = bool(text.strip() or html or files)
    plan = plan_macro(ticket, template, by=by, answers=answers)
    if plan.refusals:
        raise MacroRefused(plan.refusals[0])
    if plan.values:
        write_values(ticket, plan.values, by=by)
    if plan.tags:
        tag_ticket(ticket, plan.tags, by=by)
    if plan.priority:
        change_priority(ticket, to=plan.priority, by=by)
    if answers:
        ticket = reply_as_staff(ticket, text=text, html=html, files=files, then=plan.status, by=by)
    elif plan.status:
        ticket = change_status(ticket, to=plan.status, by=by)
    if plan.gives:
        ticket = assign_ticket(ticket, to=plan.holder, by=by)
    return locked(ticket)


@transaction.atomic
def write_macro(template, *, status=None, gives="", person=None, team=None, priority=None, tags=(), values=None, by=None):
    """What the prepared answer does besides its words from now on; nothing given: nothing."""
    macro = Macro.objects.filter(template=template).first() or Macro(template=template)
    before = _facts(macro) if macro.pk else {}
    macro.status, macro.gives, macro.priority, macro.tags, macro.values = status, gives, priority, list(tags), values or {}
    macro.person = person if gives == MacroGives.PERSON else None
    macro.team = team if gives == MacroGives.TEAM else None
    if not macro.is_empty:
        macro.save()
    elif macro.pk:
        macro.delete()
    before, after = differences(before, {} if macro.is_empty else _facts(macro))
    if before != after and not template.owner_id:
        note(Deed.SETTINGS_CHANGED, by=by, on=template, before=before, after=after | {"did": "changed"}, store=template.store)


def _facts(macro):
    """What the audit log compares."""
    holder = macro.person or macro.team or (str(macro.get_gives_display()) if macro.gives else None)
    facts = {"status": str(macro.status) if macro.status else None, "assignee": str(holder) if holder else None}
    keys = dict(Field.objects.filter(pk__in=list(macro.values)).values_list("pk", "key"))
    filled = ", ".join(f"{keys.get(int(pk), pk)}={value}" for pk, value in macro.values.items())
    return facts | {"priority": macro.priority, "tags": ", ".join(macro.tags), "fills_in": filled}
