"""What is among staff stays among staff: nothing of it reaches the customer's pages, files, links or mails."""

import re

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.test import Client

from common.uploads import CheckedFile
from customers.services import add_customer_note
from notifications import engine
from notifications.models import Delivery
from permissions.rights import RoleKey
from statuses.models import Action
from tests.make import make_customer, make_message, make_staff, make_ticket
from tests.notifications.sending import make_due
from tickets.links import token_for
from tickets.services.actions import perform_action
from tickets.services.lifecycle import assign_ticket, change_priority, close_ticket, pass_on_ticket
from tickets.services.sharing import share_ticket
from tickets.services.writing import attach

pytestmark = pytest.mark.django_db
#: What only staff may read, as it stands in the story below.
SECRETS = [
    "Zirconium",  # a note
    "Vanadium",  # a file of a note
    "Tungsten",  # a note about the customer
    "Yttrium",  # a warning about the customer
    "Osmium",  # the staff's word for a status
    "Rhodium",  # a button
    "alice@narvan.example",
    "bob@narvan.example",
    "Lindgren",  # a colleague who never spoke to the customer
]


@pytest.fixture
def people(support, sales):
    alice = make_staff("Alice Warren", support, email="alice@narvan.example")
    bob = make_staff("Bob Lindgren", support, sales, role=RoleKey.SENIOR, email="bob@narvan.example")
    return alice, bob


def story_of(customer, support, sales, people):
    """Everything that happens to a ticket, with a secret in each of it."""
    alice, bob = people
    ticket = make_ticket("The grinder rattles", department=support, customer=customer)
    make_message(ticket, "Zirconium: he shouts on the phone.", by=alice, note=True)
    note = ticket.messages.get(kind="note")
    attach(note, CheckedFile(name="Vanadium.txt", content_type="text/plain", size=1, content=ContentFile(b"a")))
    add_customer_note(customer, text="Tungsten: pays late.", by=alice)
    add_customer_note(customer, text="Yttrium: be careful.", is_warning=True, by=bob)
    assign_ticket(ticket, to=bob, by=alice)
    change_priority(ticket, to=4, by=bob)
    share_ticket(ticket, user=alice, right="see", by=bob)
    make_message(ticket, "We send a new burr.", by=alice)
    for status in support.workflow.statuses.all():
        status.name.data["en"] = f"Osmium {status.position}"
        status.save()
    ticket.refresh_from_db()
    button = Action.objects.create(status=ticket.status, name="Rhodium", target=ticket.status)
    perform_action(ticket, button, by=alice)
    pass_on_ticket(ticket, to=sales, by=bob)
    pass_on_ticket(ticket, to=support, by=bob)
    close_ticket(ticket, by=alice)
    make_message(ticket, "It rattles again.") if customer.user else None
    make_message(ticket, "Then we take it back.", by=alice)
    return ticket, note


def told(text):
    """The secrets that stand in a text, whatever way they are written in it."""
    return [secret for secret in SECRETS if secret.lower() in text.lower()]


def test_no_page_of_the_customer_tells_what_is_among_staff(support, sales, people, browser_of):
    kasia = make_customer("Kasia", email="kasia@mail.example")
    ticket, _note = story_of(kasia, support, sales, people)
    browser = browser_of(kasia.user)
    addresses = [
        "/",
        "/tickets/",
        "/tickets/?q=grinder",
        f"/tickets/{ticket.number}/",
        f"/tickets/{ticket.number}/sent/",
        "/account/profile/",
    ]

    pages = {address: browser.get(address) for address in addresses}
    pages["a refused answer"] = browser.post(f"/tickets/{ticket.number}/replies/", {"text": ""})

    assert "We send a new burr." in pages[f"/tickets/{ticket.number}/"].text
    assert {address: told(page.text) for address, page in pages.items() if told(page.text)} == {}
    assert {address for address, page in pages.items() if told(str(page.headers)) or told(str(page.cookies))} == set()


