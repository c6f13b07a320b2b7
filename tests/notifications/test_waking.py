"""Workers are woken after the commit; a broker that is away costs a moment, once."""

import time

import pytest
from kombu.exceptions import OperationalError

from common import resting
from notifications import engine, tasks, waking
from notifications.choices import State
from notifications.models import Delivery
from tests.make import make_ticket
from tests.notifications.sending import row


@pytest.fixture
def calls(monkeypatch):
    taken = []
    for task in (tasks.deliver, tasks.deliver_told):
        monkeypatch.setattr(task, "apply_async", lambda args, task=task, **options: taken.append((task.name.rpartition(".")[2], *args)))
    return taken


def test_workers_are_woken_once_for_a_whole_transaction_and_only_after_the_commit(support, alice, calls, after_commit):
    with after_commit():
        first, second = make_ticket(department=support), make_ticket(department=support)
        assert calls == []

    events = Delivery.objects.filter(state=State.QUEUED, ticket__in=[first, second]).values_list("event", flat=True)
    assert calls == [("deliver_told", sorted(set(events)))]


def test_a_worker_hands_each_row_over_by_itself_but_the_one_it_sends(support, alice, calls, monkeypatch):
    sent = []
    monkeypatch.setattr(engine, "deliver", sent.append)
    ticket = make_ticket(department=support)
    waiting = list(Delivery.objects.filter(state=State.QUEUED).order_by("pk").values_list("pk", flat=True))
    tasks.deliver_told([ticket.events.get().pk])

    assert len(waiting) > 1
    assert sent == waiting[:1]
    assert calls == [("deliver", pk) for pk in waiting[1:]]


def test_a_broker_that_fails_is_left_alone_for_a_while(monkeypatch):
    attempts = []

    def fail(args, **options):
        attempts.append(args)
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.deliver, "apply_async", fail)

    assert waking.hand_over([1, 2, 3]) == 0
    assert waking.hand_over([4]) == 0
    assert len(attempts) == 1

    monkeypatch.setattr(resting.time, "monotonic", lambda: time.time() + 10**9)
    waking.hand_over([5])
    assert len(attempts) == 2


def test_a_failing_broker_does_not_fail_the_change(db, monkeypatch, after_commit):
    def fail(args, **options):
        raise ConnectionError

    monkeypatch.setattr(tasks.deliver, "apply_async", fail)
    monkeypatch.setattr(tasks.deliver_told, "apply_async", fail)
    with after_commit():
        delivery = row()

    assert Delivery.objects.filter(pk=delivery.pk, state=State.QUEUED).exists()


def test_a_redis_that_is_gone_costs_less_than_two_seconds(closed_port):
    assert seconds_of_a_hand_over(f"redis://127.0.0.1:{closed_port}/0") < 2


@pytest.mark.once
def test_a_redis_that_hangs_costs_about_two_seconds_once(redis_server):
    redis_server.pause()
    try:
        assert seconds_of_a_hand_over(redis_server.url()) < 2.5
    finally:
        redis_server.go_on()


def seconds_of_a_hand_over(url):
    """How long a page waits, in a process of its own with this broker. The second hand-over must cost nothing."""
    import os
    import subprocess
    import sys

    code = (
        "import django, time; django.setup(); from notifications import waking;"
        "waking.hand_over; import notifications.tasks; start = time.monotonic();"
        "assert waking.hand_over([1]) == 0; first = time.monotonic() - start;"
        "assert waking.hand_over([2]) == 0; print(first, time.monotonic() - start - first)"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "helpdesk.settings", "REDIS_URL": url, "BROKER_URL": url, "LOG_LEVEL": "ERROR"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    first, second = map(float, done.stdout.split())
    assert second < 0.05
    return first
