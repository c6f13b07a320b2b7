"""What the clock finds: rows nobody holds, and rows a dead worker held."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from notifications import engine, lanes, sweeping, tasks
from notifications.choices import Reason, State
from notifications.models import Delivery
from tests.make import fresh
from tests.notifications.sending import make_due, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(monkeypatch):
    """The channels for which a drain was asked of the workers."""
    channels = []

    def ask(args, **options):
        channels.extend(args)

    monkeypatch.setattr(tasks.drain, "apply_async", ask)
    return channels


def held(delivery, *, until):
    engine.claim(delivery.pk)
    Delivery.objects.filter(pk=delivery.pk).update(lease_until=until)


def test_nothing_due_costs_four_queries(asked, django_assert_num_queries):
    """What was left behind, what is due, and what is gathered for colleagues and for customers."""
    with django_assert_num_queries(4):
        tasks.sweep()
    assert asked == []


def test_a_row_still_on_its_way_through_the_broker_is_left_alone(asked):
    row()
    tasks.sweep()

    assert asked == []


def test_overlooked_rows_are_drained_by_channel(asked):
    row()
    row("+48601220214", "sms")
    make_due()
    tasks.sweep()

    assert sorted(asked) == ["mail", "sms"]


def test_much_waiting_asks_for_a_few_drains_not_for_one_task_each(asked):
    for number in range(120):
        row(f"kasia{number}@mail.example")
    make_due()
    tasks.sweep()

    assert asked == ["mail"] * 4


def test_a_drain_sends_a_batch_and_asks_for_the_next_so_that_other_work_gets_its_turn(asked):
    rows = [row(f"kasia{number}@mail.example") for number in range(30)]
    later = row("later@mail.example")
    make_due()
    Delivery.objects.filter(pk=later.pk).update(next_try_at=timezone.now() + timedelta(hours=1))

    assert (sweeping.drain("mail"), asked) == (25, ["mail"])
    assert (sweeping.drain("mail"), asked) == (5, ["mail"])
    assert len(mail.outbox) == 30
    assert {fresh(one).state for one in rows} == {State.SENT}
    assert fresh(later).state == State.QUEUED


def test_a_drain_ends_when_the_server_is_away(monkeypatch, asked):
    monkeypatch.setattr("notifications.mail_server.get_connection", refuse)
    for number in range(10):
        row(f"kasia{number}@mail.example")
    make_due()

    assert sweeping.drain("mail") == lanes.FAILURES
    assert Delivery.objects.filter(attempts=0).count() == 10 - lanes.FAILURES


def refuse(*args, **kwargs):
    raise ConnectionRefusedError


def test_a_mail_whose_worker_died_is_tried_again_under_its_old_id(asked):
    delivery = row()
    held(delivery, until=timezone.now() - timedelta(seconds=1))
    sweeping.release_lapsed()

    now = fresh(delivery)
    assert (now.state, now.attempts, now.message_id) == (State.QUEUED, 1, delivery.message_id)
    assert engine.deliver(delivery.pk) is True
    assert mail.outbox[0].extra_headers["Message-ID"] == delivery.message_id


def test_an_sms_whose_worker_died_may_have_left_and_is_not_sent_again(asked):
    delivery = row("+48601220214", "sms")
    held(delivery, until=timezone.now() - timedelta(seconds=1))
    sweeping.release_lapsed()

    now = fresh(delivery)
    assert (now.state, now.reason, now.secret_context) == (State.UNKNOWN, Reason.NO_ANSWER, "")


def test_a_row_that_kills_its_workers_is_given_up(asked):
    delivery = row()
    held(delivery, until=timezone.now() - timedelta(seconds=1))
    Delivery.objects.update(attempts=engine.MAX_ATTEMPTS)
    sweeping.release_lapsed()

    assert fresh(delivery).state == State.FAILED


def test_what_a_living_worker_holds_is_left_to_it(asked):
    delivery = row()
    held(delivery, until=timezone.now() + timedelta(minutes=1))
    tasks.sweep()

    assert fresh(delivery).state == State.SENDING
