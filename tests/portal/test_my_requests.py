from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.tickets import pages
from tests.make import make_message, make_ticket
from tickets.models import Ticket
from tickets.services.lifecycle import close_ticket


def subjects(response):
    return {group.side: [row.ticket.subject for row in group.rows] for group in response.context["groups"]}


@pytest.fixture
def three(kasia, support, alice):
    """One request in each of the groups."""
    waiting = make_ticket("The lid is missing", customer=kasia, department=support)
    make_message(waiting, "Which colour is it?", by=alice)
    make_ticket("Where is my parcel?", customer=kasia, department=support)
    close_ticket(make_ticket("An old kettle", customer=kasia, department=support))


def test_requests_are_grouped_by_whose_turn_it_is(as_kasia, three):
    assert subjects(as_kasia.get("/tickets/")) == {
        "customer": ["The lid is missing"],
        "store": ["Where is my parcel?"],
        "nobody": ["An old kettle"],
    }


def test_each_row_says_stage_last_words_and_whether_it_is_answered(as_kasia, three):
    page = as_kasia.get("/tickets/").content.decode()

    assert "Which colour is it?" in page
    assert "Answered" in page
    assert "Waiting for our answer" in page
    assert "Received" in page


def test_only_own_requests_are_listed(as_kasia, nour, support, three):
    make_ticket("Nour's grinder", customer=nour, department=support)

    assert "Nour" not in as_kasia.get("/tickets/").content.decode().replace("Kasia Nowak", "")


def test_a_note_never_shows_in_the_list(as_kasia, kasia, support, alice):
    ticket = make_ticket("The lid is missing", customer=kasia, department=support)
    make_message(ticket, "She seems angry", by=alice, note=True)

    assert "angry" not in as_kasia.get("/tickets/").content.decode()
    assert as_kasia.get("/tickets/?q=angry").context["groups"] == []


def test_the_search_finds_by_word_and_by_number(as_kasia, kasia, three):
    number = Ticket.objects.get(subject="An old kettle").number

    assert subjects(as_kasia.get("/tickets/?q=KETTLE")) == {"nobody": ["An old kettle"]}
    assert subjects(as_kasia.get(f"/tickets/?q={number}")) == {"nobody": ["An old kettle"]}


@pytest.mark.parametrize("words", ["zzz", "\x00zzz", "'\"%_", "x" * 5000])
def test_a_search_that_finds_nothing_offers_to_show_all(as_kasia, three, words):
    response = as_kasia.get("/tickets/", {"q": words})

    assert response.status_code == 200
    assert "No request fits." in response.content.decode()


def test_without_requests_there_is_one_next_step(as_kasia, support):
    page = as_kasia.get("/tickets/").content.decode()

    assert "No requests yet." in page
    assert "/tickets/new/" in page


def test_visitors_are_led_to_signing_in(visitor, support):
    assert visitor.get("/tickets/").url == "/account/login/?next=/tickets/"


def test_older_requests_follow_page_by_page_without_gap_or_double(as_kasia, kasia, support, monkeypatch):
    monkeypatch.setattr(pages, "SIZE", 2)
    monkeypatch.setattr(pages.page_of, "__defaults__", ("", 2))
    moment = timezone.now()
    for number in range(5):
        ticket = make_ticket(f"Question {number}", customer=kasia, department=support)
        # Two of them at the very same moment.
        Ticket.objects.filter(pk=ticket.pk).update(last_message_at=moment - timedelta(hours=number // 2))

    seen, address = [], "/tickets/"
    while address:
        (group,) = as_kasia.get(address).context["groups"]
        seen += [row.ticket.subject for row in group.rows]
        address = f"/tickets/{group.next_url}" if group.next_url else ""

    assert seen == ["Question 1", "Question 0", "Question 3", "Question 2", "Question 4"]


@pytest.mark.parametrize("cursor", ["x", "1-", "-1", "99999999999999999-1", "1-99999999999999999999", "1 - 1", "%00"])
def test_a_damaged_page_address_shows_a_page(as_kasia, three, cursor):
    assert as_kasia.get(f"/tickets/?group=store&before={cursor}").status_code == 200


def test_the_list_costs_the_same_with_one_request_and_with_five_and_at_most_eight_queries(as_kasia, kasia, support, alice):
    def more():
        waiting = make_ticket("Waiting", customer=kasia, department=support)
        make_message(waiting, "Which?", by=alice)
        make_ticket("With us", customer=kasia, department=support)
        close_ticket(make_ticket("Solved", customer=kasia, department=support))

    def measure():
        as_kasia.get("/tickets/")
        with CaptureQueriesContext(connection) as queries:
            as_kasia.get("/tickets/")
        return len(queries)

    more()
    with_one = measure()
    for _again in range(4):
        more()

    assert measure() == with_one <= 8


def test_the_list_is_not_kept_by_caches(as_kasia, three):
    assert "no-store" in as_kasia.get("/tickets/").headers["Cache-Control"]
