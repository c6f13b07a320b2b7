"""How messages fare, in words and as facts, and when owners are told of trouble."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import AuditLine
from notifications.choices import Reason, State, Template
from notifications.models import Delivery, DeliveryStep, DeliveryWatch
from notifications.services import send_code
from tests.notifications.sending import make_due

PAGE = "/control/deliveries/health/"


@pytest.fixture
def mail(store):
    return send_code(Template.SIGN_IN_CODE, code="1", language="en", email="nour@mail.example")


def step(mail, state, seconds=None, reason="", **more):
    return DeliveryStep.objects.create(
        delivery=mail, store=mail.store, channel=mail.channel, through="mail.shop.example", state=state, seconds=seconds, reason=reason, **more
    )  # fmt: skip


def test_what_left_failed_and_waits_stands_by_server(as_olga, mail):
    for seconds in (1, 2, 3, 40):
        step(mail, State.SENT, seconds)
    step(mail, State.FAILED, reason=Reason.SETUP)
    Delivery.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    make_due(mail)
    facts = as_olga.get("/control/deliveries/health.json").json()["channels"]["mail"]
    server = facts["through"][0]

    assert facts["waiting"] == 1 and 30 <= facts["oldest_waiting_seconds"] <= 120
    assert (server["name"], server["sent"], server["failed"]) == ("mail.shop.example", {"hour": 4, "day": 4}, {"hour": 1, "day": 1})
    assert server["failed_percent"] == {"hour": 20, "day": 20} and server["seconds"] == {"median": 2.5, "p95": 40}
    page = as_olga.get(PAGE).content.decode()
    assert "mail.shop.example" in page and "Correct the sign-in and the sender" in page and "20% of the day" in page


def test_the_facts_hold_no_address(as_olga, mail):
    step(mail, State.FAILED, reason=Reason.BAD_ADDRESS, remark="nour@mail.example")
    response = as_olga.get("/control/deliveries/health.json")

    assert "nour" not in response.content.decode() and response.headers["Cache-Control"] == "no-store"


def test_nothing_waits_and_nothing_left_is_said_calmly(as_olga, store):
    assert "Nothing left in the last day, and nothing waits." in as_olga.get(PAGE).content.decode()


def test_what_waits_for_its_hour_is_no_trouble(as_olga, mail):
    Delivery.objects.update(next_try_at=timezone.now() + timedelta(hours=3), reason=Reason.QUIET)
    assert as_olga.get("/control/deliveries/health.json").json()["channels"]["mail"]["waiting"] == 0


def test_the_limits_are_kept_and_noted(as_olga, store):
    given = {"is_on": "1", "waiting_minutes": "5", "failing_percent": "50", "failing_least": "3", "steps_days": "30"}
    as_olga.post(PAGE, given)
    watch = DeliveryWatch.objects.get(store=store)

    assert (watch.waiting_minutes, watch.failing_percent, watch.failing_least, watch.steps_days) == (5, 50, 3, 30)
    assert AuditLine.objects.filter(after__watch_waiting_minutes=5).exists()
    assert as_olga.post(PAGE, given | {"waiting_minutes": "0"}).status_code == 422
