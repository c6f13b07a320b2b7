"""Searching in the portal: my requests and the answers, folded, by beginnings and stems, with phrases and -not, and no words of the staff's."""

import re

import pytest

from faq.services import write_entry
from tests.make import make_field, make_message, make_ticket
from tickets.services.fields import write_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def requests_of_kasia(kasia, support, alice):
    grinder = make_ticket("The grinder rattles", department=support, customer=kasia, text="Serial number SN-2024-0077.")
    make_ticket("Paczka nie dotarła", department=support, customer=kasia, text="Numer 663322110099.")
    make_ticket("می‌خواهم کتاب‌ها را پس بدهم", department=support, customer=kasia, text="سفارش ۴۴۵۵۶۶۷۷")
    make_message(grinder, "Please send a photo of the burrs.", by=alice)
    make_message(grinder, "A journalist, be careful.", by=alice, note=True)
    return grinder


def subjects(client, typed):
    groups = client.get("/tickets/", {"q": typed}).context["groups"]
    return sorted(row.ticket.subject for group in groups for row in group.rows)


GRINDER, PACZKA, KETAB = "The grinder rattles", "Paczka nie dotarła", "می‌خواهم کتاب‌ها را پس بدهم"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("grinders", [GRINDER]),
        ("rattling", [GRINDER]),
        ("photo", [GRINDER]),
        ('"the grinder"', [GRINDER]),
        ('"grinder the"', []),
        ("grinder -photo", []),
        ("-grinder -paczka", [KETAB]),
        ("0077", [GRINDER]),
        ("paczkę", [PACZKA]),
        ("dotarla", [PACZKA]),
        ("110099", [PACZKA]),
        ("كتاب", [KETAB]),
        ("می خواهم", [KETAB]),
        ("44556677", [KETAB]),
        ("journalist", []),
        ("grinder -journalist", [GRINDER]),
        ("status:open", []),
        ("from:kasia", []),
        ("...", []),
    ],
)
def test_my_requests_are_found_by_what_i_may_read(as_kasia, requests_of_kasia, typed, found):
    assert subjects(as_kasia, typed) == sorted(found)


def test_hits_are_marked_and_the_line_says_where(as_kasia, requests_of_kasia):
    page = as_kasia.get("/tickets/", {"q": "grinder photo"}).content.decode()

    assert "The <mark>grinder</mark> rattles" in page
    assert "a <mark>photo</mark> of the burrs" in page
    assert f"<mark>{requests_of_kasia.number}</mark>" in as_kasia.get("/tickets/", {"q": requests_of_kasia.number}).content.decode()


def test_a_line_never_comes_from_a_note(as_kasia, requests_of_kasia, alice):
    make_message(requests_of_kasia, "The photo shows rust, says the grinder man. Secret.", by=alice, note=True)

    page = as_kasia.get("/tickets/", {"q": "grinder photo"}).content.decode()

    assert "Secret" not in page
    assert "rust" not in page


def test_fields_that_customers_know_nothing_of_are_not_found(as_kasia, requests_of_kasia):
    inner, open_to_all = make_field("Shelf", customer_access="none"), make_field("Colour")
    write_values(requests_of_kasia, {inner: "larkspur", open_to_all: "aubergine"})

    assert subjects(as_kasia, "larkspur") == []
    assert subjects(as_kasia, "aubergine") == [GRINDER]


def test_requests_of_others_are_found_by_nobody_else(client, requests_of_kasia, nour, support):
    client.force_login(nour.user)
    make_ticket("Mine", department=support, customer=nour)

    for typed in ("grinder", "photo", requests_of_kasia.number, "0077", "-mine", "kasia"):
        assert subjects(client, typed) == [], typed


@pytest.fixture
def answers(store, support):
    def entry(question, answer):
        return write_entry(stores=[store], department=support, words={"en": (question, answer)})

    entry("How do I clean the grinder?", "<p>With a <b>brush</b> &amp; patience.</p>" + "<p>More words.</p>" * 40 + "<p>Then oil it.</p>")
    entry("Do you sell beans?", "<p>Yes, <i>fresh</i> ones every Monday.</p>")
    write_entry(stores=[store], department=support, words={"pl": ("Gdzie jest moja paczka?", "<p>Sprawdź w Łodzi.</p>")})
    write_entry(stores=[store], department=support, words={"fa": ("کتاب‌ها کی می‌رسند؟", "<p>دو روز دیگر.</p>")})


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("grinders", ["How do I clean the grinder?"]),
        ("cleaning brush", ["How do I clean the grinder?"]),
        ('"fresh ones"', ["Do you sell beans?"]),
        ('"ones fresh"', []),
        ("you -grinder", ["Do you sell beans?"]),
        ("paczki", ["Gdzie jest moja paczka?"]),
        ("lodz", ["Gdzie jest moja paczka?"]),
        ("كتاب ها", ["کتاب‌ها کی می‌رسند؟"]),
        ("status:open", []),
        ("???", []),
    ],
)
def test_answers_are_found_in_every_spelling(visitor, answers, typed, found):
    assert [str(entry) for entry in visitor.get("/faq/", {"q": typed}).context["found"]] == found


def test_hits_are_marked_in_answers_too(visitor, answers):
    page = visitor.get("/faq/", {"q": "grinder oil"}).content.decode()

    assert "How do I clean the <mark>grinder</mark>?" in page
    assert re.search(r"Then <mark>oil</mark> it", page)
    assert "<mark>brush</mark> &amp; patience" in visitor.get("/faq/", {"q": "brush"}).content.decode()


def test_an_answer_found_in_another_language_shows_the_words_that_were_found(visitor, store, support):
    write_entry(stores=[store], department=support, words={"en": ("Delivery", "<p>Two days.</p>"), "pl": ("Dostawa", "<p>Kurierem.</p>")})

    page = visitor.get("/faq/", {"q": "dostawa"}).content.decode()

    assert "Delivery" in page


def test_many_answers_before_the_form_can_be_searched(visitor, store, support, answers):
    address = f"/tickets/new/{support.pk}/answers/"
    few = visitor.get(address)
    assert 'name="q"' not in few.content.decode().split("<main")[1]
    for number in range(3):
        write_entry(stores=[store], department=support, words={"en": (f"Question {number}", "<p>Answer.</p>")})

    found = visitor.get(address, {"q": "grinders"}).content.decode().split("<main")[1]

    assert 'name="q"' in found
    assert "clean the grinder" in found
    assert "sell beans" not in found
    assert "No answer fits." in visitor.get(address, {"q": "zebra"}).content.decode()
