"""The search of the desk as its pages show it: what was understood, what was found and why, and what could be tried."""

import base64
import html
import json
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.fulltext.conditions import Matches
from tests.make import make_customer, make_field, make_message, make_ticket
from tickets.models import Ticket
from tickets.services import lifecycle
from tickets.services.fields import write_values
from tickets.services.tagging import tag_ticket

pytestmark = pytest.mark.django_db


def page_of(client, typed, **more):
    return client.get("/desk/", {"q": typed, **more}).content.decode()


def subjects(page):
    found = re.findall(r'<div class="row-subject"><a href="[^"]+" dir="auto">(.*?)</a>', page)
    return [html.unescape(re.sub("</?mark>", "", subject)) for subject in found]


def chips(page):
    """[(words, the address without them)]."""
    part = re.search(r'<ul class="found-chips".*?</ul>', page, re.DOTALL)
    found = re.findall(r'<a class="filter [\w-]+" href="([^"]+)">(.*?)<svg', part[0] if part else "", re.DOTALL)
    return [(html.unescape(re.sub("<[^>]+>", " ", words)).split(), html.unescape(url)) for url, words in found]


def problems(page):
    return [html.unescape(words) for words in re.findall(r'class="found-problem".*?<span>(.*?)</span></p>', page, re.DOTALL)]


def test_hits_are_marked_in_subject_number_and_name(desk, ticket):
    assert "The <mark>grinder</mark> rattles" in page_of(desk, "grinders")
    assert f"<mark>{ticket.number}</mark>" in page_of(desk, ticket.number)
    assert "Kasia <mark>Nowak</mark>" in page_of(desk, "nowak")


def test_the_line_below_says_where_it_was_found(desk, ticket, alice):
    make_message(ticket, "Please send a photo of the <burrs>.", by=alice)
    make_message(ticket, "Thank you, later.")

    page = page_of(desk, "photo")

    assert "Please send a <mark>photo</mark> of the &lt;burrs&gt;." in page
    assert "Thank you, later." not in page
    assert "Thank you, later." in page_of(desk, "grinder")  # the subject says it all


def test_a_note_says_that_it_is_one(desk, ticket, alice):
    make_message(ticket, "A wholesaler's, be generous.", by=alice, note=True)
    make_message(ticket, "Any news?")

    row = re.search(r'<div class="row-under">.*?</div>', page_of(desk, "wholesaler"), re.DOTALL)[0]

    assert "<mark>wholesaler" in row
    assert "Note:" in row


def test_what_people_wrote_stays_text(desk, support):
    make_ticket('<script>alert("grinder")</script>', department=support, text="<b>burrs</b> <img src=x>")

    page = page_of(desk, "grinder") + page_of(desk, "burrs")

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(&quot;<mark>grinder</mark>&quot;)&lt;/script&gt;" in page


def test_each_piece_that_was_understood_can_be_taken_away(desk, ticket):
    page = page_of(desk, 'grinder -"not heating" status:new', view="open")

    assert [words for words, _url in chips(page)] == [["grinder"], ["not", "“not", "heating”"], ["status:", "New"]]
    for (_words, url), left in zip(chips(page), ['-"not heating" status:new', "grinder status:new", 'grinder -"not heating"'], strict=True):
        response = desk.get(f"/desk/{url}")
        assert response.context["choice"].words == left
        assert response.context["choice"].view == "open"
        assert subjects(response.content.decode()) == [ticket.subject]


def test_a_single_word_needs_no_chip(desk, ticket):
    assert chips(page_of(desk, "grinder")) == []


