"""A customer whose request goes on in another one is led there, by both doors, and nobody else is."""

import pytest
from django.test import Client

from tests.make import fresh, make_customer, make_message, make_ticket
from tests.portal.pictures import photo
from tickets.links import token_for
from tickets.models import Attachment, Ticket
from tickets.services.deleting import delete_ticket
from tickets.services.lifecycle import close_ticket
from tickets.services.merging import merge_tickets

ANSWER = {"text": "Here is the label.", "form_key": "k" * 22}


@pytest.fixture
def marta(support):
    """A customer without an account."""
    return make_customer("Marta", account=False, email="marta@mail.example")


def merged(customer, department, by):
    """(the request that was merged, the one it goes on in)."""
    into = make_ticket("The grinder rattles", customer=customer, department=department, text="It rattles.")
    ticket = make_ticket("Grinder again", customer=customer, department=department, text="You did not answer.")
    merge_tickets(ticket, into=into, by=by)
    return ticket, into


def test_the_old_address_leads_to_where_it_goes_on(as_kasia, kasia, support, alice):
    ticket, into = merged(kasia, support, alice)

    assert as_kasia.get(f"/tickets/{ticket.number}/").url == f"/tickets/{into.number}/"
    page = as_kasia.get(f"/tickets/{into.number}/").content.decode()
    assert "You did not answer." in page and "It rattles." in page and f"/tickets/{ticket.number}/" not in page
    lists = as_kasia.get("/tickets/").content.decode() + as_kasia.get("/").content.decode()
    assert "The grinder rattles" in lists and "Grinder again" not in lists


def test_an_answer_to_the_old_address_lands_where_it_goes_on(as_kasia, kasia, support, alice):
    ticket, into = merged(kasia, support, alice)

    as_kasia.post(f"/tickets/{ticket.number}/replies/", ANSWER)

    assert list(into.messages.values_list("body_text", flat=True)).count(ANSWER["text"]) == 1
    assert not ticket.messages.exists()


def test_the_old_link_opens_it_too_and_takes_answers_and_files(visitor, marta, support, alice):
    ticket, into = merged(marta, support, alice)
    link = f"/t/{token_for(ticket)}/"

    assert "It rattles." in visitor.get(link).content.decode()
    visitor.post(f"{link}replies/", {**ANSWER, "files": photo()})

    file = Attachment.objects.get(message__ticket=into)
    response = visitor.get(f"{link}files/{file.pk}/")
    b"".join(response.streaming_content)
    assert response.status_code == 200
    assert into.messages.latest("pk").body_text == ANSWER["text"]


def test_notes_that_moved_stay_among_staff(as_kasia, kasia, support, alice):
    ticket, into = merged(kasia, support, alice)
    other = make_ticket("Once more", customer=kasia, department=support)
    make_message(other, "A difficult one.", by=alice, note=True)
    merge_tickets(other, into=into, by=alice)

    assert "A difficult one." not in as_kasia.get(f"/tickets/{into.number}/").content.decode()
    assert "merge" not in as_kasia.get(f"/tickets/{into.number}/").content.decode().lower()


def test_a_link_opens_nothing_that_belongs_to_somebody_else(visitor, marta, nour, support, alice):
    ticket, into = merged(marta, support, alice)
    Ticket.objects.filter(pk=into.pk).update(customer=nour)

    assert visitor.get(f"/t/{token_for(ticket)}/").status_code == 404
    stranger = Client()
    stranger.force_login(nour.user)
    assert stranger.get(f"/tickets/{ticket.number}/").status_code == 404


def test_where_it_goes_on_is_deleted_the_old_address_is_gone_as_well(as_kasia, kasia, support, alice):
    ticket, into = merged(kasia, support, alice)
    delete_ticket(into, by=alice)

    assert as_kasia.get(f"/tickets/{ticket.number}/").status_code == 404
    assert as_kasia.post(f"/tickets/{ticket.number}/replies/", ANSWER).status_code == 404


def test_closing_by_the_old_address_closes_where_it_goes_on(as_kasia, kasia, support, alice):
    ticket, into = merged(kasia, support, alice)
    support.stores.update(customers_may_close=True)

    as_kasia.post(f"/tickets/{ticket.number}/closure/")

    assert fresh(into).is_closed


def test_an_answer_to_the_old_address_opens_a_closed_one_again(as_kasia, kasia, support, alice):
    ticket, into = merged(kasia, support, alice)
    close_ticket(into, by=alice)

    as_kasia.post(f"/tickets/{ticket.number}/replies/", ANSWER)

    assert not fresh(into).is_closed
    assert fresh(ticket).is_closed
