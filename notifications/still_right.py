"""Asked at the moment of sending: may this person still hear this, and is it still true? Much can happen while a row waits."""

from customers.blocking import running_block
from notifications.choices import Channel, Reason, State, Template
from notifications.gathering import CARRIERS, lines_of
from notifications.outcomes import NoLongerWanted
from permissions.querysets import may_hold_rights, people_of_store
from permissions.rights import StoreRight
from tickets.access import TicketAccess
from tickets.choices import MessageKind
from tickets.models import Ticket, TicketCopy, TicketShare, Watch


def may_send_elsewhere(access):
    """Who answers may have news sent to another address, if they may also know the customer: what leaves is open, and goes where they say."""
    return bool(access.can_view and access.can_reply and access.can_see_customer)


def guard_still_right(delivery):
    """Raises NoLongerWanted when the message must not leave any more."""
    if delivery.user:
        _guard_address(delivery)
    if delivery.resent_from_id:
        _guard_resender(delivery)
    if delivery.template in CARRIERS:
        _guard_lines(delivery)
    elif delivery.ticket is None:
        _guard_without_ticket(delivery)
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


#: What belongs to no ticket, and the right in its store by which somebody hears of it.
NEEDS = {
    Template.EMERGENCY: StoreRight.GRANT_RIGHTS,
    Template.ALARM: StoreRight.CHANGE_SETTINGS,
    Template.ALARM_OVER: StoreRight.CHANGE_SETTINGS,
}


def _guard_without_ticket(delivery):
    """What belongs to no ticket goes to an address, or to somebody who has the right to hear of it in the store."""
    if delivery.user_id is None:
        return
    right = NEEDS.get(delivery.template)
    is_theirs = people_of_store(right, delivery.store).filter(pk=delivery.user_id).exists() if right else may_hold_rights(delivery.user)
    if not is_theirs:
        raise NoLongerWanted(Reason.NO_RIGHT)


def _guard_address(delivery):
    """A colleague who changed their address, or gave it up, does not get the ticket's words at the old one."""
    own = {Channel.MAIL: delivery.user.email, Channel.SMS: delivery.user.phone}
    if delivery.address and delivery.address != own.get(delivery.channel, delivery.address):
        raise NoLongerWanted(Reason.OVERTAKEN)


def _guard_resender(delivery):
    """Whoever sent it to another address must still be allowed to."""
    step = delivery.steps.select_related("by").filter(by__isnull=False).order_by("-pk").first()
    if step is None or not may_send_elsewhere(TicketAccess(step.by, delivery.ticket)):
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
    if delivery.template == Template.SURVEY and running_block(delivery.ticket.customer):
        raise NoLongerWanted(Reason.BLOCKED)
    if delivery.template in {Template.CLOSED, Template.MERGED, Template.SURVEY} and not delivery.ticket.status.shown_in_portal:
        raise NoLongerWanted(Reason.OVERTAKEN)
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