def test_no_page_behind_a_link_tells_it_either(support, sales, people, client):
    marta = make_customer("Marta", account=False, email="marta@mail.example")
    ticket, note = story_of(marta, support, sales, people)
    link = f"/t/{token_for(ticket)}/"

    for part in ("", "sent/"):
        page = client.get(link + part)
        assert (page.status_code, told(page.text)) == (200, [])
    assert client.get(f"{link}files/{note.attachments.get().pk}/").status_code == 404
    assert client.get(f"{link}?before={note.pk}").status_code == 200
    assert told(client.get(f"{link}?before={note.pk}").text) == []


def test_a_file_of_a_note_is_no_file_for_the_customer(support, sales, people, browser_of):
    kasia = make_customer("Kasia")
    ticket, note = story_of(kasia, support, sales, people)
    file = note.attachments.get()

    for name in (file.name, "other.txt"):
        assert browser_of(kasia.user).get(f"/files/{file.pk}/{name}").status_code == 404
    assert browser_of(kasia.user).get(f"/files/{file.pk}/thumbnail").status_code == 404
    assert Client().get(f"/files/{file.pk}/{file.name}").status_code == 302
    assert browser_of(people[0]).get(f"/files/{file.pk}/{file.name}").getvalue() == b"a"


@pytest.mark.parametrize("words", ["zirconium", "vanadium", "tungsten", "yttrium", "osmium", "rhodium", "lindgren"])
def test_searching_ones_own_requests_does_not_tell_what_notes_say(support, sales, people, browser_of, words):
    kasia = make_customer("Kasia")
    ticket, _note = story_of(kasia, support, sales, people)
    browser = browser_of(kasia.user)

    assert ticket.number in browser.get("/tickets/?q=grinder").text
    assert ticket.number not in browser.get(f"/tickets/?q={words}").text


def test_no_mail_or_sms_to_the_customer_tells_it(support, sales, people):
    kasia = make_customer("Kasia", email="kasia@mail.example", phone="+48601220214")
    story_of(kasia, support, sales, people)
    waiting = list(Delivery.objects.to_customer().filter(channel="mail"))
    make_due(*waiting)
    for delivery in waiting:
        engine.deliver(delivery.pk)

    letters = [letter for letter in mail.outbox if letter.to == ["kasia@mail.example"]]
    assert len(letters) >= 3
    for letter in letters:
        assert told(letter.message().as_string()) == []
        assert told(" ".join([letter.body, *(part.content for part in letter.alternatives)])) == []
        assert (letter.cc, letter.bcc, letter.attachments) == ([], [], [])


def test_no_mail_goes_to_two_people(support, sales, people):
    """Nobody reads another one's address in the head of a mail, staff of the same ticket included."""
    story_of(make_customer("Kasia", email="kasia@mail.example"), support, sales, people)
    waiting = list(Delivery.objects.filter(channel="mail"))
    make_due(*waiting)
    for delivery in waiting:
        engine.deliver(delivery.pk)

    assert mail.outbox
    assert all(len(letter.recipients()) == 1 for letter in mail.outbox)


def test_no_event_of_staff_alone_writes_to_the_customer(support, people):
    """Notes, shares, assignments, priorities and buttons make no delivery to the customer at all."""
    alice, bob = people
    ticket = make_ticket(department=support, customer=make_customer("Kasia"))
    Delivery.objects.all().delete()
    make_message(ticket, "Between us.", by=alice, note=True)
    assign_ticket(ticket, to=bob, by=alice)
    change_priority(ticket, to=4, by=bob)
    share_ticket(ticket, user=alice, right="see", by=bob)
    button = Action.objects.create(status=ticket.status, name="Rhodium", target=None)
    perform_action(ticket, button, by=alice)

    assert not Delivery.objects.to_customer().exists()


def test_a_customers_page_has_no_number_that_counts_what_others_have(support, sales, people, browser_of):
    """The same page, whether others have one request or many."""
    kasia = make_customer("Kasia")
    browser = browser_of(kasia.user)
    make_ticket(department=support, customer=kasia)
    before = _shape(browser.get("/tickets/").text)
    for _number in range(3):
        make_ticket(department=support, customer=make_customer("Nour"))

    assert _shape(browser.get("/tickets/").text) == before


def _shape(text):
    return re.sub(r'value="\w{64}"|[0-9a-f]{8,}', "", text)