def test_a_value_that_nothing_fits_is_said_above_and_finds_nothing(desk, ticket):
    page = page_of(desk, "status:paid grinder")

    assert problems(page) == ["No status is called “paid”."]
    assert subjects(page) == []
    assert subjects(page_of(desk, "-status:paid grinder")) == [ticket.subject]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("department:garden", "No department is called “garden”."),
        ("assignee:zoe", "No ticket you see is assigned to “zoe”."),
        ("field:colour=red", "No field is called “colour”."),
        ("before:soon", "This is not a date we can read. Write it like 2026-11-22, 22.11.2026 or 1405/09/01."),
        ("after:1405-13-01", "There is no such day in the calendar."),
        ("after:9999999d", "This is not a date we can read. Write it like 2026-11-22, 22.11.2026 or 1405/09/01."),
        ("has:wings", "After “has:” can stand: file."),
        ("is:late", "After “is:” can stand: unread, open, closed, snoozed."),
    ],
)
def test_every_operator_says_what_it_did_not_understand(desk, ticket, typed, said):
    page = page_of(desk, typed)

    assert problems(page) == [said]
    assert subjects(page) == []


@pytest.mark.parametrize(
    "typed",
    ["after:9999d", "before:9999-12-31", "before:0001-01-01", "after:0000", "before:1", "field:=", "field:=5", "number:\x00", "from:..."],
)
def test_odd_values_never_break_the_page(desk, ticket, typed):
    assert desk.get("/desk/", {"q": typed}).status_code == 200


def test_a_field_is_asked_by_key_or_label_and_answers_of_a_list_by_their_words(desk, support, ticket):
    colour = make_field("Colour", kind="choice", options=["red", "green"])
    weight = make_field("Weight", kind="number")
    bought = make_field("Bought on", kind="date")
    write_values(ticket, {colour: "red", weight: 12, bought: date(2026, 3, 1)})
    make_ticket("Another", department=support)

    for typed in (
        "field:colour=red",
        "field:COLOUR=Red",
        "field:weight=12",
        "field:weight=۱۲",
        'field:"bought on"=2026-03-01',
        "field:bought-on=1404/12/10",
    ):
        assert subjects(page_of(desk, typed)) == [ticket.subject], typed
    for typed in ("field:colour=green", "field:weight=13", "field:bought-on=2026-03-02", "-field:colour=red grinder"):
        assert subjects(page_of(desk, typed)) == [], typed
    assert problems(page_of(desk, "field:colour=blue")) == ["“blue” is nothing that can stand in the field “Colour”."]


def test_best_first_or_newest_first(desk, ticket, support, kasia):
    below = make_ticket("Something else", department=support, customer=kasia, text="The grinder again.")

    assert subjects(page_of(desk, "grinder")) == [ticket.subject, below.subject]
    assert subjects(page_of(desk, "grinder", sort="opened-newest")) == [below.subject, ticket.subject]


def test_a_name_of_too_many_customers_finds_nothing_and_says_so(desk, ticket, monkeypatch):
    assert subjects(page_of(desk, "from:kasia")) == [ticket.subject]

    monkeypatch.setattr("tickets.search.by_name._MOST_NAMED", 0)
    page = page_of(desk, "from:kasia")

    assert subjects(page) == []
    assert problems(page) == ["Too many customers are called “kasia”. Write more of the name, or a phone number."]


def test_operators_alone_are_read_by_the_last_message_and_by_their_age_where_that_is_asked(desk, ticket, support, kasia):
    younger = make_ticket("Something else", department=support, customer=kasia)
    make_message(ticket, "Hello?")

    assert subjects(page_of(desk, "is:open")) == [ticket.subject, younger.subject]
    assert subjects(page_of(desk, "before:2100-01-01")) == [younger.subject, ticket.subject]
    assert subjects(page_of(desk, "before:2100-01-01 after:1d")) == [ticket.subject, younger.subject]


