"""The story of a message, and who hears that it did not arrive."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notifications import engine
from notifications.choices import Channel, Reason, State, Template
from notifications.ledger import report
from notifications.models import Delivery, DeliveryStep
from notifications.outcomes import PermanentFailure, TemporaryFailure, UnknownOutcome
from notifications.sweeping import release_lapsed
from permissions.rights import DepartmentRight
from permissions.services import withdraw
from tests.make import fresh, make_staff
from tests.notifications.sending import make_due, reply_to
from tickets.services.lifecycle import assign_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(support, alice):
    delivery = reply_to(support, alice)
    make_due(delivery)
    return delivery


def answers(monkeypatch, *outcomes):
    """The mail server answers each attempt with the next of these."""
    left = iter(outcomes)

    def send(delivery):
        outcome = next(left)
        delivery.through = "mail.shop.example"
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr("notifications.engine.mail.send", send)


def notices(**which):
    return Delivery.objects.filter(template=Template.NOT_ARRIVED, channel=Channel.IN_APP, **which)


def test_each_attempt_leaves_one_step_with_its_answer(mail, monkeypatch):
    answers(monkeypatch, TemporaryFailure(Reason.BUSY, "451 come later"), "")
    engine.deliver(mail.pk)
    make_due(mail)
    engine.deliver(mail.pk)

    steps = mail.steps.order_by("pk").values_list("state", "reason", "remark", "through")
    assert list(steps) == [
        (State.QUEUED, Reason.BUSY, "451 come later", "mail.shop.example"), (State.SENT, "", "", "mail.shop.example"),
    ]  # fmt: skip
    assert fresh(mail).through == "mail.shop.example" and mail.steps.get(state=State.SENT).seconds >= 0


def test_an_attempt_costs_one_insert(mail, monkeypatch):
    answers(monkeypatch, "")
    claimed = engine.claim(mail.pk)
    with CaptureQueriesContext(connection) as queries:
        engine._settle(claimed, state=State.SENT)
    assert sum(query["sql"].startswith("INSERT") for query in queries) == 1
    assert sum(query["sql"].startswith(("INSERT", "UPDATE", "SELECT")) for query in queries) == 2


def test_who_wrote_and_who_has_the_ticket_hear_once_that_it_did_not_arrive(mail, support, alice, monkeypatch):
    carla = make_staff("Carla", support)
    assign_ticket(mail.ticket, to=carla, by=alice)
    answers(monkeypatch, PermanentFailure(Reason.BAD_ADDRESS, "550 no such user"), UnknownOutcome())
    engine.deliver(mail.pk)
    Delivery.objects.filter(pk=mail.pk).update(state=State.QUEUED)
    engine.deliver(mail.pk)

    assert {notice.user for notice in notices()} == {alice, carla} and notices().count() == 2
    notice = Delivery.objects.notices_of(alice).get(template=Template.NOT_ARRIVED)
    assert notice.notice.replace("\u2068", "").replace("\u2069", "").startswith(f"{mail.customer} has not got the e-mail about")
    assert "address unknown" in notice.notice


def test_nobody_hears_of_a_ticket_they_may_not_see(mail, support, alice, monkeypatch):
    withdraw(alice, DepartmentRight.VIEW, support)
    answers(monkeypatch, PermanentFailure(Reason.BAD_ADDRESS))
    engine.deliver(mail.pk)

    assert fresh(mail).state == State.FAILED and not notices().exists()


def test_a_message_to_staff_that_fails_is_no_news(support, alice, monkeypatch):
    carla = make_staff("Carla", support)
    assign_ticket(reply_to(support, alice).ticket, to=carla, by=alice)
    to_carla = Delivery.objects.get(user=carla, channel=Channel.MAIL)
    make_due(to_carla)
    answers(monkeypatch, PermanentFailure(Reason.BAD_ADDRESS))
    engine.deliver(to_carla.pk)

    assert fresh(to_carla).state == State.FAILED and not notices().exists()


def test_what_a_dead_worker_held_of_an_sms_is_uncertain_and_its_sender_hears_of_it(support, alice):
    sms = Delivery.objects.filter(ticket=reply_to(support, alice, phone="+48600100200").ticket, channel=Channel.SMS).get()
    Delivery.objects.filter(pk=sms.pk).update(state=State.SENDING, lease_until=timezone.now() - timedelta(seconds=1))
    release_lapsed()

    assert (fresh(sms).state, sms.steps.get().state) == (State.UNKNOWN, State.UNKNOWN)
    assert notices(user=alice).exists()


def test_a_report_marks_the_message_once_and_the_better_news_stays(mail, monkeypatch):
    answers(monkeypatch, "")
    engine.deliver(mail.pk)

    assert report(mail, State.DELIVERED) and not report(mail, State.DELIVERED) and not report(mail, State.FAILED)
    assert fresh(mail).state == State.DELIVERED and fresh(mail).delivered_at
    assert list(mail.steps.order_by("pk").values_list("state", flat=True)) == [State.SENT, State.DELIVERED]


def test_a_bounce_after_it_left_is_told_to_its_sender(mail, alice, monkeypatch):
    answers(monkeypatch, "")
    engine.deliver(mail.pk)
    report(mail, State.FAILED, reason=Reason.BAD_ADDRESS, remark="5.1.1")

    assert (fresh(mail).state, fresh(mail).reason) == (State.FAILED, Reason.BAD_ADDRESS)
    assert notices(user=alice).count() == 1 and DeliveryStep.objects.filter(remark="5.1.1").exists()
