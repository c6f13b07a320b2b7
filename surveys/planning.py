"""Whether and when the customer of a closed ticket is asked how our help was, and when that is taken back."""

from datetime import timedelta

from django.utils import timezone

from departments.switches import RATING
from notifications.choices import Reason, State, Template
from notifications.models import Delivery
from notifications.wishes import wishes_of
from surveys.choices import WhyNot
from surveys.models import Survey
from surveys.rules import delay_of, rules_of


def ask_for_rating(event):
    """Reaction to closing: plan the question for later, or keep why there is none. Planning twice for one closing keeps the first plan.

    Where the owner does not want to ask at all, there is nothing to explain and no row.
    """
    ticket = event.ticket
    if not is_asked_about(ticket):
        return
    planned = {
        "ticket": ticket,
        "store_id": ticket.store_id,
        "department_id": ticket.department_id,
        "person_id": ticket.assignee_id,
        "language": ticket.language,
        "due_at": event.created_at + delay_of(ticket),
    }
    why_not = WhyNot.AUTOMATIC if is_automatic(event) else None
    Survey.objects.get_or_create(event=event, defaults=planned | refusal(ticket, why_not))


def is_asked_about(ticket):
    """Whether the owner wants customers of such tickets to be asked."""
    department, status = ticket.department, ticket.status
    return status.asks_for_survey and status.shown_in_portal and department.is_public and department.uses(RATING)


def is_automatic(event):
    """Whether the clock closed the ticket: nobody says that anything was solved."""
    return event.actor_id is None and not event.by_customer


def refusal(ticket, why_not=None, *, now=None):
    """The fields of a survey that is not to be asked, for this reason or one that stands against it now. Nothing where it may be asked."""
    now = now or timezone.now()
    before = None
    why_not = why_not or _against(ticket)
    if not why_not:
        before = asked_before(ticket, since=now - timedelta(days=rules_of(ticket.store_id).pause_days))
        why_not = WhyNot.RECENT if before else None
    return {"why_not": why_not, "withdrawn_at": now, "asked_before_at": before} if why_not else {}


def _against(ticket):
    """What stands against asking, whenever the customer was asked before."""
    customer = ticket.customer
    if ticket.is_deleted:
        return WhyNot.DELETED
    if ticket.merged_into_id:
        return WhyNot.MERGED
    if customer.is_blocked:
        return WhyNot.BLOCKED
    if customer.user and customer.user.is_staff:
        return WhyNot.OWN
    if not wishes_of(customer).surveys:
        return WhyNot.REFUSED
    return None


def asked_before(ticket, *, since):
    """When this customer was asked last, by this store, about another ticket or an earlier closing; None since then."""
    asked = Survey.objects.filter(ticket__customer=ticket.customer_id, store=ticket.store_id, asked_at__gt=since)
    return asked.order_by("-asked_at").values_list("asked_at", flat=True).first()


def withdraw_question(event, why_not=WhyNot.REOPENED):
    """Reaction to reopening: the story is not over. A link that was not answered stops working, and a mail that has not left stays here."""
    open_ones = Survey.objects.filter(ticket=event.ticket, answered_at=None, withdrawn_at=None)
    closings = list(open_ones.values_list("event", flat=True))
    if not closings:
        return
    open_ones.filter(asked_at=None).update(withdrawn_at=timezone.now(), why_not=why_not)
    open_ones.update(withdrawn_at=timezone.now())
    waiting = Delivery.objects.filter(event__in=closings, template=Template.SURVEY, state=State.QUEUED)
    waiting.update(state=State.DROPPED, reason=Reason.OVERTAKEN)


def withdraw_of_deleted(event):
    """Reaction to deleting: it is not to be told."""
    withdraw_question(event, WhyNot.DELETED)


def withdraw_after_merging(event):
    """Reaction to merging: the story goes on in another ticket, so this one is not asked about. The other one is left alone."""
    if "into" in event.details:
        withdraw_question(event, WhyNot.MERGED)