@pytest.mark.parametrize("few", [0, 100])
def test_operators_leave_the_same_tickets_however_they_are_looked_for(desk, ticket, support, kasia, alice, few, monkeypatch):
    """`few`: what leaves few tickets is read whole, what leaves many is read along the list."""
    monkeypatch.setattr("backoffice.tickets.listing.FEW", few)
    other = make_ticket("Something else", department=support, customer=make_customer("Nour Haddad"))
    tag_ticket(other, ["urgent"], by=alice)

    assert subjects(page_of(desk, "from:nour")) == [other.subject]
    assert subjects(page_of(desk, "tag:urgent")) == [other.subject]
    assert subjects(page_of(desk, "-tag:urgent")) == [ticket.subject]
    assert subjects(page_of(desk, "status:new")) == [other.subject, ticket.subject]
    assert subjects(page_of(desk, "status:closed")) == []


def test_deep_pages_of_a_search_go_on_where_the_last_one_ended(desk, support, kasia, monkeypatch):
    monkeypatch.setattr("backoffice.tickets.listing.PAGE_SIZE", 2)
    tickets = [make_ticket(f"Grinder {name}", department=support, customer=kasia) for name in "abcde"]
    Ticket.objects.filter(pk=tickets[0].pk).update(subject="Nothing in the title")

    seen, page = [], page_of(desk, "grinder")
    for _page in range(5):
        seen += subjects(page)
        further = re.search(r'rel="next" href="([^"]+)"', page)
        if not further:
            break
        page = desk.get(f"/desk/{html.unescape(further[1])}").content.decode()

    assert len(seen) == len(set(seen)) == 5


def test_operators_alone_list_by_the_last_message(desk, ticket, support, kasia):
    other = make_ticket("Other", department=support, customer=kasia)
    make_message(ticket, "Hello?")

    page = page_of(desk, "is:open")

    assert subjects(page) == [ticket.subject, other.subject]
    assert "Best first" not in page


def test_a_search_without_result_says_what_could_be_tried(desk, ticket, alice):
    page = page_of(desk, "grinder zebra", view="mine")

    assert "No ticket fits." in page
    assert "Every word has to be there. Try fewer words, or only their beginnings." in page
    everywhere = html.unescape(re.search(r'class="btn" href="([^"]+)">Search in all tickets', page)[1])
    assert desk.get(f"/desk/{everywhere}").context["choice"].view == "all"
    assert "Search in all tickets" not in page_of(desk, "zebra", view="all")


def test_the_sheet_explains_every_operator(desk, ticket):
    from tickets.search.operators import OPERATORS

    page = html.unescape(page_of(desk, ""))

    assert all(f"{name}:" in page for name in OPERATORS)


def test_assigned_to_me_means_my_teams_as_well(desk, alice, ticket):
    lifecycle.assign_ticket(ticket, to=alice)

    assert subjects(page_of(desk, "assignee:me")) == [ticket.subject]
    assert subjects(page_of(desk, "assignee:warren")) == [ticket.subject]
    assert subjects(page_of(desk, "assignee:nobody")) == []


def test_a_search_costs_the_same_with_one_ticket_and_with_five(desk, support, kasia, ticket):
    def measure():
        with CaptureQueriesContext(connection) as queries:
            page_of(desk, 'monday from:kasia status:new department:support -"nothing"')
        return len(queries)

    measure()
    with_one = measure()
    for number in range(4):
        make_ticket(f"Another {number}", department=support, customer=kasia)

    assert measure() == with_one


@pytest.mark.parametrize("name", ["after", "before"])
@pytest.mark.parametrize("section", [0, 1, 2])
def test_an_address_with_an_id_far_beyond_the_newest_asks_for_no_more_than_there_is(desk, ticket, name, section, monkeypatch):
    """Each block of ids stands in the question, so that a forged place would ask for millions of them."""
    asked, blocks = [], Matches._blocks
    monkeypatch.setattr(Matches, "_blocks", lambda *given: asked.append(blocks(*given)) or [])
    place = base64.urlsafe_b64encode(json.dumps([section, 1, 2**50]).encode()).decode()

    assert desk.get("/desk/", {"q": "grinder", name: place}).status_code == 200

    assert all(len(numbers) <= 2 for numbers in asked)
