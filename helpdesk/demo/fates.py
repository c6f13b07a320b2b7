"""What became of the demo's messages: a story for each, one that nobody got, one of which nobody knows, and one that waits."""

from datetime import timedelta

from django.utils import timezone

from notifications.choices import Channel, Reason, State, Template
from notifications.ledger import tell_not_arrived
from notifications.mail_account import server_name
from notifications.models import Delivery, DeliveryStep

SHOWN = {"kasia@mail.example", "nour@mail.example"}


def write_stories(shop):
    """The attempts of every message that left the house, as they will have gone."""
    left = Delivery.objects.filter(store=shop).exclude(channel=Channel.IN_APP).exclude(state__in=[State.QUEUED, State.DROPPED])
    left.filter(channel=Channel.MAIL).update(through=server_name(None))
    DeliveryStep.objects.bulk_create(
        _step(row, State.SENT if row.state == State.DELIVERED else row.state, seconds=1 + row.pk % 4) for row in left.order_by("pk")
    )
    DeliveryStep.objects.bulk_create(
        _step(row, State.DELIVERED, seconds=9 + row.pk % 30) for row in left.filter(state=State.DELIVERED).order_by("pk")
    )
    _reached_nobody(left)
    _nobody_knows(left)
    _waits(left)


def _step(row, state, *, seconds, reason=None, remark="", at=None):
    return DeliveryStep(
        delivery=row, store_id=row.store_id, channel=row.channel, through=row.through, state=state, seconds=seconds, remark=remark,
        at=at or row.created_at + timedelta(seconds=seconds), reason=row.reason if reason is None else reason,
    )  # fmt: skip


def _reached_nobody(left):
    """The newest answer of somebody who has an e-mail address alone: it is wrong, and who wrote hears of it."""
    by_sms = Delivery.objects.filter(channel=Channel.SMS).values("event")
    answers = left.filter(template=Template.REPLY, channel=Channel.MAIL, customer__isnull=False).exclude(address__in=SHOWN)
    row = answers.exclude(event__in=by_sms).for_sending().order_by("-created_at").first()
    if row:
        remark = f"550 5.1.1 <{row.address}>: user unknown"
        _become(row, State.FAILED, Reason.BAD_ADDRESS, remark)
        tell_not_arrived(row, Reason.BAD_ADDRESS)


def _nobody_knows(left):
    """An SMS that the gateway took without an answer."""
    row = left.filter(channel=Channel.SMS, state=State.DELIVERED).order_by("-created_at").first()
    if row:
        _become(row, State.UNKNOWN, Reason.NO_ANSWER, "ReadTimeout")


def _become(row, state, reason, remark):
    row.steps.all().delete()
    Delivery.objects.filter(pk=row.pk).update(state=state, reason=reason, remark=remark, sent_at=None, delivered_at=None)
    _step(row, state, seconds=3, reason=reason, remark=remark).save()


def _waits(left):
    """An SMS that is no urgent one, and waits for the morning."""
    row = left.filter(channel=Channel.SMS, state=State.DELIVERED, template=Template.CLOSED).order_by("-created_at").first()
    if row:
        row.steps.all().delete()
        Delivery.objects.filter(pk=row.pk).update(
            state=State.QUEUED,
            attempts=0,
            reason=Reason.QUIET,
            sent_at=None,
            delivered_at=None,
            next_try_at=timezone.now() + timedelta(hours=14),
        )
