"""Makes customers who are signed in, a department, and one request of each; says, as JSON, their sessions and the numbers of the requests.

Alice hears of everything, by mail and by SMS too where the second argument is “sms”; the third is the key of a Kavenegar gateway then, and the
secret word of its address is said as well. Nothing is gathered or limited: each message is to be counted.
"""

import json
import sys

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402

from accounts.sessions import SessionStore  # noqa: E402
from notifications.models import Delivery, MessageSettings, SmsGateway, SmsRules  # noqa: E402
from notifications.notice_choices import choose  # noqa: E402
from notifications.topics import Topic, ways_for  # noqa: E402
from tests import make  # noqa: E402


def session_of(person):
    store = SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = "accounts.backends.AccountBackend"
    store.save()
    return store.session_key


support = make.make_department("Support")
alice = make.make_staff("Alice", support, phone="+48601330000")
support.responsible = alice
support.save()
store = support.stores.get()
MessageSettings.objects.create(store=store, flood_mails=0)
SmsRules.objects.create(store=store, number_per_hour=None, number_per_day=None, store_per_hour=None)
word = ""
if sys.argv[2:3] == ["sms"]:
    word = SmsGateway.objects.create(store=store, kind="kavenegar", key=sys.argv[3], sender="10008663").token
    choose(alice, ways={topic: list(ways_for(topic)) for topic in Topic}, watches=[])
customers = [make.make_customer(f"Kasia{number}", phone=f"+4860122{number:04}") for number in range(int(sys.argv[1]))]
tickets = [make.make_ticket(f"Request {number}", department=support, customer=customer) for number, customer in enumerate(customers)]
Delivery.objects.all().delete()
json.dump(
    {
        "sessions": [session_of(customer.user) for customer in customers],
        "numbers": [ticket.number for ticket in tickets],
        "gateway": word,
    },
    sys.stdout,
)
