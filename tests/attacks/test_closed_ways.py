"""Second ways to what the first way refuses: links of others, a status instead of a button, an address instead of a menu."""

import pytest
from django.core.cache import cache
from django.test import Client

from common.limits import limited
from customers.services import adopt_visitor_tickets
from permissions.models import DepartmentUserObjectPermission
from permissions.rights import DepartmentRight, RoleKey, StoreRight
from permissions.services import grant
from tests.make import fresh, make_customer, make_department, make_message, make_person, make_staff, make_store, make_ticket
from tickets.links import token_for
from tickets.models import ReplyTemplate
from tickets.services.lifecycle import close_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    return make_store()


@pytest.fixture
def support(store):
    return make_department("Support", store=store)


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


def desk_of(person):
    client = Client()
    client.force_login(person)
    return client


# --- Signed links -----------------------------------------------------------------------------------------


def test_a_link_ends_when_the_ticket_moves_to_an_account(client, support, alice):
    """Whoever opened a ticket with Kasia's address holds a link to it; what Kasia reads and writes there later is not theirs."""
    ticket = make_ticket(department=support, customer=make_customer("Kasia", account=False, email="kasia@mail.example"))
    link = f"/t/{token_for(ticket)}/"
    assert client.get(link).status_code == 200

    kasia = make_person("Kasia", email="kasia@mail.example")
    adopt_visitor_tickets(kasia, email="kasia@mail.example")

    for stranger in (client, desk_of(make_person("Eve")), desk_of(alice)):
        assert [stranger.get(link + part).status_code for part in ("", "sent/", "replies/", "closure/")] == [410] * 4
        assert stranger.post(f"{link}replies/", {"text": "It is me."}).status_code == 410
        assert stranger.post(f"{link}closure/").status_code == 410
    assert desk_of(kasia).get(link).url == f"/tickets/{ticket.number}/"
    assert ticket.messages.count() == 1
    assert not fresh(ticket).is_closed


def test_where_notes_stand_is_not_told_by_paging(support, alice):
    ticket = make_ticket(department=support)
    note = make_message(ticket, "Between us.", by=alice, note=True)
    make_message(ticket, "What is said last.")

    page = desk_of(ticket.customer.user).get(f"/tickets/{ticket.number}/?before={note.pk}").text

    assert "What is said last." in page


# --- The desk ---------------------------------------------------------------------------------------------


def test_who_may_not_reopen_cannot_do_it_by_another_status_either(support, alice):
    ticket = close_ticket(make_ticket(department=support), by=alice)
    DepartmentUserObjectPermission.objects.filter(user=alice, permission__codename=DepartmentRight.CLOSE).delete()
    browser, page = desk_of(alice), f"/desk/tickets/{ticket.number}/"
    open_again = support.workflow.statuses.filter(kind="open").first()

    assert browser.post(f"{page}reopening/").status_code == 403
    assert browser.post(f"{page}status/", {"status": open_again.pk}).status_code == 403
    assert browser.post(f"{page}replies/", {"text": "Hello", "then": open_again.pk}).status_code == 422
    assert fresh(ticket).is_closed


def test_a_prepared_answer_is_not_shown_by_its_number_to_who_may_not_answer(support, alice):
    answer = ReplyTemplate.objects.create(title="Goodwill", text="We give you 20 percent.")
    ticket = make_ticket(department=support)
    watcher = make_staff("Watcher", support, role=RoleKey.OBSERVER)
    address = f"/desk/tickets/{ticket.number}/?answer={answer.pk}"

    assert "20 percent" in desk_of(alice).get(address).text
    assert "20 percent" not in desk_of(watcher).get(address).text


def test_the_right_to_write_about_customers_counts_in_its_store_only(store, support):
    other = make_store(is_default=False)
    writer = make_staff("Dan", support, sees_customers=False)
    grant(writer, StoreRight.VIEW_CUSTOMERS, store)
    grant(writer, StoreRight.MANAGE_CUSTOMERS, other)
    customer = make_ticket(department=support).customer

    assert desk_of(writer).post(f"/desk/customers/{customer.pk}/notes/", {"text": "Rude."}).status_code == 403
    assert not customer.notes.exists()


def test_sent_codes_are_read_only_by_who_may_give_rights_anyway(store, support, alice):
    grant(alice, StoreRight.CHANGE_SETTINGS, store)
    assert desk_of(alice).get("/desk/outbox/").status_code == 404

    grant(alice, StoreRight.GRANT_RIGHTS, store)
    assert desk_of(alice).get("/desk/outbox/").status_code == 200


# --- Limits -----------------------------------------------------------------------------------------------


def test_a_limit_is_not_washed_away_by_other_counts():
    limited("guess:kasia", 1, 600)
    for number in range(1000):
        cache.add(f"other:{number}", 1, 600)

    assert limited("guess:kasia", 1, 600)


def test_reports_of_browsers_do_not_fill_the_log(client, store, caplog):
    for _ in range(40):
        client.post("/csp-report/", "{}", content_type="application/csp-report")

    assert 0 < len([line for line in caplog.records if "content security policy" in line.getMessage()]) <= 20
