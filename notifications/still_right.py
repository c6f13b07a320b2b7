"""Asked at the moment of sending: may this person still hear this, and is it still true? Much can happen while a row waits."""

from notifications.choices import Reason, State, Template
from notifications.gathering import CARRIERS, lines_of
from notifications.outcomes import NoLongerWanted
from permissions.querysets import people_who_grant
from tickets.choices import MessageKind
from tickets.models import Ticket, TicketCopy, TicketShare, Watch


def guard_still_right(delivery):
    """Raises NoLongerWanted when the message must not leave any more."""
    if delivery.template in CARRIERS:
        _guard_lines(delivery)
    elif delivery.ticket is None:
        _guard_granter(delivery)
    elif delivery.user:
        _guard_staff(delivery)
    elif delivery.customer_id:
        _guard_customer(delivery)
    elif delivery.is_copy:
        _guard_copy(delivery)
    elif delivery.ticket.is_deleted:
        raise NoLongerWanted(Reason.NO_RIGHT)


def _guard_lines(digest):
    """Each line by itself: what its reader may not hear any more falls out, and with the last one the digest."""
    left = 0
    for line in lines_of(digest):
        try:
            guard_still_right(line)
            left += 1
        except NoLongerWanted as outcome:
            digest.lines.filter(pk=line.pk).update(state=State.DROPPED, reason=outcome.reason)
    if not left:
        raise NoLongerWanted(Reason.OVERTAKEN)


def _guard_granter(delivery):
    """What belongs to no ticket goes to an address, or to somebody who gives rights in the store."""
    if delivery.user and not people_who_grant(delivery.store).filter(pk=delivery.user_id).exists():
        raise NoLongerWanted(Reason.NO_RIGHT)


def _guard_staff(delivery):
    if not Ticket.objects.visible_to(delivery.user).filter(pk=delivery.ticket_id).exists():
        raise NoLongerWanted(Reason.NO_RIGHT)
    if not STILL_TRUE.get(delivery.template, _always)(delivery):
        raise NoLongerWanted(Reason.OVERTAKEN)


def _always(delivery):
    return True


def _has_it(delivery):
    return delivery.ticket.assignee_id == delivery.user_id


def _team_has_it(delivery):
    """A team's ticket that somebody took meanwhile, or that went to another team, is no news for its members."""
    team = delivery.event.details.get("after_team")
    return delivery.ticket.team_id == team and delivery.user.groups.filter(pk=team).exists()


def _is_shared(delivery):
    return TicketShare.objects.running().filter(ticket=delivery.ticket_id, user=delivery.user_id).exists()


def _is_watched(delivery):
    return Watch.objects.filter(ticket=delivery.ticket_id, user=delivery.user_id).exists()


STILL_TRUE = {
    Template.ASSIGNED: _has_it,
    Template.TEAM_ASSIGNED: _team_has_it,
    Template.SHARED: _is_shared,
    Template.WATCHED: _is_watched,
}


def _guard_customer(delivery):
    if delivery.ticket.is_deleted or delivery.ticket.customer_id != delivery.customer_id:
        raise NoLongerWanted(Reason.NO_RIGHT)
    if delivery.ticket.merged_into_id and delivery.template in {Template.CLOSED, Template.SURVEY}:
        raise NoLongerWanted(Reason.OVERTAKEN)
    if delivery.template in {Template.CLOSED, Template.SURVEY} and not delivery.ticket.is_closed:
        raise NoLongerWanted(Reason.OVERTAKEN)
    message = delivery.event.message if delivery.event else None
    if delivery.template in {Template.REPLY, Template.OPENED_FOR_YOU} and (message is None or message.kind == MessageKind.NOTE):
        raise NoLongerWanted(Reason.OVERTAKEN)


def _guard_copy(delivery):
    """Whoever was taken out of copy meanwhile hears nothing, nor of what is no answer any more."""
    ticket, message = delivery.ticket, delivery.event.message if delivery.event else None
    if ticket.is_deleted or not TicketCopy.objects.running().filter(ticket=ticket).filter(pk=delivery.context.get("copy")).exists():
        raise NoLongerWanted(Reason.NO_RIGHT)
    if message is None or message.kind == MessageKind.NOTE:
        raise NoLongerWanted(Reason.OVERTAKEN)
