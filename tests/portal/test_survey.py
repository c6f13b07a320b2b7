from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from surveys.models import Survey
from surveys.services import token_for
from tests.make import fresh, make_customer, make_message, make_ticket
from tickets.services.lifecycle import close_ticket


@pytest.fixture
def ticket(kasia, support, alice):
    ticket = make_ticket("The grinder rattles", customer=kasia, department=support)
    make_message(ticket, "Turn the burr.", by=alice)
    close_ticket(ticket, by=alice)
    return fresh(ticket)


@pytest.fixture
def survey(ticket):
    return Survey.objects.get()


@pytest.fixture
def address(survey):
    return f"/survey/{token_for(survey)}/"


def test_the_question_opens_without_signing_in_and_names_who_helped(visitor, address):
    page = visitor.get(address).content.decode()

    assert "How was Alice’s help?" in page.replace("\u2068", "").replace("\u2069", "")
    assert page.count('type="radio"') == 5
    assert "checked" not in page


@pytest.mark.parametrize("query", ["", "?score=4", "?score=9", "?score=", "?score=%00"])
def test_opening_the_link_stores_nothing(visitor, address, survey, query):
    """Mail programs open links to check them."""
    assert visitor.get(address + query).status_code == 200
    visitor.head(address + query)

    assert fresh(survey).score is None


def test_the_face_clicked_in_the_mail_is_chosen_and_one_click_keeps_it(visitor, address, survey):
    page = visitor.get(f"{address}?score=4").content.decode()

    assert 'value="4" checked' in page
    assert "Save “Good”" in page.replace("\u2068", "").replace("\u2069", "")
    assert "<send-at-once>" in page


def test_the_answer_is_kept_on_survey_and_ticket_and_the_page_says_so(visitor, address, survey, ticket):
    response = visitor.post(address, {"score": "5", "comment": "Quick and kind."})

    assert response.url == address
    assert (fresh(survey).score, fresh(survey).comment, fresh(ticket).rating) == (5, "Quick and kind.", 5)
    page = visitor.get(address).content.decode()
    assert "is saved" in page
    assert "Quick and kind." in page


def test_the_answer_may_be_changed_for_some_days(visitor, address, survey, ticket):
    visitor.post(address, {"score": "5"})
    page = visitor.get(f"{address}?score=2").content.decode()
    assert 'value="2" checked' in page
    assert "<send-at-once>" not in page

    visitor.post(address, {"score": "2"})
    assert fresh(ticket).rating == 2

    Survey.objects.update(answered_at=timezone.now() - timedelta(days=8))
    assert 'type="radio"' not in visitor.get(address).content.decode()
    assert visitor.post(address, {"score": "1"}).status_code == 422
    assert fresh(survey).score == 2


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "score"),
        ({"score": "6"}, "score"),
        ({"score": "\x00"}, "score"),
        ({"score": "x"}, "score"),
        ({"score": "3", "comment": "x" * 2001}, "comment"),
    ],
)
def test_a_wrong_answer_comes_back_with_its_reason_and_its_words(visitor, address, survey, fields, field):
    response = visitor.post(address, {"comment": "Kept words", **fields})

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert fields.get("comment", "Kept words") in response.content.decode()
    assert fresh(survey).score is None


def test_the_page_speaks_the_customers_language_unless_the_reader_switches(visitor, nour, support, alice):
    ticket = make_ticket("آسیاب", customer=nour, department=support)
    close_ticket(ticket, by=alice)
    address = f"/survey/{token_for(Survey.objects.get())}/"

    assert '<html lang="fa" dir="rtl"' in visitor.get(address, headers={"accept-language": "en"}).content.decode()
    visitor.cookies["language"] = "ru"
    assert '<html lang="ru" dir="ltr"' in visitor.get(address).content.decode()


def test_altered_links_and_links_of_another_purpose_are_calm_404_pages(visitor, address, ticket):
    from tickets.links import token_for as ticket_token

    for wrong in (address[:-2], f"/survey/{ticket_token(ticket)}", "/survey/abc"):
        response = visitor.get(f"{wrong}/")
        assert response.status_code == 404
        assert "<h1" in response.content.decode()


def test_a_link_that_has_ended_says_so(visitor, address, monkeypatch):
    later = timezone.now().timestamp() + 90 * 86_400
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    assert visitor.get(address).status_code == 410


def test_a_withdrawn_question_is_a_calm_page_and_takes_no_answer(visitor, address, survey, ticket):
    make_message(ticket, "It rattles again.")

    response = visitor.post(address, {"score": "5"})

    assert response.status_code == 400
    assert "no longer open" in response.content.decode()
    assert fresh(survey).score is None


def test_not_solved_leads_to_the_answer_box_of_the_request(visitor, support, alice):
    ticket = make_ticket(customer=make_customer("Marta", account=False), department=support)
    close_ticket(ticket, by=alice)
    again = visitor.get(f"/survey/{token_for(Survey.objects.get())}/").context["again_url"]

    assert again.startswith("/t/")
    assert again.endswith("/#answer")
    assert "Send and open again" in visitor.get(again).content.decode()


def test_not_solved_leads_an_account_to_its_own_page(visitor, address, ticket):
    assert visitor.get(address).context["again_url"] == f"/tickets/{ticket.number}/#answer"


def test_an_answer_needs_a_csrf_token(address, survey):
    assert Client(enforce_csrf_checks=True).post(address, {"score": "5"}).status_code == 403
    assert fresh(survey).score is None


def test_the_conversation_offers_the_question_and_shows_its_answer(as_kasia, ticket, survey, address):
    page = f"/tickets/{ticket.number}/"
    assert 'action="/survey/' in as_kasia.get(page).content.decode()

    as_kasia.post(address, {"score": "4"})

    shown = as_kasia.get(page).content.decode()
    assert "You rated our help: Good" in shown
    assert "Change my rating" in shown


def test_the_page_is_neither_kept_nor_indexed(visitor, address):
    response = visitor.get(address)

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"
