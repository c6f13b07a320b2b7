"""One look for all open pages: what it finds, what it costs, and that each is told only what its reader sees."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backoffice.live.hub import Hub, tell
from backoffice.live.listeners import SIGNED_OUT, UNSEEN, check
from backoffice.live.looking import Looker, News, Place, places_of, sees
from backoffice.live.streams import Stream
from permissions.rights import DepartmentRight, WorkflowRight
from permissions.services import withdraw
from permissions.sight import Sight
from tests.make import make_staff, make_ticket
from tickets.models import Ticket, Visit
from tickets.services.deleting import delete_ticket
from tickets.services.lifecycle import add_note
from tickets.services.visiting import end_visit, note_visit

pytestmark = pytest.mark.django_db


def stream_of(person, ticket=None, since=0):
    client = Client()
    client.force_login(person)
    number = ticket.number if ticket else ""
    session = client.session.session_key
    return Stream(user=person.pk, session=session, sight=Sight.of(person), since=since, ticket=ticket and ticket.pk, number=number)


def told(stream):
    return {name: facts for (name, _key), facts in stream._facts.items()}


def look(looker):
    return looker.look(even_if_quiet=True)


def hub_with(*streams):
    hub = Hub()
    hub._looker = Looker()
    hub.streams = set(streams)
    return hub


def go(hub):
    """One round of the hub, as the event loop does it."""
    for stream, verdict, news in hub._look(list(hub.streams), True):
        if isinstance(verdict, str):
            stream.end(verdict)
        elif news:
            tell(stream, news)


def test_a_look_finds_what_happened_since_the_last_one_and_nothing_twice(ticket, alice):
    looker = Looker()
    assert not look(looker)
    add_note(ticket, text="Ask for the label.", by=alice)

    news = look(looker)

    assert list(news.events) == [ticket.pk]
    assert news.latest == news.events[ticket.pk]
    assert not look(looker)


def test_an_event_with_a_lower_number_that_comes_later_is_found(ticket, alice):
    """PostgreSQL hands out numbers before the commit."""
    add_note(ticket, text="One.", by=alice)
    late = ticket.events.order_by("-pk").first()
    fields = {field.attname: getattr(late, field.attname) for field in late._meta.concrete_fields}
    late.delete()
    add_note(ticket, text="Two.", by=alice)
    looker = Looker()
    type(late).objects.create(**fields)

    assert look(looker).events == {ticket.pk: fields["id"]}


def test_a_visit_is_news_when_it_begins_changes_and_ends_even_by_itself(ticket, alice):
    looker = Looker()
    changes = []
    for act in (
        lambda: note_visit(ticket, page="aaaaaaaa", is_writing=False, by=alice),
        lambda: note_visit(ticket, page="aaaaaaaa", is_writing=False, by=alice),
        lambda: note_visit(ticket, page="aaaaaaaa", is_writing=True, by=alice),
        lambda: Visit.objects.update(seen_at=timezone.now() - timedelta(minutes=5)),
        lambda: note_visit(ticket, page="aaaaaaaa", is_writing=False, by=alice),
        lambda: end_visit(ticket, page="aaaaaaaa", by=alice),
    ):
        act()
        changes.append(look(looker).visits.get(ticket.pk, "nothing"))

    assert [change if isinstance(change, str) else [here.is_writing for here in change] for change in changes] == [
        [False], "nothing", [True], [], [False], [],
    ]  # fmt: skip


def test_a_look_costs_the_same_for_one_page_and_for_fifty(support, ticket, alice):
    costs = []
    for number in (1, 50):
        hub = hub_with(*[stream_of(alice, ticket) for _ in range(number)])
        hub._checked = float("inf")
        add_note(ticket, text="Ask for the label.", by=alice)
        with CaptureQueriesContext(connection) as queries:
            go(hub)
        costs.append(len([query for query in queries if "data_version" not in query["sql"]]))
        assert all("ticket" in told(stream) for stream in hub.streams)

    assert costs == [4, 4]


def test_each_page_is_told_only_of_tickets_its_reader_sees(support, sales, alice, bob):
    here, there = make_ticket(department=support), make_ticket(department=sales)
    of_alice, of_bob = stream_of(alice), stream_of(bob)
    hub = hub_with(of_alice, of_bob)
    for ticket, person in ((here, alice), (there, bob)):
        add_note(ticket, text="Only among us.", by=person)
        note_visit(ticket, page="aaaaaaaa", is_writing=True, by=person)

    go(hub)

    assert told(of_alice)["tickets"]["numbers"] == [here.number]
    assert told(of_bob)["tickets"]["numbers"] == [there.number]
    assert there.number not in str(told(of_alice)) and "Bob" not in str(told(of_alice))


def test_facts_are_neutral(support, ticket, alice):
    dan = make_staff("Dan Kowal", support)
    stream = stream_of(alice, ticket)
    hub = hub_with(stream)
    add_note(ticket, text="A secret of Kasia Nowak.", by=dan)
    note_visit(ticket, page="aaaaaaaa", is_writing=True, by=dan)

    go(hub)

    facts = told(stream)
    assert set(facts) == {"ticket", "tickets", "visits"}
    assert set(facts["ticket"]) == {"number", "event"}
    assert facts["visits"] == {"number": ticket.number, "writers": ["Dan Kowal"], "readers": 0}


# --- A right that is taken away ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "take", [lambda a, d: withdraw(a, DepartmentRight.VIEW, d), lambda a, d: withdraw(a, WorkflowRight.VIEW_ALL, d.workflow)]
)
def test_a_right_taken_away_ends_the_stream_before_the_next_fact(support, ticket, alice, take):
    dan = make_staff("Dan Kowal", support)
    page, lists = stream_of(alice, ticket), stream_of(alice)
    hub = hub_with(page, lists)
    hub._checked = float("inf")  # not by the clock: because the right changed
    take(alice, support)
    add_note(ticket, text="Not for Alice.", by=dan)

    go(hub)

    assert told(page) == {"end": {"why": UNSEEN}} and page.ended
    assert told(lists) == {}


def test_a_ticket_that_moves_away_or_is_deleted_ends_the_stream_of_its_page(support, sales, ticket, alice):
    gone = make_ticket(department=support)
    pages = stream_of(alice, ticket), stream_of(alice, gone)
    hub = hub_with(*pages)
    Ticket.objects.filter(pk=ticket.pk).update(department=sales, status=sales.workflow.first_status())
    delete_ticket(gone, by=alice, reason="A test")
    hub._checked = 0

    go(hub)

    assert [told(page)["end"]["why"] for page in pages] == [UNSEEN, UNSEEN]


def test_signing_out_ending_sessions_and_ending_the_account_end_the_stream(support, ticket):
    from accounts.services import end_sessions

    people = [make_staff(name, support) for name in ("Ann", "Ben", "Cid", "Dot")]
    streams = [stream_of(person, ticket) for person in people]
    Session.objects.filter(pk=streams[0].session).delete()
    end_sessions(people[1])
    people[2].is_active = False
    people[2].save()

    verdicts = check(streams)

    assert [verdicts[stream] for stream in streams[:3]] == [SIGNED_OUT] * 3
    assert verdicts[streams[3]].user == people[3]


def test_the_session_of_one_person_is_none_for_another(support, alice, bob):
    stream = stream_of(alice)
    stream.user = bob.pk

    assert check([stream]) == {stream: SIGNED_OUT}


def test_what_a_stream_shows_is_what_lists_show(support, sales, alice, bob):
    tickets = [make_ticket(department=place) for place in (support, sales, support)]
    delete_ticket(tickets[2], by=alice, reason="A test")
    for person in (alice, bob):
        sight = Sight.of(person)
        seen = {pk for pk, place in places_of([ticket.pk for ticket in tickets]).items() if sees(sight, place)}
        assert seen == set(Ticket.objects.visible_to(sight).values_list("pk", flat=True))


# --- One page ------------------------------------------------------------------------------------------------


def test_a_page_that_takes_nothing_fills_no_memory(support, ticket, alice):
    stream = stream_of(alice)
    places = {pk: Place(pk, str(pk), 1, 1, False) for pk in range(5000)}
    for pk in range(5000):
        tell(stream, News(pk, {pk: pk}, {pk: []}, {pk: places[pk]}))

    assert len(stream._facts) <= 100
    assert told(stream)["tickets"]["many"] is True
    assert len(told(stream)["tickets"]["numbers"]) == 50


def test_one_person_keeps_only_so_many_pages(alice, bob):
    hub = hub_with(*[stream_of(alice) for _ in range(8)])

    assert hub.is_full_for(alice.pk)
    assert not hub.is_full_for(bob.pk)
