"""Putting tickets to sleep from their page: when, in whose calendar, by whom; and what the lists say of it."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backoffice.tickets import snoozing
from common.moments import reading_as
from permissions.rights import RoleKey
from tests.make import fresh, make_customer, make_staff, make_ticket
from tickets.models import Ticket
from tickets.services.lifecycle import assign_ticket
from tickets.services.snoozing import snooze_ticket

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")


def address(ticket, deed="snooze"):
    return f"/desk/tickets/{ticket.number}/{deed}/"


def tomorrow():
    return timezone.now() + timedelta(days=1)


@pytest.mark.parametrize(
    ("language", "now", "expected"),
    [
        # a Thursday at noon
        ("en", datetime(2026, 11, 19, 11, tzinfo=UTC), ["19 18:00", "20 09:00", "23 09:00"]),
        ("fa", datetime(2026, 11, 19, 11, tzinfo=UTC), ["19 18:00", "20 09:00", "21 09:00"]),
        # the evening is near or over; tomorrow is the first day of the week
        ("en", datetime(2026, 11, 22, 17, 30, tzinfo=UTC), ["23 09:00"]),
        ("fa", datetime(2026, 11, 20, 17, 30, tzinfo=UTC), ["21 09:00"]),
    ],
)
def test_the_moments_are_those_of_the_readers_week(monkeypatch, language, now, expected):
    monkeypatch.setattr(snoozing.timezone, "now", lambda: now)
    with reading_as(language=language, time_zone="Europe/Warsaw"):
        assert [f"{moment.at.astimezone(WARSAW):%d %H:%M}" for moment in snoozing.moments()] == expected


def test_one_of_the_moments_is_a_button(desk, ticket, alice):
    menu = desk.get(address(ticket), headers={"X-Requested-With": "menu-part"}).content.decode()
    assert "<html" not in menu and 'value="tomorrow"' in menu

    response = desk.post(address(ticket), {"when": "tomorrow"})

    assert response.url == f"/desk/tickets/{ticket.number}/"
    until = fresh(ticket).snoozed_until.astimezone(WARSAW)
    assert (until.time(), fresh(ticket).sleeps_through) == (time(9), False)
    page = desk.get(response.url).content.decode()
    assert "or until the customer writes." in page and "put the ticket to sleep until" in page


def test_ones_own_moment_is_typed_in_any_digits_and_calendar(desk, ticket):
    desk.post(address(ticket), {"when": "own", "day": "۱۴۰۵/۱۲/۲۰", "clock": "۷:۳۰", "through": "on"})

    until = fresh(ticket).snoozed_until.astimezone(WARSAW)
    assert (until.date().isoformat(), until.time(), fresh(ticket).sleeps_through) == ("2027-03-11", time(7, 30), True)


@pytest.mark.parametrize(
    "typed",
    [{}, {"day": "soon", "clock": "9:00"}, {"day": "2027-03-11", "clock": "25:00"}, {"day": "2020-01-01", "clock": "9"}, {"when": "never"}],
)
def test_what_is_no_moment_to_come_says_so(desk, ticket, typed):
    assert desk.post(address(ticket), typed).status_code == 422
    assert not fresh(ticket).is_snoozed


def test_a_sleeping_ticket_is_in_no_list_of_open_ones_and_in_no_number(desk, alice, ticket):
    assign_ticket(ticket, to=alice)
    numbers = desk.get("/desk/counts/").json()["numbers"]
    assert (numbers["mine"], numbers["open"]) == ("1", "1")
    snooze_ticket(ticket, until=tomorrow(), by=alice)

    for view in ("mine", "open", "unread"):
        assert ticket.number not in desk.get(f"/desk/?view={view}").content.decode()
    numbers = desk.get("/desk/counts/").json()["numbers"]
    assert (numbers["mine"], numbers["unread"], numbers["open"]) == ("", "", "")
    for view in ("snoozed", "all"):
        assert ticket.number in desk.get(f"/desk/?view={view}").content.decode()
    assert ticket.number not in desk.get("/desk/?view=closed").content.decode()
    assert ticket.number in desk.get(f"/desk/?q={ticket.number}").content.decode()


def test_the_list_begins_with_who_wakes_first(desk, alice, support):
    late, soon = (make_ticket(subject, department=support) for subject in ("Late", "Soon"))
    snooze_ticket(late, until=tomorrow() + timedelta(days=2), by=alice)
    snooze_ticket(soon, until=tomorrow(), by=alice)
    page = desk.get("/desk/?view=snoozed").content.decode()

    assert page.index(soon.number) < page.index(late.number)


def test_waking_it_brings_it_back(desk, alice, ticket):
    snooze_ticket(ticket, until=tomorrow(), sleeps_through=True, by=alice)
    assert "even if the customer writes" in desk.get(f"/desk/tickets/{ticket.number}/").content.decode()
    desk.post(address(ticket, "waking"))

    assert not fresh(ticket).is_snoozed
    assert ticket.number in desk.get("/desk/?view=open").content.decode()


def test_the_lists_cost_the_same_for_one_and_for_five(desk, alice, support):
    costs = {}
    for many in (1, 5):
        for number in range(many):
            one = make_ticket(f"{many} {number}", department=support, customer=make_customer(f"C{number}"))
            snooze_ticket(one, until=tomorrow(), by=alice)
        for view in ("snoozed", "all", "open"):
            desk.get(f"/desk/?view={view}")
            with CaptureQueriesContext(connection) as queries:
                desk.get(f"/desk/?view={view}")
            costs.setdefault(view, set()).add(len(queries))
    assert all(len(found) == 1 for view, found in costs.items() if view != "open"), costs


def test_other_departments_and_readers_change_nothing(desk_of, bob, support, ticket):
    reader = make_staff("Rita", support, role=RoleKey.OBSERVER)
    before = Ticket.objects.filter(pk=ticket.pk).values().get(), ticket.events.count()
    for person, status in ((bob, 404), (reader, 403)):
        for deed in ("snooze", "waking"):
            assert desk_of(person).post(address(ticket, deed), {"when": "tomorrow"}).status_code == status
    assert (Ticket.objects.filter(pk=ticket.pk).values().get(), ticket.events.count()) == before
    assert (
        'action="/desk/tickets/' + ticket.number + '/snooze/"'
        not in desk_of(reader).get(f"/desk/tickets/{ticket.number}/").content.decode()
    )


def test_the_customer_reads_nothing_of_it(client, alice, ticket):
    client.force_login(ticket.customer.user)
    before = client.get(f"/tickets/{ticket.number}/").content.decode()
    snooze_ticket(ticket, until=tomorrow(), by=alice)
    after = client.get(f"/tickets/{ticket.number}/").content.decode()

    assert "sleep" not in after.lower() and "snooze" not in after.lower()
    assert len(after) == len(before)
