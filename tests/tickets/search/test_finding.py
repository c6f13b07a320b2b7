"""Ranked pages: number, then title and names, then anywhere; newest first; each ticket once; page by page there and back."""

import pytest
from django.db import connection

from common.fulltext.questions import BLOCK
from common.fulltext.wanted import Term, Wanted
from common.paging import page_of
from tests.make import make_customer, make_department, make_staff, make_ticket
from tickets.models import Message, Ticket
from tickets.search import finding
from tickets.search.finding import sections_of
from tickets.search.index import PORTAL_ZONES
from tickets.search.writing import write_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make_department("Support")


@pytest.fixture
def tickets(support):
    """Twelve tickets, oldest first: each third one has the kettle in its subject, all have it in their words."""
    customer = make_customer("Kasia")
    return [
        make_ticket("Kettle" if n % 3 == 0 else "Grinder", department=support, customer=customer, text="kettle boils") for n in range(12)
    ]


@pytest.fixture(params=[2, finding.NEWEST])
def _reach(request, monkeypatch):
    """Also with so few ids looked at first that every page has to look further."""
    monkeypatch.setattr(finding, "NEWEST", request.param)


def pages(sections, size):
    found, after = [], ""
    while True:
        page = page_of(sections, size=size, after=after)
        found.append(page)
        if not page.after:
            return found
        after = page.after


@pytest.mark.usefixtures("_reach")
@pytest.mark.parametrize("size", [1, 2, 5, 50])
def test_each_ticket_once_best_first_there_and_back(tickets, size):
    sections = sections_of(Ticket.objects.kept(), Wanted.of("kettle"), known_stores=None, numbers=[tickets[5].number])
    best = [tickets[5], *(tickets[n] for n in (9, 6, 3, 0)), *(tickets[n] for n in (11, 10, 8, 7, 4, 2, 1))]

    there = pages(sections, size)

    assert [row for page in there for row in page.rows] == best
    assert [key for key, _rows in there[0].groups][0] == "number"
    back = there[-1]
    rows = list(back.rows)
    while back.before:
        back = page_of(sections, size=size, before=back.before)
        rows = [*back.rows, *rows]
    assert rows[-len(best) :] == best


@pytest.mark.usefixtures("_reach")
@pytest.mark.parametrize("size", [1, 2, 50])
def test_titles_come_first_among_the_newest_blocks_alone(tickets, size, monkeypatch):
    monkeypatch.setattr(finding, "BLOCKS_BY_TITLE", 1)
    for number, ticket in enumerate(tickets[-3:]):  # kettles in the title of the first of them alone
        before, ticket.pk, ticket.number = ticket.pk, BLOCK + number, f"9{number}"
        ticket.save(force_insert=True)
        Message.objects.filter(ticket=before).update(ticket=ticket.pk)
        Ticket.objects.filter(pk=before).delete()
        write_all([ticket.pk])
    sections = sections_of(Ticket.objects.kept(), Wanted.of("kettle"), known_stores=None)
    best = [tickets[n].pk for n in (9, 11, 10, 8, 7, 6, 5, 4, 3, 2, 1, 0)]

    there = pages(sections, size)

    assert [row.pk for page in there for row in page.rows] == best
    back = there[-1]
    rows = list(back.rows)
    while back.before:
        back = page_of(sections, size=size, before=back.before)
        rows = [*back.rows, *rows]
    assert [row.pk for row in rows] == best


def test_filters_rights_and_places_combine(tickets, support):
    alice = make_staff("Alice", support)
    elsewhere = make_ticket("Kettle", department=make_department("Sales"))

    def found(rows, **where):
        return {row.pk for row in page_of(sections_of(rows, Wanted.of("kettle"), known_stores=None, **where), size=50).rows}

    everything = {ticket.pk for ticket in tickets}
    assert found(Ticket.objects.visible_to(alice)) == everything
    assert (
        found(Ticket.objects.all())
        == found(Ticket.objects.all(), places=[support.pk], besides=[elsewhere.pk])
        == everything | {elsewhere.pk}
    )
    assert found(Ticket.objects.all(), places=[support.pk]) == everything
    assert found(Ticket.objects.all(), places=[], besides=[elsewhere.pk]) == {elsewhere.pk}
    assert found(Ticket.objects.filter(pk__lt=tickets[3].pk)) == {ticket.pk for ticket in tickets[:3]}
    assert found(Ticket.objects.all(), among=[tickets[0].pk, tickets[1].pk]) == {tickets[0].pk, tickets[1].pk}


def test_names_rank_only_where_they_may_be_known(support):
    named = make_ticket("Grinder", department=support, customer=make_customer("Zebra Nowak"), text="Hello.")
    said = make_ticket("Grinder", department=support, text="A zebra.")

    def found(**where):
        page = page_of(sections_of(Ticket.objects.all(), Wanted.of("zebra"), **where), size=50)
        return [(key, rows) for key, rows in page.groups]

    assert found(known_stores=None) == found(known_stores=frozenset([named.store_id])) == [("title", [named]), ("rest", [said])]
    assert found(known_stores=frozenset()) == found(known_stores=frozenset([named.store_id + 1])) == [("rest", [said])]


def test_a_customer_finds_own_words_and_no_notes(support):
    ticket = make_ticket("Grinder", department=support, text="A zebra.")
    from tests.make import make_message

    make_message(ticket, "A giraffe.", by=make_staff("Alice", support), note=True)
    mine = Ticket.objects.of_customer(ticket.customer.user)
    ids = list(mine.values_list("pk", flat=True))

    def found(words):
        return page_of(sections_of(mine, Wanted.of(words), known_stores=None, zones=PORTAL_ZONES, among=ids), size=50).rows

    assert found("zebra") == found("kasia") == [ticket]
    assert found("giraffe") == []


def test_only_what_is_not_wanted_leaves_the_rest(tickets):
    make_ticket("Scale", text="It weighs.")
    sections = sections_of(Ticket.objects.all(), Wanted((), (Term(("weigh",)),)), known_stores=None)
    assert page_of(sections, size=50).rows == tickets[::-1]
    assert sections_of(Ticket.objects.all(), Wanted(), known_stores=None) == []


def test_a_page_of_a_common_word_asks_once_for_each_section_and_on_postgresql_once(tickets, django_assert_num_queries):
    sections = sections_of(Ticket.objects.kept(), Wanted.of("kettle"), known_stores=None)
    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 2):
        assert len(page_of(sections, size=50).rows) == 12
