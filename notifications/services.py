"""Telling people. Everything here only writes rows, inside the transaction of the cause; workers are woken on commit.

Telling twice writes once: event, template, channel and recipient are unique together.
"""

import json
import logging
from datetime import timedelta

from django.utils import timezone

from common.storing import store
from notifications.choices import Audience, Channel, State, Template
from notifications.gathering import answers_gathered_until, gather, gathered_until
from notifications.hearing import HEARER, Hearer
from notifications.models import Delivery
from notifications.notice_choices import choices_of_staff, ways_to
from notifications.push.devices import all_devices, devices_for
from notifications.push.telling import to_devices
from notifications.waking import wake, wake_for
from notifications.ways import ways_of, ways_of_customer
from stores.models import Store
from tickets.audience import people_who_see

log = logging.getLogger(__name__)

# Codes to one address in an hour. The door has its own limits; this one guards the bill for SMS.
DOOR_LIMIT_PER_HOUR = 12


def tell_customer(template, *, ticket, event, **context):
    """Tell the ticket's customer by the ways the owner uses and the customer chose. Who has no address is told nothing.

    Staff who are customers of the store as well do not hear of what they did at the desk.
    """
    customer = ticket.customer
    account = customer.user
    if account and not event.by_customer and event.actor_id == account.pk:
        return 0
    language = (account.language if account else "") or customer.language
    same = {
        "template": template, "store": ticket.store, "ticket": ticket, "event": event, "customer": customer,
        "recipient_key": f"customer:{customer.pk}", "language": language, "context": context,
    }  # fmt: skip
    ways = ways_of_customer(customer, template, ticket=ticket)
    rows = [Delivery(channel=channel, address=address, **same) for channel, address in ways.items() if channel != Channel.PUSH]
    rows = [gather(row, answers_gathered_until(row)) for row in rows]
    if Channel.PUSH in ways:
        rows += to_devices(devices_for(account.pk, ticket.store_id), same)
    return _write(rows)


def tell_staff(users, template, *, ticket, event, audience=Audience.NAMED, **context):
    """Tell members of staff in the ways they chose. Nobody hears of their own doing, nor of a ticket they may not see."""
    others = {user.pk for user in users if user} - {event.actor_id}
    seeing = people_who_see(ticket).filter(pk__in=others).order_by("pk").values_list(*HEARER) if others else ()
    tell_hearers({audience: [Hearer(*row) for row in seeing]}, template, ticket=ticket, event=event, **context)


def tell_hearers(hearers, template, *, ticket, event, **context):
    """The same for those of whom it is known that they see it ({audience: [Hearer]}); whoever did it is left out.

    The event's memory gathers the ids of all who heard of it, so that nobody is told again for watching.
    """
    rows, choices, devices = {}, choices_of_staff(), all_devices()
    told = event.memory.setdefault("told", set())
    for audience, people in hearers.items():
        ways = ways_of(template, audience, store=ticket.store_id, department=ticket.department_id) if people else ()
        for hearer in people:
            if hearer.pk == event.actor_id:
                continue
            told.add(hearer.pk)
            chosen = ways_to(hearer.pk, template, choices)
            theirs = devices.get((hearer.pk, None), ())
            for row in rows_for(hearer, template, chosen, ways, theirs, store=ticket.store, ticket=ticket, event=event, context=context):
                rows.setdefault((row.recipient_key, row.channel), gather(row, gathered_until(row, hearer, choices)))
    return _write(rows.values())


def rows_for(hearer, template, chosen, ways_of_owner, devices=(), **same):
    """The messages to one member of staff (a Hearer, or a person): by the ways they chose, as far as the owner has it sent by them.

    `devices`: those of theirs that show notices at the desk.
    """
    now = timezone.now()
    same |= {
        "template": template, "user_id": hearer.pk, "recipient_key": f"user:{hearer.pk}",
        "language": hearer.language or (same["store"].language if same.get("store") else "en"),
    }  # fmt: skip
    rows = []
    if Channel.IN_APP in chosen and Channel.IN_APP in ways_of_owner:
        rows.append(Delivery(channel=Channel.IN_APP, state=State.DELIVERED, sent_at=now, delivered_at=now, **same))
    for channel, address in ((Channel.MAIL, hearer.email), (Channel.SMS, hearer.phone)):
        if address and channel in chosen and channel in ways_of_owner:
            rows.append(Delivery(channel=channel, address=address, **same))
    if Channel.PUSH in chosen and Channel.PUSH in ways_of_owner:
        rows += to_devices(devices, same)
    return rows


def tell_of_export(user, *, rows):
    """Tell who asked for the file of a list, in the back office, that it is there. Looking at one's files counts as reading it."""
    chosen = ways_to(user.pk, Template.EXPORTED, choices_of_staff())
    return Delivery.objects.bulk_create(rows_for(user, Template.EXPORTED, chosen, {Channel.IN_APP}, store=None, context={"rows": rows}))


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
    event.memory.setdefault("told", set()).update(one.user.pk for one in told if one.user)
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


def mark_notices_read(user, *, ticket=None, template=None, pk=None):
    """The bell was looked at, or one notice, ticket or page was opened. Returns how many notices that were."""
    unread = Delivery.objects.filter(user=user, channel=Channel.IN_APP).unread()
    if pk:
        unread = unread.filter(pk=pk)
    if ticket:
        unread = unread.filter(ticket=ticket)
    if template:
        unread = unread.filter(template=template)
    return unread.update(read_at=timezone.now())


def _write(rows):
    """Store the rows that are not there yet. Returns how many there are to be sent."""
    rows = list(rows)
    if rows:
        store(*rows, unless_there=True)
    waiting = sum(row.state == State.QUEUED for row in rows)
    if waiting:
        wake_for(rows[0].event_id)
    return waiting
