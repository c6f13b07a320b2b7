"""Sending one SMS: within the limits, by the first gateway that takes it, and what becomes of it when none does.

A gateway that fails for certain is passed over and the next is asked within the same attempt. An unknown outcome ends it: what may have
left is never sent again by itself. The row says which gateway has it before that is called, so that also a killed worker's is known.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from notifications import lanes
from notifications.choices import Channel, Reason, State, Urgency
from notifications.gateways import ways_of
from notifications.models import Delivery
from notifications.outcomes import NoLongerWanted, NotYet, PermanentFailure, TemporaryFailure, UnknownOutcome
from notifications.rendering import sms_of
from notifications.sms_costs import told_of
from notifications.sms_limits import guard_limits, is_over_month
from notifications.sms_rules import rules_of
from notifications.sms_texts import measure
from stores.addresses import lasting_url

# So long a message waits for gateways that all rest.
REST = timedelta(seconds=30)


def send(delivery):
    """Send it by the first gateway that takes it; returns the gateway's name for it. Raises a NotSent."""
    guard_limits(delivery)
    sms = sms_of(delivery)
    never = {lane for lane, _name, _reason, is_final in delivery.passed_over if is_final}
    failures = []
    for way in ways_of(delivery.store):
        if way.lane in never:
            continue
        try:
            provider_id = _try(way, delivery, sms)
        except UnknownOutcome:
            _keep_said(delivery, failures)
            raise
        except (TemporaryFailure, PermanentFailure, NotYet, NoLongerWanted) as failure:
            failures.append((way, failure))
            if failure.reason == Reason.BAD_NUMBER:  # of every gateway
                break
        else:
            _keep_said(delivery, failures)
            return provider_id
    _keep_said(delivery, failures)
    if failures and failures[-1][1].reason == Reason.BAD_NUMBER:
        raise failures[-1][1]
    raise _worst([failure for _way, failure in failures])


def _try(way, delivery, sms):
    approved = way.approved(delivery.template, delivery.language, sms.params)
    if way.row and way.row.templates_only and approved is None:
        raise PermanentFailure(Reason.NO_TEMPLATE, way.name)
    if way.row and is_over_month(way.row):
        raise NoLongerWanted(Reason.OVER_LIMIT, way.name)
    with lanes.place_in(way.lane) as is_free:
        if not is_free:
            raise NotYet(timezone.now() + REST, Reason.RESTING, way.name)
        _hand_to(way, delivery, sms)
        try:
            accepted = way.gateway.send(
                delivery.address, sms.text, key=sms.key, approved=approved, report_to=report_address(way.row, sms.key)
            )
        except (TemporaryFailure, UnknownOutcome) as failure:
            lanes.note_failure(way.lane, server_is_away=failure.reason in {Reason.UNREACHABLE, Reason.NO_ANSWER})
            raise
        except PermanentFailure:
            lanes.note_success(way.lane)
            raise
        lanes.note_success(way.lane)
    _keep_cost(way, delivery, accepted)
    return accepted.provider_id


def report_address(row, key=""):
    """Where this gateway tells what became of our SMS; empty for the environment's.

    With the `key` of one message the address says which it is, so that a report which is quicker than the answer to our own call, or
    comes although that call was cut off, finds its message.
    """
    if row is None:
        return ""
    return lasting_url("callbacks:sms_report_of", row.token, key) if key else lasting_url("callbacks:sms_report", row.token)


def inbound_address(row):
    return lasting_url("callbacks:sms_inbound", row.token)


def _hand_to(way, delivery, sms):
    """Write down who has it now, unless the row is somebody else's by now."""
    delivery.through = way.name
    parts = measure(sms.text).parts
    price = way.row.price_per_part if way.row else None
    facts = {
        "gateway": way.row, "through": way.name, "parts": parts, "cost": None if price is None else price * parts,
        "currency": way.row.currency if way.row else "", "provider_id": way.gateway.known_id(sms.key),
    }  # fmt: skip
    if not Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, attempts=delivery.attempts).update(**facts):
        raise UnknownOutcome("the lease ended before the gateway was called")


def _keep_cost(way, delivery, accepted):
    """What the gateway itself says counts more than what we reckoned."""
    told = told_of(accepted, way.row) if way.row else {}
    if told:
        Delivery.objects.filter(pk=delivery.pk).update(**told)


def _keep_said(delivery, failures):
    """[lane, name, reason, whether it will never take it] of the gateways that were passed over, the newest word of each."""
    if not failures:
        return
    told = {said[0]: said for said in delivery.passed_over}
    for way, failure in failures:
        told[way.lane] = [way.lane, way.name, str(failure.reason), isinstance(failure, PermanentFailure)]
    delivery.passed_over = list(told.values())
    Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts).update(passed_over=delivery.passed_over)


def _worst(failures):
    """Of several gateways' words the one that leaves most hope: later, then after a rest, then never."""
    for kind in (TemporaryFailure, NotYet, NoLongerWanted):
        found = next((failure for failure in failures if isinstance(failure, kind)), None)
        if found:
            return found
    return next(iter(failures), PermanentFailure(Reason.SETUP, "no gateway is in use"))


@transaction.atomic
def go_by_mail(delivery):
    """In place of an SMS that did not leave or arrive, where the owner has it so and no mail tells of the same. Codes stay what they are."""
    if delivery.channel != Channel.SMS or delivery.event_id is None or delivery.urgency == Urgency.AT_ONCE:
        return None
    if not rules_of(delivery.store).mail_instead:
        return None
    reader = delivery.user or (delivery.customer.user if delivery.customer else None)
    address = (reader.email if reader else "") or (delivery.customer.email if delivery.customer else "")
    same = {name: getattr(delivery, name) for name in ("event_id", "template", "recipient_key")}
    if not address or Delivery.objects.filter(channel=Channel.MAIL, **same).exists():
        return None
    from notifications.waking import wake  # it names the tasks that call this module

    mail = Delivery.objects.create(
        channel=Channel.MAIL, store_id=delivery.store_id, ticket_id=delivery.ticket_id, user_id=delivery.user_id,
        customer_id=delivery.customer_id, address=address, language=delivery.language, context=delivery.context, replaces=delivery, **same,
    )  # fmt: skip
    wake([mail.pk])
    return mail
