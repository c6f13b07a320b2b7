"""Telling people. Everything here only writes rows, inside the transaction of the cause; workers are woken on commit.

Telling twice writes once: event, template, channel and recipient are unique together.
"""

import json
import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from notifications.choices import Channel, State, Template
from notifications.models import Delivery, EventText
from notifications.waking import wake
from stores.models import Store
from tickets.audience import people_who_see

log = logging.getLogger(__name__)

# Codes to one address in an hour. The door has its own limits; this one guards the bill for SMS.
DOOR_LIMIT_PER_HOUR = 12


def tell_customer(template, *, ticket, event, **context):
    """Tell the ticket's customer by every address we know: mail, SMS. Who has none is told nothing."""
    customer = ticket.customer
    account = customer.user
    language = (account.language if account else "") or customer.language
    addresses = {
        Channel.MAIL: (account.email if account else "") or customer.email,
        Channel.SMS: (account.phone if account else "") or customer.phone,
    }
    ways = ways_of(template, ticket.store_id)
    return _write(
        Delivery(
            template=template, channel=channel, store=ticket.store, ticket=ticket, event=event, customer=customer,
            recipient_key=f"customer:{customer.pk}", address=address, language=language, context=context,
        )
        for channel, address in addresses.items() if address and channel in ways
    )  # fmt: skip


def tell_staff(users, template, *, ticket, event, **context):
    """Tell members of staff in the back office and by mail. Nobody hears of their own doing, nor of a ticket they may not see."""
    now = timezone.now()
    rows = []
    others = {user.pk for user in users if user} - {event.actor_id}
    ways = ways_of(template, ticket.store_id) if others else ()
    for user in people_who_see(ticket).filter(pk__in=others):
        same = {
            "template": template, "store": ticket.store, "ticket": ticket, "event": event, "user": user, "context": context,
            "recipient_key": f"user:{user.pk}", "language": user.language or ticket.store.language,
        }  # fmt: skip
        rows.append(Delivery(channel=Channel.IN_APP, state=State.DELIVERED, sent_at=now, delivered_at=now, **same))
        if user.email and Channel.MAIL in ways:
            rows.append(Delivery(channel=Channel.MAIL, address=user.email, **same))
    return _write(rows)


def ways_of(template, store_id):
    """By which ways the owner has this message sent: all, unless they switched one off."""
    own = EventText.objects.filter(store=store_id, template=template).values_list("by_mail", "by_sms").first() or (True, True)
    return {channel for channel, is_on in zip((Channel.MAIL, Channel.SMS), own, strict=True) if is_on}


def tell_of_export(user, *, rows):
    """Tell who asked for the file of a list, in the back office, that it is there. Looking at one's files counts as reading it."""
    now = timezone.now()
    return Delivery.objects.create(
        template=Template.EXPORTED, channel=Channel.IN_APP, user=user, recipient_key=f"user:{user.pk}", language=user.language or "en",
        state=State.DELIVERED, sent_at=now, delivered_at=now, context={"rows": rows},
    )  # fmt: skip


def tell_of_held_back(user, *, ticket, event):
    """Tell who sent a reply, in the back office, that it did not leave. Who sees the ticket no more is told nothing."""
    if user is None or not people_who_see(ticket).filter(pk=user.pk).exists():
        return []
    now = timezone.now()
    delivery = Delivery(
        template=Template.HELD_BACK, channel=Channel.IN_APP, store=ticket.store, ticket=ticket, event=event, user=user,
        recipient_key=f"user:{user.pk}", language=user.language or ticket.store.language, state=State.DELIVERED, sent_at=now, delivered_at=now,
    )  # fmt: skip
    return _write([delivery])


def tell_of_action(told, text, *, ticket, event):
    """Send these people ([Told]) one text of an action: by mail, where it has words for it by SMS, and staff in the back office too."""
    now = timezone.now()
    rows = []
    for one in told:
        same = {
            "template": Template.ACTION, "store": ticket.store, "ticket": ticket, "event": event, "user": one.user,
            "customer": one.customer, "recipient_key": f"{one.key}:{text.pk}", "language": one.language(ticket.store),
            "context": {"text": text.pk, "title": text.name},
        }  # fmt: skip
        if one.user:
            rows.append(Delivery(channel=Channel.IN_APP, state=State.DELIVERED, sent_at=now, delivered_at=now, **same))
        rows += [
            Delivery(channel=channel, address=address, **same)
            for channel, address in one.ways.items()
            if channel == Channel.MAIL or str(text.sms)
        ]
    return _write(rows)


def tell_address(template, channel, address, *, language, store=None, minutes=None, secrets=None, **context):
    """Tell somebody who is not signed in: codes and news of the door. None when this address was told too often in the last hour.

    `secrets` (a code, a link) are stored encrypted and wiped once sent. After `minutes` the message is of no use and not sent.
    """
    recent = Delivery.objects.filter(address=address, event=None, created_at__gt=timezone.now() - timedelta(hours=1))
    if recent.count() >= DOOR_LIMIT_PER_HOUR:
        log.warning("an address at the door was told %s times in an hour; not told again for now", DOOR_LIMIT_PER_HOUR)
        return None
    if minutes:
        context["minutes"] = minutes
    delivery = Delivery.objects.create(
        template=template, channel=channel, store=store or Store.objects.default(), recipient_key="address", address=address,
        language=language, context=context, secret_context=json.dumps(secrets) if secrets else "",
        expires_at=timezone.now() + timedelta(minutes=minutes) if minutes else None,
    )  # fmt: skip
    wake([delivery.pk])
    return delivery


def send_code(template, *, code, language, email="", phone="", minutes=10, store=None):
    """Send a one-time code to an address or a mobile number."""
    channel, address = (Channel.MAIL, email) if email else (Channel.SMS, phone)
    return tell_address(template, channel, address, language=language, store=store, minutes=minutes, secrets={"code": code})


@transaction.atomic
def retry_delivery(delivery, *, by):
    """Have a failed message, or one of unknown outcome, sent again. Others stay as they are."""
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if not delivery.can_be_retried:
        return delivery
    delivery.state, delivery.attempts, delivery.next_try_at = State.QUEUED, 0, timezone.now()
    delivery.reason = delivery.remark = ""
    delivery.save(update_fields=["state", "attempts", "next_try_at", "reason", "remark"])
    log.info("delivery %s is sent again by the word of person %s", delivery.pk, by.pk)
    wake([delivery.pk])
    return delivery


def mark_notices_read(user, *, ticket=None, template=None):
    """The bell was looked at, or one ticket or page was opened. Returns how many notices that were."""
    unread = Delivery.objects.filter(user=user, channel=Channel.IN_APP).unread()
    if ticket:
        unread = unread.filter(ticket=ticket)
    if template:
        unread = unread.filter(template=template)
    return unread.update(read_at=timezone.now())


def _write(rows):
    """Store the rows that are not there yet. Returns all of this event, template and kind of recipient."""
    rows = list(rows)
    if not rows:
        return []
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    stored = list(
        Delivery.objects.filter(event=rows[0].event, template=rows[0].template, recipient_key__in={row.recipient_key for row in rows})
    )
    wake([row.pk for row in stored if row.state == State.QUEUED])
    return stored
