"""What somebody waits for leaves before what nobody waits for, however much is in front of it."""

import pytest
from django.core import mail

from notifications import engine, sweeping, tasks
from notifications.choices import State, Urgency
from notifications.models import Delivery
from tests.make import fresh
from tests.notifications.sending import make_due, reply_to, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(monkeypatch):
    monkeypatch.setattr(tasks.drain, "apply_async", lambda args, **options: None)


def test_a_row_knows_its_urgency_whoever_writes_it(support, alice):
    reply, code = reply_to(support, alice), row("nour@mail.example")
    (survey,) = Delivery.objects.bulk_create([Delivery(template="survey", channel="mail", address="kasia@mail.example")])

    assert [fresh(one).urgency for one in (code, reply, survey)] == [Urgency.AT_ONCE, Urgency.USUAL, Urgency.LATER]


def test_a_worker_that_was_asked_for_something_else_sends_the_code_first(support, alice):
    reply, code = reply_to(support, alice), row("nour@mail.example")
    tasks.deliver(reply.pk)

    assert [sent.to for sent in mail.outbox] == [[code.address], [reply.address]]


def test_a_drain_of_many_answers_sends_a_code_that_comes_meanwhile_next(support, alice, asked, monkeypatch):
    replies = [reply_to(support, alice)]
    replies += Delivery.objects.bulk_create(
        Delivery(template="account_changed", channel="mail", address=f"kasia{number}@mail.example", recipient_key=str(number))
        for number in range(5)
    )
    make_due()
    send, codes = engine.mail.send, []

    def send_and_be_asked_for_a_code(delivery):
        if not codes:
            codes.append(row("nour@mail.example"))
        return send(delivery)

    monkeypatch.setattr("notifications.mail.send", send_and_be_asked_for_a_code)
    sweeping.drain("mail")

    assert [sent.to for sent in mail.outbox].index(["nour@mail.example"]) == 1
    assert not Delivery.objects.filter(state=State.QUEUED).exists()


def test_what_nobody_waits_for_leaves_last(support, alice, asked):
    later = Delivery.objects.create(template="survey", channel="mail", address="kasia@mail.example")
    usual = Delivery.objects.create(template="account_changed", channel="mail", address="nour@mail.example")
    make_due()
    Delivery.objects.filter(pk=later.pk).update(next_try_at=later.next_try_at.replace(year=2020))
    sweeping.drain("mail")

    assert [sent.to for sent in mail.outbox][:1] == [[usual.address]]
