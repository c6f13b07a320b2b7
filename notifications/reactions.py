"""What a ticket's events make us tell, and whom. helpdesk/reactions.py says which event calls which."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from notifications.choices import Audience, Template
from notifications.hearing import HEARER, Hearer, hearers_of
from notifications.models import ActionMessage, Delivery
from notifications.recipients import recipients_of
from notifications.services import tell_customer, tell_hearers, tell_of_action, tell_of_held_back, tell_staff
from notifications.ways import ways_of
from permissions.querysets import people_of_store
from permissions.rights import StoreRight
from tickets.audience import people_who_see
from tickets.choices import Kind


def thank_customer(event):
    """The customer learns the number; when staff opened the ticket, also what was written in their name."""
    template = Template.THANKS if event.by_customer else Template.OPENED_FOR_YOU
    tell_customer(template, ticket=event.ticket, event=event)


def tell_department(event):
    """A ticket that nobody has is everybody's. Who is given it at once hears of that."""
    if not event.details.get("is_given"):
        _tell(event, Template.OPENED, department=event.ticket.department_id)


def tell_assignee(event):
    """Whom the ticket was given to: a person, or everybody of a team."""
    user, team = event.details.get("after"), event.details.get("after_team")
    if user:
        _tell(event, Template.ASSIGNED, person=user)
    elif team:
        name = Group.objects.filter(pk=team).values_list("name", flat=True).first()
        if name is not None:
            _tell(event, Template.TEAM_ASSIGNED, team=team, context={"team": name})


def tell_new_department(event):
    """Whom the ticket was passed to: its new assignee or team, or the whole department when it has neither."""
    _tell(event, Template.PASSED_ON, **_holders(event.ticket, event.details.get("assignee"), event.details.get("team")))


def tell_assignee_of_reply(event):
    _tell(event, Template.CUSTOMER_REPLIED, **_holders_now(event.ticket))


def tell_mentioned(event):
    people = get_user_model().objects.filter(pk__in=event.details["whom"])
    tell_staff(people, Template.MENTIONED, ticket=event.ticket, event=event)


def tell_sender_of_held_back(event):
    tell_of_held_back(get_user_model().objects.filter(pk=event.details["whom"], is_active=True).first(), ticket=event.ticket, event=event)


def tell_whom_it_was_shared_with(event):
    _tell(event, Template.SHARED, person=event.details["whom"], audience=Audience.NAMED)


def follow_messages(event):
    """What told of a message stands where the message stands now, so that a failure is seen there and can be tried again.

    Of the two lines of a merge, or a split, the one on the ticket that has the messages now counts.
    """
    if ("source" in event.details) == (event.kind in {Kind.MERGED, Kind.SPLIT}):
        Delivery.objects.filter(event__message__in=event.details["messages"]).update(ticket=event.ticket)


def tell_of_merging(event):
    """Whoever had the merged ticket; and the customer, where whoever merged wanted it. The line on the ticket that goes on counts."""
    if "source" not in event.details:
        return
    _tell(event, Template.MERGED_AWAY, person=event.details.get("held_by"))
    if event.details.get("told") and event.ticket.status.shown_in_portal:
        tell_customer(Template.MERGED, ticket=event.ticket, event=event)


def tell_department_of_split(event):
    """The new ticket is news like any other one that nobody has."""
    if "source" in event.details:
        tell_department(event)


def tell_of_waking(event):
    """When its time has come: who has the ticket, or else who put it to sleep. By hand, or by the customer's words, other news tell it."""
    if not event.details.get("on_time"):
        return
    ticket = event.ticket
    if ticket.assignee_id or ticket.team_id:
        whom = _holders_now(ticket)
    else:
        slept = ticket.events.filter(kind=Kind.SNOOZED).order_by("-pk").first()
        whom = {"person": slept and slept.actor_id, "audience": Audience.NAMED}
    _tell(event, Template.WOKEN, **whom)


def tell_customer_of_reply(event):
    tell_customer(Template.REPLY, ticket=event.ticket, event=event)


def tell_customer_it_is_closed(event):
    """Who closed it themselves need not be told, nor who cannot look at it any more."""
    if not event.by_customer and event.ticket.status.shown_in_portal:
        tell_customer(Template.CLOSED, ticket=event.ticket, event=event)


def tell_assignee_of_reopening(event):
    """A reply that reopens was told as a reply a moment ago; one message is enough."""
    if not follows_reply(event):
        _tell(event, Template.REOPENED, **_holders_now(event.ticket))


def follows_reply(event):
    """Whether it is the reopening that the customer's own answer brought about."""
    if event.kind != Kind.REOPENED or not event.by_customer:
        return False
    before = event.ticket.events.filter(pk__lt=event.pk).order_by("-pk").first()
    return bool(before and before.kind == Kind.CUSTOMER_REPLIED)


def tell_of_rating(event):
    """Whoever has the ticket; of a bad rating first the department's responsible person, or, where none sees it, whoever has it."""
    assignee = event.ticket.assignee_id
    if event.details.get("is_bad"):
        _tell(event, Template.BAD_RATING)
        if not event.memory.get("told"):
            _tell(event, Template.BAD_RATING, person=assignee)
    if assignee not in event.memory.get("told", ()):
        _tell(event, Template.RATED, person=assignee)


def send_texts_of_action(event):
    """The texts the owner attached to the action, each to its people in their own language. Nobody gets one text twice.

    Of a ticket that the action deleted nobody hears.
    """
    if event.ticket.is_deleted:
        return
    messages = ActionMessage.objects.filter(action=event.details.get("action")).select_related("text")
    for message in messages:
        tell_of_action(recipients_of(message, event.ticket, event), message.text, ticket=event.ticket, event=event)


_CONCERNED = {"person": Audience.HOLDER, "team": Audience.TEAM, "department": Audience.DEPARTMENT}


def _tell(event, template, *, context=None, audience=None, **whom):
    """Tell those whom it concerns, and whom else the owner has it told. Who watches is read along with them, and told by tell_watchers."""
    ticket = event.ticket
    place = {"store": ticket.store_id, "department": ticket.department_id}
    responsible = ticket.department.responsible_id if ways_of(template, Audience.RESPONSIBLE, **place) else None
    managers = managers_of(ticket) if ways_of(template, Audience.MANAGERS, **place) else []
    if not (any(whom.values()) or responsible or managers):
        return
    hearers = hearers_of(ticket, responsible=responsible, **whom)
    event.memory["watching"] = [hearer for hearer in hearers if hearer.is_watching]
    audience = audience or next((_CONCERNED[name] for name, place in whom.items() if place), Audience.HOLDER)
    told = {
        audience: [hearer for hearer in hearers if hearer.is_concerned],
        Audience.RESPONSIBLE: [hearer for hearer in hearers if hearer.is_responsible],
        Audience.MANAGERS: managers,
    }
    tell_hearers(told, template, ticket=ticket, event=event, **(context or {}))


def managers_of(ticket):
    """[Hearer] of those who see reports in the ticket's store, and the ticket."""
    people = people_who_see(ticket).filter(pk__in=people_of_store(StoreRight.VIEW_REPORTS, ticket.store_id).order_by().values("pk"))
    return [Hearer(*row) for row in people.order_by("pk").values_list(*HEARER)]


def _holders_now(ticket):
    return _holders(ticket, ticket.assignee_id, ticket.team_id)


def _holders(ticket, person, team):
    """Who has the ticket: a person, a team, or nobody but its department."""
    if person:
        return {"person": person}
    return {"team": team} if team else {"department": ticket.department_id}
