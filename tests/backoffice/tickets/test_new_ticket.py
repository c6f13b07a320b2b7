"""Opening a ticket in a customer's name."""

import re

import pytest

from customers.models import Customer
from notifications.models import Delivery
from permissions.rights import DepartmentRight
from permissions.services import grant, withdraw
from tests.make import make_customer, make_staff
from tickets.choices import MessageKind
from tickets.models import Ticket

pytestmark = pytest.mark.django_db

WORDS = {"subject": "Your grinder is here", "text": "It arrived today. We look at it tomorrow.", "priority": "20"}
NEW = {"new-name": "Marta Zielińska", "new-email": "marta@mail.example", "new-phone": "", "new-language": "pl"}


def test_a_ticket_for_a_customer_waits_for_them_and_tells_them(desk, alice, support, kasia):
    response = desk.post(f"/desk/tickets/new/?customer={kasia.pk}", {**WORDS, "department": support.pk})

    ticket = Ticket.objects.get()
    assert response["Location"] == f"/desk/tickets/{ticket.number}/"
    assert (ticket.customer, ticket.department, ticket.status.kind) == (kasia, support, "waiting_for_customer")
    message = ticket.messages.get()
    assert (message.kind, message.author) == (MessageKind.REPLY, alice)
    assert Delivery.objects.filter(ticket=ticket, customer=kasia, template="opened_for_you").exists()


def test_the_customer_finds_it_in_the_portal(client, desk, support, kasia):
    desk.post(f"/desk/tickets/new/?customer={kasia.pk}", {**WORDS, "department": support.pk})
    client.force_login(kasia.user)

    assert WORDS["subject"] in client.get("/tickets/").content.decode()


def test_somebody_new_is_made_on_the_way(desk, support):
    desk.post("/desk/tickets/new/?new", {**WORDS, **NEW, "department": support.pk})

    customer = Customer.objects.get()
    assert (customer.name, customer.email, customer.language) == ("Marta Zielińska", "marta@mail.example", "pl")
    assert Ticket.objects.get().customer == customer


def test_somebody_new_needs_an_address(desk, support):
    response = desk.post("/desk/tickets/new/?new", {**WORDS, **NEW, "new-email": "", "department": support.pk})

    assert "Give an e-mail address or a mobile number" in response.content.decode()
    assert not Ticket.objects.exists()


def test_a_known_address_is_not_made_twice_but_offered(desk, support, kasia):
    response = desk.post("/desk/tickets/new/?new", {**WORDS, **NEW, "new-email": "KASIA@mail.example", "department": support.pk})

    page = response.content.decode()
    assert "is a customer already" in page
    assert f"?customer={kasia.pk}" in page
    assert Customer.objects.count() == 1


def test_all_mistakes_are_said_at_once_and_the_words_are_kept(desk, support):
    response = desk.post("/desk/tickets/new/?new", {"text": "It arrived today."})

    page = response.content.decode()
    assert page.count("This field is required.") >= 4
    assert "It arrived today.</textarea>" in page
    assert not Ticket.objects.exists()
    assert not Customer.objects.exists()


def test_sent_twice_is_one_ticket(desk, support, kasia):
    page = desk.get(f"/desk/tickets/new/?customer={kasia.pk}").content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', page).group(1)
    data = {**WORDS, "department": support.pk, "form_key": key}

    first = desk.post(f"/desk/tickets/new/?customer={kasia.pk}", data)
    second = desk.post(f"/desk/tickets/new/?customer={kasia.pk}", data)

    assert first["Location"] == second["Location"]
    assert Ticket.objects.count() == 1


def test_a_department_without_the_right_cannot_be_chosen(desk, support, sales, kasia):
    page = desk.get(f"/desk/tickets/new/?customer={kasia.pk}").content.decode()
    response = desk.post(f"/desk/tickets/new/?customer={kasia.pk}", {**WORDS, "department": sales.pk})

    assert f'<option value="{sales.pk}"' not in page
    assert response.status_code == 422
    assert not Ticket.objects.exists()


def test_opening_where_one_does_not_see_leads_to_the_inbox(desk, alice, sales, kasia):
    grant(alice, DepartmentRight.OPEN, sales)

    response = desk.post(f"/desk/tickets/new/?customer={kasia.pk}", {**WORDS, "department": sales.pk})

    assert response["Location"] == "/desk/"
    assert Ticket.objects.get().department == sales


def test_the_first_step_is_to_find_the_customer(desk, kasia):
    make_customer("Nour Haddad")

    page = desk.get("/desk/tickets/new/?q=kasia").content.decode()

    assert f"/desk/tickets/new/?customer={kasia.pk}" in page
    assert "Nour" not in page


@pytest.mark.parametrize("customer", ["0", "x", "99999999999999999999", "۱"])
def test_an_unknown_customer_leads_to_the_first_step(desk, kasia, customer):
    page = desk.get(f"/desk/tickets/new/?customer={customer}").content.decode()

    assert "Who is the ticket for?" in page


def test_without_the_right_to_open_it_is_refused(desk, alice, support, kasia):
    withdraw(alice, DepartmentRight.OPEN, support)

    assert desk.get(f"/desk/tickets/new/?customer={kasia.pk}").status_code == 403


def test_without_customer_data_it_is_refused(desk_of, support, kasia):
    dan = make_staff("Dan", support, sees_customers=False)

    assert desk_of(dan).get(f"/desk/tickets/new/?customer={kasia.pk}").status_code == 403
    assert desk_of(dan).post(f"/desk/tickets/new/?customer={kasia.pk}", {**WORDS, "department": support.pk}).status_code == 403
