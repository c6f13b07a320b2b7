"""What a customer says to a request that was closed too long ago: a new one that goes on from it, where the owner wants that."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stores.blocking import add_rule
from tests.make import fresh, make_customer, make_ticket
from tickets.links import token_for
from tickets.models import HeldRequest, Ticket, TicketLink
from tickets.services.lifecycle import close_ticket

ANSWER = {"text": "It rattles again.", "form_key": "k" * 22}


@pytest.fixture
def wanting(store):
    """The owner wants a new request to be made."""
    store.late_answers_open_new = True
    store.save()
    return store


def closed_long_ago(customer, department, days=60):
    ticket = make_ticket("The grinder rattles", customer=customer, department=department)
    close_ticket(ticket)
    type(ticket.status).objects.filter(pk=fresh(ticket).status_id).update(reply_days=7)
    Ticket.objects.filter(pk=ticket.pk).update(closed_at=timezone.now() - timedelta(days=days))
    return fresh(ticket)


def test_the_page_says_so_and_the_answer_becomes_a_linked_request_once(as_kasia, kasia, support, wanting):
    ticket = closed_long_ago(kasia, support)
    page = as_kasia.get(f"/tickets/{ticket.number}/").content.decode()
    assert "What you write below becomes a new request" in page and "Send as a new request" in page

    first, again = (as_kasia.post(f"/tickets/{ticket.number}/replies/", ANSWER) for _time in range(2))

    new = Ticket.objects.latest("pk")
    assert first.url == again.url == f"/tickets/{new.number}/sent/"
    assert (Ticket.objects.count(), new.customer, new.department, new.subject) == (2, kasia, support, ticket.subject)
    assert new.messages.get().body_text == "It rattles again." and new.messages.get().is_from_customer
    assert fresh(ticket).is_closed and ticket.messages.count() == 1
    assert TicketLink.objects.values_list("source", "target", "kind").get() == (ticket.pk, new.pk, "follows")
    assert f"Goes on in request \u2068{new.number}\u2069" in as_kasia.get(f"/tickets/{ticket.number}/").content.decode()
    assert f"Comes from request \u2068{ticket.number}\u2069" in as_kasia.get(f"/tickets/{new.number}/").content.decode()


def test_it_works_behind_a_signed_link_and_leads_to_a_link_of_its_own(visitor, support, wanting):
    marta = make_customer("Marta", account=False, email="marta@mail.example")
    ticket = closed_long_ago(marta, support)
    response = visitor.post(reverse("portal:link_replies", args=[token_for(ticket)]), ANSWER)

    new = Ticket.objects.latest("pk")
    assert new != ticket and new.customer == marta
    page = visitor.get(response.url).content.decode()
    assert new.number in page


def test_within_its_days_it_opens_again_as_ever(as_kasia, kasia, support, wanting):
    ticket = closed_long_ago(kasia, support, days=2)
    as_kasia.post(f"/tickets/{ticket.number}/replies/", ANSWER)

    assert not fresh(ticket).is_closed and Ticket.objects.count() == 1


def test_where_the_owner_does_not_want_it_the_customer_is_asked_to_open_one(as_kasia, kasia, support):
    ticket = closed_long_ago(kasia, support)
    assert "please open a new request" in as_kasia.get(f"/tickets/{ticket.number}/").content.decode()
    response = as_kasia.post(f"/tickets/{ticket.number}/replies/", ANSWER)

    assert response.status_code == 422 and Ticket.objects.count() == 1
    assert "It rattles again." in response.content.decode()


def test_a_department_that_is_gone_takes_nothing_more(as_kasia, kasia, support, wanting):
    ticket = closed_long_ago(kasia, support)
    support.archived_at = timezone.now()
    support.save()

    assert as_kasia.post(f"/tickets/{ticket.number}/replies/", ANSWER).status_code == 422
    assert Ticket.objects.count() == 1


def test_a_store_that_opens_nothing_again_opens_nothing_new_this_way(as_kasia, kasia, support, wanting):
    wanting.customers_may_reopen = False
    wanting.save()
    ticket = closed_long_ago(kasia, support)

    assert as_kasia.post(f"/tickets/{ticket.number}/replies/", ANSWER).status_code == 422
    assert Ticket.objects.count() == 1


def test_it_is_held_back_where_it_meets_a_rule(as_kasia, kasia, support, wanting):
    add_rule(wanting, kind="word", value="cheap watches")
    ticket = closed_long_ago(kasia, support)
    response = as_kasia.post(f"/tickets/{ticket.number}/replies/", ANSWER | {"text": "Buy cheap watches."})

    held = HeldRequest.objects.get()
    assert response.url == f"/tickets/{held.number}/sent/"
    assert Ticket.objects.count() == 1 and as_kasia.get(response.url).status_code == 200


def test_it_counts_among_the_new_requests_of_an_hour(as_kasia, kasia, support, wanting):
    wanting.requests_per_hour = 1
    wanting.save()
    ticket = closed_long_ago(kasia, support)
    as_kasia.post(f"/tickets/{ticket.number}/replies/", ANSWER)
    response = as_kasia.post(f"/tickets/{ticket.number}/replies/", ANSWER | {"form_key": "m" * 22})

    assert response.status_code >= 400 and Ticket.objects.count() == 2


def test_nobody_elses_request_is_followed_up(client, kasia, nour, support, wanting):
    ticket = closed_long_ago(kasia, support)
    client.force_login(nour.user)

    assert client.post(f"/tickets/{ticket.number}/replies/", ANSWER).status_code == 404
    assert Ticket.objects.count() == 1
