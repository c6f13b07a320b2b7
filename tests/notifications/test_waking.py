"""Workers are woken after the commit; a broker that is away costs a moment, once."""

import time

import pytest
from kombu.exceptions import OperationalError

from notifications import tasks, waking
from notifications.choices import State
from notifications.models import Delivery
from tests.make import make_ticket
from tests.notifications.sending import row


@pytest.fixture
def calls(monkeypatch):
    taken = []
    monkeypatch.setattr(tasks.deliver, "apply_async", lambda args, **options: taken.extend(args))
    return taken


def test_each_row_is_handed_over_once_and_only_after_the_commit(support, calls, after_commit):
    with after_commit():
        make_ticket(department=support)
        assert calls == []

    assert sorted(calls) == sorted(Delivery.objects.filter(state=State.QUEUED).values_list("pk", flat=True))
    assert calls


def test_a_broker_that_fails_is_left_alone_for_a_while(monkeypatch):
    attempts = []

    def fail(args, **options):
        attempts.append(args)
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.deliver, "apply_async", fail)

    assert waking.hand_over([1, 2, 3]) == 0
    assert waking.hand_over([4]) == 0
    assert len(attempts) == 1

    monkeypatch.setattr(waking.time, "monotonic", lambda: time.time() + 10**9)
    waking.hand_over([5])
    assert len(attempts) == 2


def test_a_failing_broker_does_not_fail_the_change(db, monkeypatch, after_commit):
    def fail(args, **options):
        raise ConnectionError

    monkeypatch.setattr(tasks.deliver, "apply_async", fail)
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
