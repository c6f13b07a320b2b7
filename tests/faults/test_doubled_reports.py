"""F-18: companies tell the same thing twice, at once or in the wrong order. It counts once: one step, one mail in place of an SMS, one notice.

Whoever hears of it hears once however many calls there were.
"""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from notifications.choices import Channel, Template
from notifications.models import Delivery, DeliveryStep, SmsGateway, SmsRules
from tests.make import fresh, make_customer, make_department, make_message, make_staff, make_ticket
from tickets.services.lifecycle import assign_ticket

CALLS, ROUNDS = 8, 3

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told():
    """SMS of answers to Kasia that a gateway took; none has a report yet. `told()` is one more: (message, address of the gateway)."""
    support = make_department("Support")
    store = support.stores.get()
    alice, kasia = make_staff("Alice", support), make_customer("Kasia", phone="+48601220214", email="kasia@mail.example", account=False)
    SmsRules.objects.create(store=store, mail_instead=True)
    gateway = SmsGateway.objects.create(store=store, kind="kavenegar", key="secret-key")

    def told():
        ticket = assign_ticket(make_ticket(department=support, customer=kasia), to=alice)
        make_message(ticket, "Turn the burr.", by=alice)
        Delivery.objects.filter(ticket=ticket).exclude(channel=Channel.SMS, template=Template.REPLY).delete()
        sms = Delivery.objects.get(ticket=ticket)
        Delivery.objects.filter(pk=sms.pk).update(state="sent", sent_at=timezone.now(), gateway=gateway, provider_id=str(sms.pk))
        return fresh(sms), f"/hooks/sms/{gateway.token}/"

    return told


def called_at_once(calls):
    """The statuses of all these calls, which begin behind one barrier."""
    barrier = threading.Barrier(len(calls))

    def call(one):
        address, said = one
        barrier.wait(20)
        try:
            return Client().post(address, said).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return Counter(threads.map(call, calls))


def steps_of(message):
    return list(DeliveryStep.objects.filter(delivery=message).order_by("pk").values_list("state", flat=True))


def test_the_same_report_many_times_at_once_counts_once(told):
    for _ in range(ROUNDS):
        message, address = told()

        answers = called_at_once([(address, {"messageid": message.provider_id, "status": "10"})] * CALLS)

        assert answers == {200: CALLS}, "a company that is refused comes again for days"
        assert (fresh(message).state, steps_of(message)) == ("delivered", ["delivered"])


def test_the_same_failure_many_times_at_once_makes_one_mail_in_its_place_and_one_notice(told):
    for _ in range(ROUNDS):
        message, address = told()

        called_at_once([(address, {"messageid": message.provider_id, "status": "11"})] * CALLS)

        assert (fresh(message).state, steps_of(message)) == ("failed", ["failed"])
        assert [mail.address for mail in Delivery.objects.filter(replaces=message)] == ["kasia@mail.example"]
        assert Delivery.objects.filter(ticket=message.ticket, template=Template.NOT_ARRIVED, channel=Channel.IN_APP).count() == 1


def test_reports_in_the_wrong_order_leave_the_better_word(told):
    """Delivered, failed and on its way at once: whoever has it on the phone has it. A mail may have left before that was known, and one only."""
    for _ in range(ROUNDS):
        message, address = told()

        called_at_once([(address, {"messageid": message.provider_id, "status": status}) for status in ("4", "11", "10", "11", "10", "4")])

        assert fresh(message).state == "delivered"
        assert steps_of(message) in (["delivered"], ["failed", "delivered"])
        assert Delivery.objects.filter(replaces=message).count() == len(steps_of(message)) - 1
