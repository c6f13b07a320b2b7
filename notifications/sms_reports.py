"""What gateways say later of SMS they took: brought to us, or asked for by the clock. And what is left in the account.

States only go forward. What comes twice, speaks of a message that is none of this gateway's, or says nothing new changes nothing.
"""

import logging
import random
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from notifications.choices import Channel, Reason, State
from notifications.gateways import way_of
from notifications.ledger import report
from notifications.models import Delivery, SmsGateway
from notifications.outcomes import NotSent
from notifications.sms_costs import told_of
from notifications.sms_sending import go_by_mail

log = logging.getLogger(__name__)

# Messages are asked about from some minutes after they left, for two days.
YOUNGEST, OLDEST = timedelta(minutes=3), timedelta(hours=48)
# So many messages, and so many calls, for one gateway in one round.
MOST_MESSAGES, MOST_CALLS = 2000, 25
BALANCE_KEPT = timedelta(minutes=10)


def take_reports(row, reports, *, key=""):
    """What this gateway said. `key`: of which message, where the address it called says so. Returns how many of them were news."""
    of_one = key if len(reports) == 1 else ""
    return sum(_take(row, one, one.key or of_one) for one in reports[:200])


def _take(row, told, key):
    delivery = _message_of(row, told.provider_id, key)
    if delivery is None:
        return False
    if costs := told_of(told, row):
        Delivery.objects.filter(pk=delivery.pk).update(**costs)
    if told.state is None:
        return False
    is_news = report(delivery, told.state, reason=Reason.UNDELIVERED if told.state == State.FAILED else "", remark=told.remark)
    if is_news and told.state == State.FAILED:
        go_by_mail(Delivery.objects.select_related("user", "customer__user", "store").get(pk=delivery.pk))
    return is_news


def _message_of(row, provider_id, key):
    """By the gateway's name for it; by ours while we do not know the gateway's, which is kept then.

    A report may be quicker than the answer to our call, and an SMS whose call was cut off may have been taken. One that has another name
    by now was sent anew since: what became of the first attempt says nothing of it.
    """
    ours = Delivery.objects.filter(gateway=row, channel=Channel.SMS)
    found = ours.filter(provider_id=provider_id).first() if provider_id else None
    if found or not key:
        return found
    nameless = ours.filter(message_id=f"<{key[:200]}@{settings.MESSAGE_ID_HOST}>", provider_id="")
    found = nameless.first()
    if found and provider_id:
        nameless.update(provider_id=provider_id[:80])
    return found


def ask_for_reports():
    """Ask each gateway that can be asked what became of some of its messages without a report."""
    for row in SmsGateway.objects.filter(is_on=True).select_related("store").prefetch_related("templates"):
        gateway = way_of(row).gateway
        if gateway.asks_about:
            try:
                _ask(row, gateway)
            except NotSent as failure:
                log.info("the gateway %s says nothing of its messages: %s", row.pk, failure)


def _ask(row, gateway):
    now = timezone.now()
    waiting = Delivery.objects.filter(gateway=row, state=State.SENT, sent_at__range=(now - OLDEST, now - YOUNGEST)).exclude(provider_id="")
    ids = list(waiting.order_by("-sent_at").values_list("provider_id", flat=True)[:MOST_MESSAGES])
    # Some of them each time, so that those which are never reported do not stand before the others.
    random.shuffle(ids)
    for start in range(0, len(ids), gateway.asks_about)[:MOST_CALLS]:
        take_reports(row, gateway.ask_about(ids[start : start + gateway.asks_about]))


def ask_for_balances():
    """What is left at each gateway that tells. Kept for some minutes, so that pages never wait for it."""
    old = Q(balance_at=None) | Q(balance_at__lt=timezone.now() - BALANCE_KEPT)
    for row in SmsGateway.objects.filter(old, is_on=True).select_related("store").prefetch_related("templates"):
        gateway = way_of(row).gateway
        if not gateway.has_balance:
            continue
        try:
            left = gateway.balance()
        except NotSent as failure:
            log.info("the gateway %s does not tell its balance: %s", row.pk, failure)
            left = row.balance
        SmsGateway.objects.filter(pk=row.pk).update(balance=left, balance_at=timezone.now())


def low_gateways(store):
    """Gateways of this store in use of which little is left, as their owner wants to be warned."""
    return [row for row in SmsGateway.objects.filter(store=store, is_on=True, balance_warning__isnull=False) if row.is_low]
