"""What a ticket's events make us tell, and whom. helpdesk/reactions.py says which event calls which."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from notifications.choices import Template
from notifications.models import ActionMessage, Delivery
from notifications.recipients import recipients_of
from notifications.services import tell_customer, tell_of_action, tell_of_held_back, tell_staff
from permissions.querysets import people_with
from permissions.rights import DepartmentRight
from tickets.choices import Kind


def thank_customer(event):
    """The customer learns the number; when staff opened the ticket, also what was written in their name."""
    template = Template.THANKS if event.by_customer else Template.OPENED_FOR_YOU
    tell_customer(template, ticket=event.ticket, event=event)


def tell_department(event):
    """A ticket that nobody has is everybody's. Who is given it at once hears of that."""
    ticket = event.ticket
    if not event.details.get("is_given"):
        tell_staff(_people_of(ticket.department), Template.OPENED, ticket=ticket, event=event)


def tell_assignee(event):
    """Whom the ticket was given to: a person, or everybody of a team."""
    user, team = _person(event.details.get("after")), _team(event.details.get("after_team"))
    if user:
        tell_staff([user], Template.ASSIGNED, ticket=event.ticket, event=event)
    elif team:
        tell_staff(team.user_set.all(), Template.TEAM_ASSIGNED, ticket=event.ticket, event=event, team=team.name)


def tell_new_department(event):
    """Whom the ticket was passed to: its new assignee or team, or the whole department when it has neither."""
    assignee, team = _person(event.details.get("assignee")), _team(event.details.get("team"))
    people = [assignee] if assignee else list(team.user_set.all()) if team else _people_of(event.ticket.department)
    tell_staff(people, Template.PASSED_ON, ticket=event.ticket, event=event)


def tell_assignee_of_reply(event):
    tell_staff(_people_on(event.ticket), Template.CUSTOMER_REPLIED, ticket=event.ticket, event=event)


def tell_mentioned(event):
    people = get_user_model().objects.filter(pk__in=event.details["whom"])
    tell_staff(people, Template.MENTIONED, ticket=event.ticket, event=event)


def tell_sender_of_held_back(event):
    tell_of_held_back(_person(event.details["whom"]), ticket=event.ticket, event=event)


def tell_whom_it_was_shared_with(event):
    tell_staff([_person(event.details["whom"])], Template.SHARED, ticket=event.ticket, event=event)


def follow_messages(event):
    """What told of a message stands where the message stands now, so that a failure is seen there and can be tried again.

    Of the two lines of a merge the one on the ticket that has the messages now counts.
    """
    if ("source" in event.details) == (event.kind == Kind.MERGED):
        Delivery.objects.filter(event__message__in=event.details["messages"]).update(ticket=event.ticket)


def tell_customer_of_reply(event):
    tell_customer(Template.REPLY, ticket=event.ticket, event=event)


def tell_customer_it_is_closed(event):
    """Who closed it themselves need not be told, nor who cannot look at it any more."""
    if not event.by_customer and event.ticket.status.shown_in_portal:
        tell_customer(Template.CLOSED, ticket=event.ticket, event=event)


def tell_assignee_of_reopening(event):
    """A reply that reopens was told as a reply a moment ago; one message is enough."""
    before = event.ticket.events.filter(pk__lt=event.pk).order_by("-pk").first()
    if event.by_customer and before and before.kind == Kind.CUSTOMER_REPLIED:
        return
    tell_staff(_people_on(event.ticket), Template.REOPENED, ticket=event.ticket, event=event)


def tell_assignee_of_rating(event):
    tell_staff([event.ticket.assignee], Template.RATED, ticket=event.ticket, event=event)


def send_texts_of_action(event):
    """The texts the owner attached to the action, each to its people in their own language. Nobody gets one text twice.

    Of a ticket that the action deleted nobody hears.
    """
    if event.ticket.is_deleted:
        return
    messages = ActionMessage.objects.filter(action=event.details.get("action")).select_related("text")
    for message in messages:
        tell_of_action(recipients_of(message, event.ticket, event), message.text, ticket=event.ticket, event=event)


def _people_on(ticket):
    """Who has the ticket: a person, a team, or nobody but its department."""
    if ticket.assignee:
        return [ticket.assignee]
    return list(ticket.team.user_set.all()) if ticket.team else _people_of(ticket.department)


def _people_of(department):
    """Members of the department; where no members are named, everybody who may answer there."""
    members = department.members.filter(is_active=True, is_staff=True)
    return list(members) or list(people_with(DepartmentRight.REPLY, department))


def _team(pk):
    return Group.objects.filter(pk=pk).first() if pk else None


def _person(pk):
    return get_user_model().objects.filter(pk=pk, is_active=True).first() if pk else None
