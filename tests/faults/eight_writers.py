"""One of the writers of test_eight_writers.py: opens and answers tickets until its time is up, then says what it did."""

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402

from customers.models import Customer  # noqa: E402
from departments.models import Department  # noqa: E402
from tickets.services.lifecycle import open_ticket, reply_as_staff  # noqa: E402

seconds = float(sys.argv[1])
alice = get_user_model().objects.get(email="alice@narvan.example")
department = Department.objects.filter(responsible=alice).get()
customer = Customer.objects.get(email="kasia@mail.example")
store = department.stores.get()

numbers, answered, errors, slowest = [], 0, [], 0.0
end = time.monotonic() + seconds
while time.monotonic() < end:
    started = time.monotonic()
    try:
        ticket = open_ticket(store=store, department=department, customer=customer, subject="Written at once", text="Eight of us write.")
        numbers.append(ticket.number)
        reply_as_staff(ticket, text="And one answers.", by=alice)
        answered += 1
    except Exception as error:  # noqa: BLE001 - every error is the finding
        errors.append(repr(error))
    slowest = max(slowest, time.monotonic() - started)
json.dump({"numbers": numbers, "answered": answered, "errors": errors, "slowest": slowest}, sys.stdout)
