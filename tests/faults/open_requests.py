"""Opens requests of visitors and says, as JSON, the signed links by which they answer."""

import json
import sys

import django

django.setup()

from django.urls import reverse  # noqa: E402

from notifications.models import Delivery  # noqa: E402
from tests import make  # noqa: E402
from tickets.links import token_for  # noqa: E402

support = make.make_department("Support")
support.responsible = make.make_staff("Alice", support)
support.save()
tickets = [
    make.make_ticket(f"Request {number}", department=support, customer=make.make_customer(f"Visitor{number}", account=False))
    for number in range(int(sys.argv[1]))
]
Delivery.objects.all().delete()
json.dump([reverse("portal:ticket_link", args=[token_for(ticket)]) for ticket in tickets], sys.stdout)
