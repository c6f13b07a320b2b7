"""Plans what clocks do: surveys to ask, tickets that wake, replies that leave, digests to write. All of it is due at once.

Says, as JSON, how many of each there are.
"""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from notifications.models import Delivery  # noqa: E402
from surveys.models import Survey  # noqa: E402
from tests import make  # noqa: E402
from tickets.models import OutgoingReply, Ticket  # noqa: E402
from tickets.services import lifecycle, sending, snoozing  # noqa: E402

count = int(sys.argv[1])
support = make.make_department("Support")
store = support.stores.get()
store.undo_seconds = 30
store.save()
alice = make.make_staff("Alice", support)
support.responsible = alice
support.save()


def tickets(what):
    return [
        make.make_ticket(f"{what} {number}", department=support, customer=make.make_customer(f"Kasia {what} {number}", account=False))
        for number in range(count)
    ]


for ticket in tickets("closed"):
    lifecycle.close_ticket(ticket, by=alice)
for ticket in tickets("asleep"):
    lifecycle.assign_ticket(ticket, to=alice, by=None)
    snoozing.snooze_ticket(ticket, until=timezone.now() + timedelta(hours=1), by=alice)
Delivery.objects.all().delete()
for ticket in tickets("answered"):
    sending.hold_reply(ticket, text="Try a coarser setting.", by=alice)
Delivery.objects.all().delete()
past = timezone.now() - timedelta(minutes=1)
surveys = Survey.objects.update(due_at=past)
asleep = Ticket.objects.exclude(snoozed_until=None).update(snoozed_until=past)
replies = OutgoingReply.objects.update(leaves_at=past)
news = make.make_ticket("News", department=support)
make.make_message(news, "Any news?")
event = news.events.latest("pk")
for number in range(count):
    vera = make.make_staff(f"Vera{number}", support)
    for template in ("customer_replied", "assigned", "opened"):
        Delivery.objects.create(
            template=template, channel="mail", store=store, ticket=news, event=event, user=vera, address=vera.email,
            recipient_key=f"user:{vera.pk}", state="gathered", next_try_at=past,
        )  # fmt: skip
Delivery.objects.exclude(state="gathered").delete()
json.dump({"digest": count, "survey": surveys, "woken": asleep, "reply": replies}, sys.stdout)
