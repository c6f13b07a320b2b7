"""What can be done to several tickets at once, and how each of it is undone. One ticket at a time, by the rights its doer has on it.

A deed is done by `do(ticket, can, **given)`, which returns (what was before, what is now) as plain facts, or None where nothing changed.
`undo(ticket, can, before, after)` puts back what nobody changed since; it is missing where nothing can be taken back. Both raise a
DeskError in words. Rights are asked of `can`, the doer's TicketAccess: one row that is refused says so and stops no other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.utils.translation import override

from statuses.models import Status
from tickets.access import TicketAccess
from tickets.choices import Priority
from tickets.errors import AlreadyLeft, ChangedSince, IsBlocked, MayNotInBulk
from tickets.models import OutgoingReply, ReadMark, Tag, Ticket
from tickets.models.tag import folded_name
from tickets.services import lifecycle
from tickets.services.linking import blockers_of
from tickets.services.merging import merge_tickets, unmerge_tickets
from tickets.services.sending import hold_reply, take_back_reply
from tickets.services.snoozing import snooze_ticket, wake_ticket
from tickets.services.tagging import tag_ticket, untag_ticket
from tickets.variables import facts_for, fill

#: What a text for many may name. Nothing that its writer might not be allowed to read.
VARIABLES = ("customer", "first_name", "number", "subject", "department", "store", "author", "date", "link")


@dataclass(frozen=True)
class Deed:
    key: str
    do: Callable
    undo: Callable | None = None


def need(allowed, words):
    """Go on, or refuse: with what hinders it (merged, closed already), else with these words."""
    if not allowed:
        raise MayNotInBulk(getattr(allowed, "hindrance", "") or words)


def unchanged(now, after):
    """Go on undoing, or refuse because somebody changed it since."""
    if now != after:
        raise ChangedSince()


# --- Who has it -------------------------------------------------------------------------------------
def _assign(ticket, can, to):
    need(can.can_assign, _("You may not assign tickets in this department."))
    before = _holder(ticket)
    ticket = lifecycle.assign_ticket(ticket, to=to, by=can.user)
    return _changed(before, _holder(ticket))


def _take(ticket, can):
    return _assign(ticket, can, to=can.user)


def _give_back(ticket, can, before, after):
    unchanged(_holder(ticket), after)
    to = get_user_model().objects.filter(pk=before["assignee"]).first() or Group.objects.filter(pk=before["team"]).first()
    if to is None and (before["assignee"] or before["team"]):
        raise ChangedSince()
    _assign(ticket, can, to=to)


def _holder(ticket):
    return {"assignee": ticket.assignee_id, "team": ticket.team_id}


# --- How it stands ----------------------------------------------------------------------------------
def _move(ticket, can, to):
    if ticket.status_id == to.pk:
        return None
    if to.workflow_id != ticket.department.workflow_id:
        raise MayNotInBulk(_("This status does not belong to the ticket's department."))
    need(can.can_change_status, _("You may not change the status in this department."))
    need(can.decide_move(to), _("You may not move tickets to this status."))
    if to.is_closed and not ticket.is_closed:
        _guard_blockers(ticket, can)
    before = _standing(ticket)
    return _changed(before, _standing(lifecycle.change_status(ticket, to=to, by=can.user, even_blocked=True)))


def _close(ticket, can):
    if ticket.is_closed:
        return None
    need(can.can_close, _("You may not close tickets in this department."))
    _guard_blockers(ticket, can)
    before = _standing(ticket)
    return _changed(before, _standing(lifecycle.close_ticket(ticket, by=can.user, even_blocked=True)))


def _guard_blockers(ticket, can):
    """Nobody who could say that it is meant looks at the one ticket, so it stays open. Blockers out of sight are not hinted at."""
    if blockers_of(ticket).visible_to(can.user).exists():
        raise IsBlocked()


def _stand_as_before(ticket, can, before, after):
    unchanged(_standing(ticket), after)
    status = Status.objects.kept().filter(pk=before["status"], workflow=ticket.department.workflow_id).first()
    if status is None:
        raise ChangedSince()
    if ticket.is_closed != before["closed"]:
        need(can.can_reopen if ticket.is_closed else can.can_close, _("You may not close tickets in this department."))
    else:
        need(can.can_change_status, _("You may not change the status in this department."))
    lifecycle.change_status(ticket, to=status, by=can.user, even_blocked=True)


def _standing(ticket):
    return {"status": ticket.status_id, "closed": ticket.is_closed}


def _prioritise(ticket, can, to):
    need(can.can_change_priority, _("You may not change the priority in this department."))
    before = {"priority": ticket.priority}
    ticket = lifecycle.change_priority(ticket, to=Priority(to), by=can.user)
    return _changed(before, {"priority": ticket.priority})


def _prioritise_as_before(ticket, can, before, after):
    unchanged({"priority": ticket.priority}, after)
    _prioritise(ticket, can, to=before["priority"])


# --- Tags -------------------------------------------------------------------------------------------
def _tag(ticket, can, names):
    need(can.can_tag, _("You may not change tags in this department."))
    before = _tags(ticket)
    tag_ticket(ticket, names, by=can.user)
    added = sorted(_tags(ticket) - before)
    return ({}, {"tags": added}) if added else None


def _take_off(ticket, can, before, after):
    need(can.can_tag, _("You may not change tags in this department."))
    left = sorted(_tags(ticket) & set(after["tags"]))
    unchanged(bool(left), True)
    untag_ticket(ticket, left, by=can.user)


def _untag(ticket, can, names):
    need(can.can_tag, _("You may not change tags in this department."))
    carried = Tag.objects.filter(pk__in=_tags(ticket), folded__in=[folded_name(name) for name in names])
    # A tag that is covered on this ticket is none of those its reader can name.
    mask = can.ticket.mask
    taken = sorted(tag.pk for tag in carried if mask.text(tag.name) == tag.name)
    untag_ticket(ticket, taken, by=can.user)
    return ({"tags": taken}, {}) if taken else None


def _put_back(ticket, can, before, after):
    need(can.can_tag, _("You may not change tags in this department."))
    names = list(Tag.objects.filter(pk__in=before["tags"]).exclude(pk__in=_tags(ticket)).values_list("name", flat=True))
    unchanged(bool(names), True)
    tag_ticket(ticket, names, by=can.user)


def _tags(ticket):
    return set(ticket.taggings.values_list("tag", flat=True))


# --- Words ------------------------------------------------------------------------------------------
def _reply(ticket, can, text):
    need(can.can_reply, _("You may not answer in this department."))
    stored = Ticket.objects.for_page().get(pk=ticket.pk)  # not covered: the customer reads their own name
    with override(stored.language):
        facts = facts_for(stored, reader=stored.customer, by=can.user)
        words = fill(text, {name: facts[name] for name in VARIABLES})
    outgoing = hold_reply(ticket, text=words, by=can.user)
    return {}, {"outgoing": outgoing and outgoing.pk}


def _take_back(ticket, can, before, after):
    outgoing = OutgoingReply.objects.filter(ticket=ticket.pk, pk=after["outgoing"] or 0).first()
    if outgoing is None:
        raise AlreadyLeft()
    take_back_reply(outgoing, by=can.user)


def _note(ticket, can, text):
    need(can.can_note, _("You may not write notes in this department."))
    lifecycle.add_note(ticket, text=text, by=can.user)
    return {}, {}


# --- Out of the lists -------------------------------------------------------------------------------
def _snooze(ticket, can, until, sleeps_through=False):
    need(can.can_snooze, _("You may not put tickets of this department to sleep."))
    before = _sleep(ticket)
    return _changed(before, _sleep(snooze_ticket(ticket, until=until, sleeps_through=sleeps_through, by=can.user)))


def _wake(ticket, can):
    need(can.can_snooze, _("You may not put tickets of this department to sleep."))
    before = _sleep(ticket)
    return _changed(before, _sleep(wake_ticket(ticket, by=can.user)))


def _sleep_as_before(ticket, can, before, after):
    unchanged(_sleep(ticket), after)
    if before["until"]:
        _snooze(ticket, can, until=datetime.fromisoformat(before["until"]), sleeps_through=before["through"])
    else:
        _wake(ticket, can)


def _sleep(ticket):
    return {"until": ticket.snoozed_until.astimezone(UTC).isoformat() if ticket.snoozed_until else None, "through": ticket.sleeps_through}


def _merge(ticket, can, into):
    if ticket.pk == into.pk:
        return None
    words = _("You may not merge tickets in this department.")
    need(can.can_merge, words)
    need(TicketAccess(can.user, into).is_trusted_to_merge, words)
    merge_tickets(ticket, into=into, by=can.user)
    return {}, {"into": into.pk}


def _unmerge(ticket, can, before, after):
    unchanged(ticket.merged_into_id, after["into"])
    into = Ticket.objects.visible_to(can.user).for_page().filter(pk=after["into"]).first()
    allowed = into and can.can_unmerge and TicketAccess(can.user, into).is_trusted_to_merge
    need(allowed, _("You may not merge tickets in this department."))
    unmerge_tickets(ticket, by=can.user)


def _read(ticket, can):
    marks = ReadMark.objects.filter(ticket=ticket.pk, user=can.user)
    before = marks.values_list("read_at", flat=True).first()
    if before and before >= ticket.last_message_at:
        return None
    lifecycle.mark_read(ticket, by=can.user, until=ticket.last_message_at)
    return {"read_at": before and before.isoformat()}, {"read_at": ticket.last_message_at.isoformat()}


def _unread(ticket, can, before, after):
    marks = ReadMark.objects.filter(ticket=ticket.pk, user=can.user, read_at=datetime.fromisoformat(after["read_at"]))
    then = before["read_at"]
    unchanged(marks.update(read_at=datetime.fromisoformat(then)) if then else marks.delete()[0], 1)


def _changed(before, after):
    return (before, after) if before != after else None


DEEDS = {
    deed.key: deed
    for deed in (
        Deed("take", _take, _give_back),
        Deed("assign", _assign, _give_back),
        Deed("status", _move, _stand_as_before),
        Deed("close", _close, _stand_as_before),
        Deed("priority", _prioritise, _prioritise_as_before),
        Deed("tag", _tag, _take_off),
        Deed("untag", _untag, _put_back),
        Deed("reply", _reply, _take_back),
        Deed("note", _note),
        Deed("snooze", _snooze, _sleep_as_before),
        Deed("wake", _wake, _sleep_as_before),
        Deed("merge", _merge, _unmerge),
        Deed("read", _read, _unread),
    )
}
