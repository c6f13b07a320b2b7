"""Answers many customers by mail and says, as JSON, how many were accepted and how long the slowest took.

Arguments: how many; seconds between two (0); every how many goes to an address nobody has (0: none).
"""

import json
import sys
import time

import django

django.setup()

from tests import make  # noqa: E402
from tickets.services.lifecycle import reply_as_staff  # noqa: E402

count, pause, unknown_every = int(sys.argv[1]), float(dict(enumerate(sys.argv)).get(2, 0)), int(dict(enumerate(sys.argv)).get(3, 0))
ANSWERS_EACH = 4
support = make.make_department("Support")
alice = make.make_staff("Alice", support)
support.responsible = alice
support.save()
customer = make.make_customer("Kasia Nowak", account=False)
nobody = make.make_customer("Nobody", account=False, email="nobody@mail.example")
tickets = [
    make.make_ticket(
        f"Request {number}", department=support, customer=nobody if unknown_every and number % unknown_every == 0 else customer
    )
    for number in range(-(-count // ANSWERS_EACH))
]
from notifications.models import Delivery  # noqa: E402

Delivery.objects.all().delete()

sys.stdout.write("ready\n")
sys.stdout.flush()
sys.stdin.readline()
seconds = []
for ticket in (tickets * ANSWERS_EACH)[:count]:
    started = time.monotonic()
    reply_as_staff(ticket, text="Try a coarser setting.", by=alice)
    seconds.append(time.monotonic() - started)
    time.sleep(pause)
json.dump({"accepted": len(seconds), "slowest": max(seconds), "median": sorted(seconds)[len(seconds) // 2]}, sys.stdout)
