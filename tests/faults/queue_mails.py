"""Puts many mails about a few tickets into the queue, at once. No worker is woken: drains find them."""

import json
import sys

import django

django.setup()

from notifications import waking  # noqa: E402
from notifications.models import Delivery  # noqa: E402
from tests import make  # noqa: E402

count = int(sys.argv[1])
# An event with hundreds of rows, as here, is nothing that happens: its one task would put one for each of them to the broker.
waking._put = lambda task, argument: True
support = make.make_department("Support")
alice = make.make_staff("Alice", support)
customers = [make.make_customer(f"Kasia{number}", account=False, language=("en", "fa", "pl", "ru")[number % 4]) for number in range(20)]
tickets = [make.make_ticket(f"Request {number}", department=support, customer=customer) for number, customer in enumerate(customers)]
Delivery.objects.all().delete()
for ticket in tickets:
    make.make_message(ticket, "Try a coarser setting.\n" * 10, by=alice)
replies = list(Delivery.objects.filter(template="reply"))
Delivery.objects.bulk_create(
    Delivery(
        template=one.template, channel=one.channel, store_id=one.store_id, ticket_id=one.ticket_id, event_id=one.event_id,
        customer_id=one.customer_id, recipient_key=f"{one.recipient_key}:{number}", address=one.address, language=one.language,
        context=one.context,
    )
    for number in range(count - len(replies))
    for one in [replies[number % len(replies)]]
)  # fmt: skip
json.dump({}, sys.stdout)
