"""The story of a message: what came of each attempt, what the other side reported later, and who hears that it did not arrive."""

from django.db import transaction
from django.utils import timezone

from notifications.choices import NOT_ARRIVED, Channel, State, Template
from notifications.gathering import follow
from notifications.models import Delivery, DeliveryStep
from notifications.pauses import paused
from tickets.audience import people_who_see

#: A report may come before the attempt it speaks of was written down, and a late “delivered” is believed.
REPORTED_FROM = {
    State.DELIVERED: [State.SENDING, State.SENT, State.UNKNOWN, State.FAILED],
    State.FAILED: [State.SENDING, State.SENT, State.UNKNOWN],
}


def record(delivery, state, *, reason="", remark="", by=None):
    """Add one step to the story, in the caller's transaction: one insert. Where it ends badly, its sender hears of it.

    `delivery.through` says by which server or gateway it was tried; `by` is the person who had something done.
    """
    now = timezone.now()
    seconds = None if by else max((now - _due_at(delivery)).total_seconds(), 0)
    DeliveryStep.objects.create(
        delivery=delivery, store_id=delivery.store_id, channel=delivery.channel, through=delivery.through, at=now, state=state,
        reason=reason, remark=remark[:200], seconds=seconds, by=by,
    )  # fmt: skip
    follow(delivery, state, reason=reason)
    if state in NOT_ARRIVED:
        tell_not_arrived(delivery, reason)


def _due_at(delivery):
    """Since when its person waits. What was not to leave before some hour waits from then on; pauses between attempts count."""
    return max(delivery.created_at, delivery.next_try_at - paused(delivery.attempts - 1))


@transaction.atomic
def report(delivery, state, *, reason="", remark="", at=None):
    """What the other side said later: that it was delivered, or (a bounce, a report of the operator) that it was not.

    True when that was news. A report that comes twice, or after a better one, changes nothing.
    """
    moments = {"delivered_at": at or timezone.now()} if state == State.DELIVERED else {}
    fields = {"state": state, "reason": reason, "remark": remark[:200], "lease_until": None, "secret_context": "", **moments}
    if not Delivery.objects.filter(pk=delivery.pk, state__in=REPORTED_FROM[state]).update(**fields):
        return False
    Delivery.objects.filter(pk=delivery.pk, sent_at=None).update(sent_at=at or timezone.now())
    record(Delivery.objects.for_sending().get(pk=delivery.pk), state, reason=reason, remark=remark)
    return True


def tell_not_arrived(delivery, reason=""):
    """Tell, in the bell, who wrote to the customer and who has the ticket that it did not arrive: one notice per event, to whom sees it."""
    event, ticket = delivery.event, delivery.ticket
    # A notice on a device comes beside a mail or an SMS, never in their place.
    if ticket is None or event is None or delivery.channel == Channel.PUSH or not (delivery.customer_id or delivery.is_copy):
        return
    author = event.message.author_id if event.message else None if event.by_customer else event.actor_id
    people = {person for person in (author, ticket.assignee_id) if person}
    if not people:
        return
    now = timezone.now()
    Delivery.objects.bulk_create(
        (
            Delivery(
                template=Template.NOT_ARRIVED, channel=Channel.IN_APP, store=delivery.store, ticket=ticket, event=event, user=person,
                recipient_key=f"user:{person.pk}", language=person.language or ticket.store.language, state=State.DELIVERED, sent_at=now,
                delivered_at=now, context={"by": delivery.channel, "reason": str(reason)},
            )
            for person in people_who_see(ticket).filter(pk__in=people)
        ),
        ignore_conflicts=True,
    )  # fmt: skip
