"""More fields than a form asks for: nothing of it is taken, wherever it is sent and however it is written."""

import json

import pytest

from permissions.models import ROWS
from tests.make import fresh, make_customer, make_department, make_ticket
from tickets.links import token_for
from tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def extra(alice, sales):
    """What somebody might wish to be able to say."""
    return {
        "owner": alice.pk,
        "requester": alice.pk,
        "customer": 1,
        "department_id": sales.pk,
        "assignee": alice.pk,
        "team": 1,
        "status": sales.workflow.statuses.get(kind="closed").pk,
        "priority": 4,
        "internal": "1",
        "kind": "note",
        "mode": "note",
        "is_note": "1",
        "author": alice.pk,
        "by": alice.pk,
        "source": "desk",
        "number": "1",
        "version": 99,
        "merged_into": 1,
        "deleted_at": "2020-01-01",
        "closed_at": "2020-01-01",
        "created_at": "2001-01-01",
        "rating": 5,
        "search_document": "hidden words",
        "is_staff": "1",
        "is_superuser": "1",
        "groups": "1",
        "user_permissions": "1",
        "role": "owner",
    }


def facts(ticket):
    ticket = fresh(ticket)
    names = ["customer_id", "department_id", "assignee_id", "team_id", "priority", "source", "merged_into_id", "deleted_at", "rating"]
    return {name: getattr(ticket, name) for name in names}


def test_a_request_is_opened_with_its_words_alone(support, alice, extra, browser_of):
    kasia = make_customer("Kasia")
    browser_of(kasia.user).post(f"/tickets/new/{support.pk}/", extra | {"subject": "Grinder", "text": "It rattles."})

    ticket = Ticket.objects.get()
    plain = facts(make_ticket(department=support, customer=kasia))
    assert facts(ticket) == plain
    assert ticket.status == support.workflow.first_status()
    assert ticket.created_at.year > 2020
    assert (ticket.closed_at, ticket.messages.get().kind, ticket.messages.get().author_id) == (None, "customer", None)
    assert not Ticket.objects.matching("hidden").exists()


@pytest.mark.parametrize("door", ["account", "link"])
def test_an_answer_changes_nothing_but_the_talk(support, alice, extra, browser_of, client, door):
    customer = make_customer("Kasia", account=door == "account")
    ticket = make_ticket(department=support, customer=customer)
    before = facts(ticket)
    if door == "account":
        browser_of(customer.user).post(f"/tickets/{ticket.number}/replies/", extra | {"text": "Thank you."})
    else:
        client.post(f"/t/{token_for(ticket)}/replies/", extra | {"text": "Thank you."})

    message = Message.objects.filter(ticket=ticket).latest("pk")
    assert facts(ticket) == before
    assert not fresh(ticket).is_closed
    assert (message.kind, message.body_text, message.source) == ("customer", "Thank you.", "portal")
    assert message.author_id in {None, customer.user_id}


def test_a_body_of_json_is_an_empty_form(support, extra, browser_of):
    kasia = make_customer("Kasia")
    browser = browser_of(kasia.user)
    words = json.dumps(extra | {"subject": "Grinder", "text": "It rattles."})

    assert browser.post(f"/tickets/new/{support.pk}/", words, "application/json").status_code == 422
    ticket = make_ticket(department=support, customer=kasia)
    assert browser.post(f"/tickets/{ticket.number}/replies/", words, "application/json").status_code == 422
    assert (Ticket.objects.count(), Message.objects.count()) == (1, 1)


def test_a_profile_makes_nobody_staff_and_moves_no_address(support, extra, browser_of):
    kasia = make_customer("Kasia", email="kasia@mail.example")
    wishes = {
        "is_staff": "1",
        "is_superuser": "on",
        "is_active": "1",
        "groups": "1",
        "user_permissions": "1",
        "email": "alice@narvan.example",
        "phone": "+48601220214",
        "phone_verified": "1",
        "password": "let me in please",
        "date_joined": "2001-01-01",
        "session_round": "7",
        "department": support.pk,
    }
    form = {"name": "Kasia N", "language": "en", "calendar": "auto", "theme": "auto", "time_zone": ""}
    before = fresh(kasia.user)

    assert browser_of(kasia.user).post("/account/profile/", extra | wishes | form).status_code == 302

    now = fresh(kasia.user)
    assert now.name == "Kasia N"
    for name in ("email", "phone", "phone_verified", "is_staff", "is_superuser", "is_active", "password", "session_round", "date_joined"):
        assert getattr(now, name) == getattr(before, name), name
    assert not now.groups.exists() and not now.user_permissions.exists()
    assert not any(table.objects.filter(user=now).exists() for table, _of_team in ROWS.values())


def test_an_address_is_not_changed_without_proof(support, browser_of):
    kasia, browser = make_customer("Kasia", email="kasia@mail.example"), None
    browser = browser_of(kasia.user)
    browser.post("/account/email/", {"email": "evil@mail.example", "action_add": "1", "verified": "1", "primary": "1"})
    browser.post("/account/phone/", {"phone": "+48601220299", "verified": "1", "phone_verified": "1"})

    assert (fresh(kasia.user).email, fresh(kasia.user).phone) == ("kasia@mail.example", None)


def test_a_department_of_another_store_takes_no_request_from_this_one(store, support, browser_of):
    from tests.make import make_store

    kasia = make_customer("Kasia")
    hidden = make_department("Insiders", store=store, is_public=False)
    elsewhere = make_department("Elsewhere", store=make_store())
    for department in (elsewhere, hidden):
        for form in ({}, {"department": department.pk}):
            browser_of(kasia.user).post(f"/tickets/new/{department.pk}/", form | {"subject": "Hi", "text": "Let me in."})

    assert not Ticket.objects.filter(department__in=[elsewhere, hidden]).exists()
