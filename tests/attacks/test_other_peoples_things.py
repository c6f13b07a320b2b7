"""Numbers and keys of other people's things, tried at every place that takes one."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from notifications.models import Delivery
from tests.make import fresh, make_customer, make_department, make_message, make_person, make_staff, make_store, make_ticket
from tickets.links import token_for
from tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db
KEY = "k" * 22


@pytest.fixture
def support():
    return make_department("Support", store=make_store())


@pytest.fixture
def sales(support):
    return make_department("Sales")


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


def test_a_note_or_a_message_is_not_reached_through_another_ticket(support, sales, alice):
    mine, theirs = make_ticket(department=support), make_ticket(department=sales)
    note = make_message(theirs, "Between us.", by=make_staff("Bob", sales), note=True)
    delivery = Delivery.objects.filter(ticket=theirs, customer=theirs.customer).first()
    Delivery.objects.filter(pk=delivery.pk).update(state="failed")
    browser = browser_of(alice)

    for number in (mine.number, theirs.number):
        assert browser.post(f"/desk/tickets/{number}/notes/{note.pk}/showing/").status_code == 404
        assert browser.post(f"/desk/tickets/{number}/deliveries/{delivery.pk}/sending/").status_code == 404
    assert (fresh(note).kind, fresh(delivery).state) == ("note", "failed")


def test_chosen_tickets_of_others_are_left_alone(support, sales, alice):
    mine, theirs = make_ticket(department=support), make_ticket(department=sales)

    browser_of(alice).post("/desk/tickets/chosen/", {"deed": "close", "ticket": [mine.number, theirs.number, "\x00", "9" * 5000]})

    assert (fresh(mine).is_closed, fresh(theirs).is_closed) == (True, False)


def test_a_ticket_is_not_passed_to_a_person_who_may_not_see_it(support, sales, alice):
    ticket, bob = make_ticket(department=support), make_staff("Bob", sales)

    for who in (bob.pk, ticket.customer.user_id, "9" * 20, "\x00"):
        browser_of(alice).post(f"/desk/tickets/{ticket.number}/assignment/", {"assignee": who})
    assert fresh(ticket).assignee_id is None


def test_the_key_of_a_form_opens_nothing_of_whoever_sent_it_first(support):
    first, second = make_customer("Kasia"), make_customer("Nour")
    form = {"subject": "Grinder", "text": "It rattles.", "form_key": KEY}
    address = f"/tickets/new/{support.pk}/"

    led = [browser_of(one.user).post(address, form).url for one in (first, second)]

    assert led[0] != led[1]
    assert [ticket.customer for ticket in Ticket.objects.order_by("pk")] == [first, second]


def test_files_that_wait_with_a_form_are_nobody_elses(support, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    kasia, nour = make_customer("Kasia"), make_customer("Nour")
    address = f"/tickets/new/{support.pk}/"
    kept = browser_of(kasia.user).post(
        address, {"subject": "", "text": "Look.", "form_key": KEY, "files": SimpleUploadedFile("secret.txt", b"my address")}
    )
    pk = kept.context["form"].kept[0].pk

    again = browser_of(nour.user).post(address, {"subject": "", "text": "Mine.", "form_key": KEY, "kept": pk})
    browser_of(nour.user).post(address, {"subject": "Hi", "text": "Mine.", "form_key": KEY, "kept": pk})

    assert "secret.txt" not in again.text
    assert Message.objects.get().attachments.count() == 0


def test_what_a_form_does_not_ask_is_not_taken_from_it(support, sales, alice):
    kasia = make_customer("Kasia", email="kasia@mail.example")
    extra = {
        "customer": alice.pk,
        "assignee": alice.pk,
        "status": 3,
        "priority": 4,
        "store": 9,
        "source": "desk",
        "kind": "note",
        "is_staff": "1",
        "is_superuser": "1",
        "is_active": "1",
        "email": "alice@narvan.example",
        "phone": "+48601220214",
        "groups": "1",
        "user": alice.pk,
        "number": "1",
        "created_at": "2001-01-01",
        "session_round": "9",
        "author": alice.pk,
        "by": alice.pk,
    }
    browser = browser_of(kasia.user)
    browser.post(f"/tickets/new/{support.pk}/", extra | {"subject": "Grinder", "text": "It rattles.", "department": sales.pk})
    browser.post("/account/profile/", extra | {"name": "Kasia N", "language": "en", "calendar": "auto", "theme": "auto", "time_zone": ""})

    ticket, user = Ticket.objects.get(), fresh(kasia.user)
    assert (ticket.customer, ticket.department, ticket.assignee, ticket.source) == (kasia, support, None, "portal")
    assert ticket.priority == Ticket._meta.get_field("priority").default
    assert ticket.messages.get().kind == "customer"
    assert (user.name, user.email, user.phone, user.is_staff, user.is_superuser) == ("Kasia N", "kasia@mail.example", None, False, False)


def test_a_link_of_one_kind_or_ticket_opens_no_other(client, support):
    one, other = (make_ticket(department=support, customer=make_customer(name, account=False)) for name in ("Marta", "Ivan"))
    token = token_for(one)

    assert client.get(f"/survey/{token}/").status_code == 404
    assert client.get(f"/t/{token_for(other).split(':')[0]}:{token.partition(':')[2]}/").status_code == 404
    assert client.get(f"/tickets/{one.number}/").status_code == 302
    assert browser_of(make_person("Eve")).get(f"/tickets/{one.number}/").status_code == 404
