"""SMS that people send us. Each is stored as it came, then becomes a reply or a request by the same services as everything else.

It is the reply of exactly one customer with this number to the request whose number it names, else to the open one of which an SMS told
last. What is nobody's, or could be several people's, opens a request in the department the owner chose, or waits for somebody to decide.
"""

import logging
import re
import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from common.errors import DeskError
from common.numbers import ascii_digits
from common.phones import parse_phone
from common.text import clean_line, clean_text
from customers.blocking import guard_not_blocked
from customers.errors import CustomerIsBlocked
from customers.models import Customer
from customers.services.customers import visitor
from notifications.choices import Channel, InboundOutcome, State
from notifications.gateways import way_of
from notifications.models import Delivery, InboundSms, SmsGateway
from notifications.outcomes import NotSent
from notifications.sms_rules import rules_of
from tickets.choices import Source
from tickets.models import Ticket
from tickets.services.lifecycle import open_ticket, reply_as_customer

log = logging.getLogger(__name__)

# From one number in an hour. What is more is kept, and nothing is done with it.
MOST_PER_HOUR = 20
SAME_WITHIN = timedelta(minutes=10)
_LONGEST = 5000
_NUMBER = re.compile(r"[A-Z]{0,4}[0-9]{5,8}")


def keep(row, inbound, *, raw):
    """Store it, once however often it is brought, and have it dealt with. None for one that is there already."""
    text, sender = clean_text(inbound.text)[:_LONGEST], clean_line(inbound.sender, 40)
    same = InboundSms.objects.filter(gateway=row, sender=sender, text=text, received_at__gt=timezone.now() - SAME_WITHIN)
    if not inbound.id and same.exists():
        return None
    key = f"{row.pk}:{inbound.id or secrets.token_hex(16)}"
    try:
        with transaction.atomic():
            kept = InboundSms.objects.create(
                gateway=row, store_id=row.store_id, gateway_key=key, sender=sender, receiver=clean_line(inbound.receiver, 40), text=text, raw=raw
            )  # fmt: skip
    except IntegrityError:
        return None
    transaction.on_commit(lambda: _ask_for(kept.pk), robust=True)
    return kept


def _ask_for(pk):
    from notifications.tasks import deal_with_inbound  # a task that calls this module

    deal_with_inbound.apply_async(args=[pk], retry=False)


def deal_with_waiting():
    """What a lost wake-up left behind."""
    late = InboundSms.objects.filter(outcome=InboundOutcome.WAITING, received_at__lt=timezone.now() - timedelta(seconds=30))
    for pk in late.order_by("received_at").values_list("pk", flat=True)[:100]:
        deal_with(pk)


def fetch():
    """Ask for SMS that came in, where the company does not bring them."""
    for row in SmsGateway.objects.filter(is_on=True).select_related("store").prefetch_related("templates"):
        gateway = way_of(row).gateway
        if not gateway.fetches:
            continue
        try:
            for one in gateway.fetch_inbound():
                keep(row, one, raw={})
        except NotSent as failure:
            log.info("the gateway %s brings nothing: %s", row.pk, failure)


@transaction.atomic
def deal_with(pk):
    """Make it a reply or a request, and write down which. What was dealt with stays as it is."""
    sms = InboundSms.objects.select_for_update(of=("self",)).select_related("store").filter(pk=pk, outcome=InboundOutcome.WAITING).first()
    if sms is None:
        return
    try:
        sms.outcome = _outcome_of(sms)
    except CustomerIsBlocked:
        sms.outcome = InboundOutcome.BLOCKED
    except DeskError as error:
        log.info("SMS %s waits for somebody: %s", pk, type(error).__name__)
        sms.outcome = InboundOutcome.REVIEW
    sms.save(update_fields=["outcome", "customer", "ticket"])


def _outcome_of(sms):
    if not sms.text.strip():
        return InboundOutcome.IGNORED
    number = number_of(sms)
    if number is None:
        return InboundOutcome.REVIEW
    recent = InboundSms.objects.filter(sender=sms.sender, received_at__gt=sms.received_at - timedelta(hours=1), pk__lt=sms.pk)
    if recent[:MOST_PER_HOUR].count() >= MOST_PER_HOUR:
        return InboundOutcome.LIMITED
    people = list(Customer.objects.kept().filter(Customer.addressed(phone=number)).select_related("user")[:5])
    if len(people) == 1:
        sms.customer = people[0]
        guard_not_blocked(people[0])
    ticket = _ticket_for(sms, people)
    if ticket:
        sms.customer, sms.ticket = ticket.customer, ticket
        reply_as_customer(ticket, text=sms.text, source=Source.SMS)
        return InboundOutcome.REPLIED
    if len(people) > 1:
        return InboundOutcome.REVIEW
    department = rules_of(sms.store).department
    if department is None:
        return InboundOutcome.REVIEW
    return open_from(sms, department=department, number=number)


def open_from(sms, *, department, number):
    """A new request with its words, of the customer who is known by the number, else of a new one."""
    customer = sms.customer or visitor(name="", phone=number, language=sms.store.language)
    sms.customer = customer
    sms.ticket = open_ticket(
        store=sms.store, department=department, customer=customer, subject=clean_line(sms.text, 80), text=sms.text, source=Source.SMS,
        language=customer.language,
    )  # fmt: skip
    return InboundOutcome.OPENED


def number_of(sms):
    """E.164 of who sent it; None for a name, or what is no number."""
    digits = ascii_digits(sms.sender).strip()
    for typed in (digits, f"+{digits}"):
        try:
            return parse_phone(typed, sms.store.phone_region)
        except DeskError:
            continue
    return None


def _ticket_for(sms, people):
    """The request these words answer: the one they name, else the open one of which an SMS told this one customer last."""
    theirs = Ticket.objects.filter(store=sms.store, customer__in=people, deleted_at=None, merged_into=None).select_related("customer__user")
    named = set(_NUMBER.findall(ascii_digits(sms.text).upper())) if people else ()
    found = list(theirs.filter(number__in=named)[:2]) if named else []
    if len(found) == 1:
        return found[0]
    if len(people) != 1:
        return None
    told = Delivery.objects.filter(
        channel=Channel.SMS, customer=people[0], state__in=[State.SENT, State.DELIVERED, State.UNKNOWN], ticket__in=theirs.filter(closed_at=None)
    )  # fmt: skip
    last = told.order_by("-created_at", "-pk").values_list("ticket", flat=True).first()
    return theirs.get(pk=last) if last else None


# --- What an owner decides about one that waits -------------------------------------------------------------


@transaction.atomic
def open_by_hand(sms, *, department):
    """Raises a DeskError where that cannot be; the SMS waits on then."""
    return _by_hand(sms, lambda kept: open_from(kept, department=department, number=number_of(kept)))


@transaction.atomic
def reply_by_hand(sms, *, ticket):
    def reply(kept):
        kept.customer, kept.ticket = ticket.customer, ticket
        reply_as_customer(ticket, text=kept.text, source=Source.SMS)
        return InboundOutcome.REPLIED

    return _by_hand(sms, reply)


@transaction.atomic
def ignore(sms):
    return _by_hand(sms, lambda kept: InboundOutcome.IGNORED)


def _by_hand(sms, decide):
    kept = InboundSms.objects.select_for_update(of=("self",)).select_related("store", "customer__user").get(pk=sms.pk)
    if kept.outcome in {InboundOutcome.REVIEW, InboundOutcome.LIMITED}:
        kept.outcome = decide(kept)
        kept.save(update_fields=["outcome", "customer", "ticket"])
    return kept
