"""Answers many customers by mail and says, as JSON, how many were accepted and how long the slowest took."""

import json
import sys
import time

import django

django.setup()

from tests import make  # noqa: E402
from tickets.services.lifecycle import reply_as_staff  # noqa: E402

count = int(sys.argv[1])
support = make.make_department("Support")
alice = make.make_staff("Alice", support)
support.responsible = alice
support.save()
customer = make.make_customer("Kasia Nowak", account=False)
tickets = [make.make_ticket(f"Request {number}", department=support, customer=customer) for number in range(count)]
from notifications.models import Delivery  # noqa: E402

Delivery.objects.all().delete()

sys.stdout.write("ready\n")
sys.stdout.flush()
sys.stdin.readline()
seconds = []
for ticket in tickets:
    started = time.monotonic()
    reply_as_staff(ticket, text="Try a coarser setting.", by=alice)
    seconds.append(time.monotonic() - started)
json.dump({"accepted": len(seconds), "slowest": max(seconds), "median": sorted(seconds)[len(seconds) // 2]}, sys.stdout)
