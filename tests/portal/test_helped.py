"""Did this answer help? One click, in the mail and in the portal."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from departments.switches import ANSWER_RATING
from notifications.models import Delivery
from notifications.rendering import mail_of
from surveys.models import AnswerRating
from surveys.services import token_for as survey_token
from tests.make import fresh, make_customer, make_message, make_staff, make_ticket
from tickets.choices import Kind
from tickets.links import answer_token_for, token_for
from tickets.models import Message, TicketEvent
from tickets.services.lifecycle import close_ticket
from tickets.services.merging import merge_tickets
from tickets.services.watching import watch_ticket


@pytest.fixture
def ticket(kasia, support):
    return make_ticket("The grinder rattles", customer=kasia, department=support)


@pytest.fixture
def answer(ticket, alice):
    make_message(ticket, "Turn the burr.", by=alice)
    return Message.objects.get(body_text="Turn the burr.")


@pytest.fixture
def address(answer, kasia):
    return f"/helped/{answer_token_for(answer, kasia.pk)}/"


def test_the_mail_offers_three_links_to_the_customer_alone(answer, kasia):
    delivery = Delivery.objects.get(template="reply", channel="mail", customer=kasia)
    _subject, text, html = mail_of(delivery)

    for shown in (text, html):
        assert shown.count("/helped/") == 3
    assert "Did this answer help?" in text


def test_an_owner_can_switch_it_off(visitor, answer, address, support, as_kasia, ticket):
    support.switches = [ANSWER_RATING]
    support.save()

    assert "/helped/" not in mail_of(Delivery.objects.get(template="reply", channel="mail"))[1]
    assert "/helped/" not in as_kasia.get(f"/tickets/{ticket.number}/").content.decode()
    assert visitor.post(address, {"score": "3"}).status_code == 400
    assert not AnswerRating.objects.exists()


@pytest.mark.parametrize("query", ["", "?score=3", "?score=9", "?score=%00"])
def test_opening_the_link_stores_nothing(visitor, address, query):
    assert visitor.get(address + query).status_code == 200
    visitor.head(address + query)

    assert not AnswerRating.objects.exists()


def test_one_click_is_kept_with_where_and_whose(visitor, address, answer, ticket, alice):
    visitor.post(address, {"score": "3"})
    visitor.post(address, {"score": "3"})

    rating = AnswerRating.objects.get()
    assert (rating.message, rating.ticket, rating.person, rating.store, rating.department) == (
        answer, ticket, alice, ticket.store, ticket.department,
    )  # fmt: skip
    assert (rating.score, rating.changed_at) == (3, None)


def test_it_may_be_changed_for_some_days(visitor, address):
    visitor.post(address, {"score": "3", "comment": "Thanks"})
    visitor.post(address, {"score": "1"})
    rating = AnswerRating.objects.get()
    assert (rating.score, rating.first_score, rating.comment) == (1, 3, "Thanks")

    AnswerRating.objects.update(answered_at=timezone.now() - timedelta(days=8))
    assert visitor.post(address, {"score": "2"}).status_code == 422
    assert fresh(rating).score == 1
    assert 'type="radio"' not in visitor.get(address).content.decode()


def test_each_rating_is_a_line_of_the_tickets_history_that_staff_read(visitor, address, answer, ticket, alice):
    for fields in ({"score": "3"}, {"score": "3"}, {"score": "1", "comment": "It rattles again."}):
        visitor.post(address, fields)

    lines = list(TicketEvent.objects.filter(ticket=ticket, kind=Kind.ANSWER_RATED).order_by("pk"))
    told = [(line.by_customer, line.details["before"], line.details["score"], line.details["commented"]) for line in lines]
    assert told == [(True, None, 3, False), (True, 3, 1, True)]
    assert {line.details["said"] for line in lines} == {answer.pk}
    desk = Client()
    desk.force_login(alice)
    page = desk.get(f"/desk/tickets/{ticket.number}/").content.decode()
    assert "said that an answer helped" in page and "said that an answer did not help" in page


def test_who_watches_hears_of_it_and_the_customer_reads_no_line_of_their_own_click(address, ticket, support, as_kasia):
    bob = make_staff("Bob", support)
    watch_ticket(ticket, by=bob)

    Client().post(address, {"score": "2"})

    assert Delivery.objects.filter(template="watched", user=bob, channel="in_app").exists()
    assert "helped partly" not in as_kasia.get(f"/tickets/{ticket.number}/").content.decode()


@pytest.mark.parametrize("fields", [{}, {"score": "999"}, {"score": "0"}, {"score": "x"}, {"score": "3", "comment": "x" * 10_000}])
def test_a_wrong_answer_comes_back_with_its_reason(visitor, address, fields):
    assert visitor.post(address, fields).status_code == 422
    assert not AnswerRating.objects.exists()


def test_links_of_another_purpose_customer_or_message_open_nothing(visitor, address, answer, ticket, support, alice):
    marta = make_customer("Marta")
    close_ticket(ticket, by=alice)
    survey = ticket.surveys.get()

    for wrong in (survey_token(survey), token_for(ticket), answer_token_for(answer, marta.pk), address[8:-3], "x", "%20"):
        assert visitor.get(f"/helped/{wrong}/").status_code == 404
        assert visitor.post(f"/helped/{wrong}/", {"score": "3"}).status_code == 404
    assert visitor.get(f"/survey/{address[8:-1]}/").status_code == 404
    assert not AnswerRating.objects.exists()


def test_neither_notes_nor_the_customers_own_words_are_rated(visitor, ticket, alice, kasia):
    make_message(ticket, "Third of this batch.", by=alice, note=True)
    make_message(ticket, "Any news?")

    for message in ticket.messages.all():
        assert visitor.post(f"/helped/{answer_token_for(message, kasia.pk)}/", {"score": "3"}).status_code == 400
    assert not AnswerRating.objects.exists()


def test_a_deleted_ticket_is_not_there(visitor, address, ticket):
    type(ticket).objects.update(deleted_at=timezone.now())

    assert visitor.get(address).status_code == 404


def test_the_link_ends_by_itself(visitor, address, monkeypatch):
    later = timezone.now().timestamp() + 100 * 86_400
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)

    assert visitor.post(address, {"score": "3"}).status_code == 410


def test_a_rating_needs_a_csrf_token(address):
    assert Client(enforce_csrf_checks=True).post(address, {"score": "3"}).status_code == 403
    assert not AnswerRating.objects.exists()


def test_under_the_answer_in_the_portal_one_click_rates_it_and_leads_back(as_kasia, answer, ticket, address):
    page = f"/tickets/{ticket.number}/"
    assert as_kasia.get(page).content.decode().count('action="/helped/') == 1

    response = as_kasia.post(address, {"score": "2", "back": "ticket"})

    assert response.url == f"{page}#helped-{answer.pk}"
    assert 'value="2" aria-pressed="true"' in as_kasia.get(page).content.decode()


def test_a_rating_goes_along_with_its_answer(visitor, address, ticket, kasia, support, alice):
    visitor.post(address, {"score": "3"})
    into = make_ticket("A cup", customer=kasia, department=support)

    merge_tickets(fresh(ticket), into=into, by=alice)

    assert AnswerRating.objects.get().ticket == into
    visitor.post(address, {"score": "1"})
    assert AnswerRating.objects.get().score == 1
