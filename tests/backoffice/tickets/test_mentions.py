"""Mentioning colleagues in a note, and nobody who may not see the ticket."""

import pytest

from notifications.models import Delivery
from permissions.rights import DepartmentRight
from permissions.services import withdraw
from tests.make import make_message, make_staff
from tickets.choices import Kind
from tickets.models import TicketShare

pytestmark = pytest.mark.django_db


def notes(ticket):
    return f"/desk/tickets/{ticket.number}/notes/"


def offered(page):
    return page.partition("<mention-names")[2].partition("</mention-names>")[0]


@pytest.fixture
def erin(support):
    return make_staff("Erin Vale", support)


def test_a_note_mentions_a_colleague_who_is_told_and_marked(desk, ticket, erin):
    desk.post(notes(ticket), {"mode": "note", "text": "Third one.", "mention": [erin.pk]})

    assert ticket.events.get(kind=Kind.MENTIONED).details == {"whom": [erin.pk]}
    assert set(Delivery.objects.filter(template="mentioned").values_list("user", "channel")) == {(erin.pk, "in_app"), (erin.pk, "mail")}
    assert '<bdi class="mention">Erin Vale</bdi>' in desk.get(f"/desk/tickets/{ticket.number}/").content.decode()


def test_only_those_who_see_the_ticket_are_offered(desk, ticket, erin, bob, alice):
    page = offered(desk.get(f"/desk/tickets/{ticket.number}/").content.decode())
    assert "Erin Vale" in page and "Bob" not in page and "Alice" not in page

    TicketShare.objects.create(ticket=ticket, user=bob, shared_by=alice)
    assert "Bob Lindgren" in offered(desk.get(f"/desk/tickets/{ticket.number}/").content.decode())


@pytest.mark.parametrize("whom", ["bob", "customer", "text", "long"])
def test_who_may_not_see_the_ticket_is_refused_and_the_text_is_kept(desk, ticket, bob, whom):
    chosen = {"bob": bob.pk, "customer": ticket.customer.user_id, "text": "\x00; DROP", "long": "9" * 30}[whom]

    response = desk.post(notes(ticket), {"mode": "note", "text": "Look, Bob.", "mention": [chosen]})

    page = response.content.decode()
    assert response.status_code == 422
    assert "may not see this ticket" in page and "Look, Bob." in page and "Bob Lindgren" not in offered(page)
    assert ticket.messages.count() == 1
    assert not Delivery.objects.filter(template="mentioned").exists()


def test_a_reply_mentions_nobody(desk, ticket, erin):
    desk.post(
        f"/desk/tickets/{ticket.number}/replies/", {"mode": "reply", "text": "Hello.", "mention": [erin.pk], "version": ticket.version}
    )

    assert not ticket.events.filter(kind=Kind.MENTIONED).exists()


def test_the_customer_never_reads_who_was_mentioned(client, desk, ticket, erin, alice):
    desk.post(notes(ticket), {"mode": "note", "text": "Third one.", "mention": [erin.pk]})
    make_message(ticket, "We look at it.", by=alice)
    client.force_login(ticket.customer.user)

    page = client.get(f"/tickets/{ticket.number}/").content.decode()

    assert "We look at it." in page and "Erin" not in page and "Third one." not in page


def test_who_lost_the_right_to_note_is_offered_nobody(desk, ticket, erin, alice, support):
    withdraw(alice, DepartmentRight.NOTE, support)

    assert "mention-names class" not in desk.get(f"/desk/tickets/{ticket.number}/").content.decode()
    assert desk.post(notes(ticket), {"mode": "note", "text": "Third one.", "mention": [erin.pk]}).status_code == 403
