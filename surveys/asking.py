"""Sending the questions whose time has come. Much can happen between closing and then, so everything is asked once more."""

from django.db import transaction
from django.utils import timezone

from customers.models import Customer
from notifications.choices import Channel, Template
from notifications.models import Delivery
from notifications.services import tell_customer
from stores.addresses import lasting_path
from surveys.choices import AskedBy, WhyNot
from surveys.models import Survey
from surveys.planning import is_asked_about, refusal
from surveys.services import token_for


def ask_due(limit=200):
    """Ask each due question once; a ticket that is open again is not asked about. Returns how many were asked."""
    return sum(_ask(pk) for pk in list(Survey.objects.due().values_list("pk", flat=True)[:limit]))


@transaction.atomic
def _ask(pk):
    # One customer at a time: of two tickets closed in one hour only the first is asked about, however many workers there are.
    customer = Survey.objects.filter(pk=pk).values_list("ticket__customer", flat=True).first()
    Customer.objects.select_for_update(no_key=True).values_list("pk").filter(pk=customer).first()
    due = Survey.objects.due().select_for_update(of=("self",), skip_locked=True)
    survey = (
        due.select_related("ticket__customer__user", "ticket__store", "ticket__department", "ticket__status", "event").filter(pk=pk).first()
    )
    if survey is None:  # another worker has it
        return False
    against = _still_against(survey.ticket) or _ways_missing(survey)
    if against:
        for name, value in against.items():
            setattr(survey, name, value)
        survey.save(update_fields=list(against))
        return False
    survey.asked_at = timezone.now()
    survey.save(update_fields=["asked_at", "asked_by"])
    return True


def _still_against(ticket):
    if not ticket.is_closed:
        return refusal(ticket, WhyNot.REOPENED)
    return refusal(ticket, None if is_asked_about(ticket) else WhyNot.SWITCHED_OFF)


def _ways_missing(survey):
    """Tell the customer, and keep by which way. Without one, who can sign in finds the question on the closed request."""
    ticket, event = survey.ticket, survey.event
    tell_customer(Template.SURVEY, ticket=ticket, event=event, path=lasting_path("portal:survey", token_for(survey)))
    ways = set(Delivery.objects.filter(event=event, template=Template.SURVEY).values_list("channel", flat=True))
    survey.asked_by = next((way for way in (Channel.MAIL, Channel.SMS) if way in ways), AskedBy.PORTAL)
    if not ways and not ticket.customer.has_account:
        return refusal(ticket, WhyNot.UNREACHABLE)
    return {}
