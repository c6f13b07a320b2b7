"""The page that splits a ticket, and every way it is refused."""

import pytest

from permissions.rights import DepartmentRight, RoleKey
from permissions.services import grant_role, withdraw
from tests.make import make_customer, make_department, make_message, make_staff, make_store, make_ticket
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(ticket):
    return make_message(ticket, "And I want a second invoice.")


def address(ticket):
    return f"/desk/tickets/{ticket.number}/split/"


def given(message, department, **more):
    return {"message": message.pk, "department": department.pk, "subject": "Invoice", "form_key": "k" * 22, **more}


def test_a_message_is_chosen_and_becomes_a_ticket_once(desk, ticket, second, support):
    page = desk.get(f"{address(ticket)}?message={second.pk}").content.decode()
    assert f'value="{second.pk}" checked' in page and "And I want a second invoice." in page

    first, again = desk.post(address(ticket), given(second, support)), desk.post(address(ticket), given(second, support))

    new = Ticket.objects.latest("pk")
    assert first.url == again.url == f"/desk/tickets/{new.number}/"
    assert (Ticket.objects.count(), new.subject, new.messages.get()) == (2, "Invoice", second)
    here, there = (desk.get(f"/desk/tickets/{one.number}/").content.decode() for one in (ticket, new))
    assert "split ticket" in here and "Split off" in here and "split this ticket off from" in there and "Split off from" in there


def test_the_customer_is_led_from_the_one_to_the_other(client, desk, ticket, second, support):
    desk.post(address(ticket), given(second, support))
    new = Ticket.objects.latest("pk")
    client.force_login(ticket.customer.user)

    assert f"Goes on in request \u2068{new.number}\u2069" in client.get(f"/tickets/{ticket.number}/").content.decode()
    page = client.get(f"/tickets/{new.number}/").content.decode()
    assert f"Comes from request \u2068{ticket.number}\u2069" in page and "And I want a second invoice." in page


def test_it_may_go_where_its_maker_does_not_see_it(desk, alice, ticket, second, sales):
    grant_role(alice, sales, RoleKey.SUPPORTER)
    withdraw(alice, DepartmentRight.VIEW, sales)
    response = desk.post(address(ticket), given(second, sales))

    assert response.url == f"/desk/tickets/{ticket.number}/"
    assert Ticket.objects.latest("pk").department == sales


def test_a_subject_that_was_read_covered_is_not_written_back_covered(desk_of, support, kasia):
    ticket = make_ticket("Grinder of Kasia Nowak", department=support, customer=kasia)
    second = make_message(ticket, "Kasia Nowak wants an invoice.")
    browser = desk_of(make_staff("Carla", support, sees_customers=False))
    page = browser.get(address(ticket)).content.decode()
    assert "Kasia" not in page and "Nowak" not in page

    shown = browser.get(address(ticket)).context["ticket"].subject
    browser.post(address(ticket), given(second, support, subject=shown))
    assert Ticket.objects.latest("pk").subject == "Grinder of Kasia Nowak"


def test_what_is_missing_or_foreign_comes_back(desk, ticket, second, support, sales):
    other = make_ticket("Another", department=sales)
    elsewhere = make_department("Elsewhere", store=make_store())
    cases = [
        given(other.messages.get(), support),
        given(second, sales),  # where alice may open none
        given(second, elsewhere),
        given(second, support, subject=""),
        {"form_key": "k" * 22},
        given(ticket.messages.first(), support, and_later="on"),
    ]
    for case in cases:
        assert desk.post(address(ticket), case).status_code == 422
    assert Ticket.objects.count() == 2 and ticket.messages.count() == 2


def test_other_departments_and_readers_change_nothing(desk_of, bob, support, ticket, second):
    reader = make_staff("Rita", support, role=RoleKey.OBSERVER)
    for person, status in ((bob, 404), (reader, 403)):
        assert desk_of(person).get(address(ticket)).status_code == status
        assert desk_of(person).post(address(ticket), given(second, support)).status_code == status
    assert Ticket.objects.count() == 1 and ticket.messages.count() == 2


def test_who_may_open_no_ticket_splits_none(desk, alice, support, ticket, second):
    withdraw(alice, DepartmentRight.OPEN, support)

    assert desk.post(address(ticket), given(second, support)).status_code == 403
    assert Ticket.objects.count() == 1


def test_files_stay_with_their_message(client, desk, support, kasia):
    ticket = make_ticket(department=support, customer=kasia)
    second = make_message(ticket, "And an invoice.")
    desk.post(address(ticket), given(second, support))
    stranger = make_customer("Nour")
    client.force_login(stranger.user)

    assert client.get(f"/tickets/{Ticket.objects.latest('pk').number}/").status_code == 404
