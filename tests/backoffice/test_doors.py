"""Who comes in at all. What each address answers to each person is tests/test_every_address.py's matter."""

import pytest
from django.urls import reverse

from permissions.rights import StoreRight
from permissions.services import grant
from tests.make import make_person, make_staff

pytestmark = pytest.mark.django_db


def test_a_visitor_is_asked_to_sign_in(client, ticket):
    response = client.get(f"/desk/tickets/{ticket.number}/")

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("address", ["/desk/", "/desk/customers/", "/desk/notices/", "/desk/outbox/", "/desk/tickets/new/"])
def test_for_customers_the_desk_does_not_exist(desk_of, kasia, address):
    assert desk_of(kasia.user).get(address).status_code == 404


def test_a_customer_cannot_open_their_own_ticket_at_the_desk(desk_of, ticket):
    assert desk_of(ticket.customer.user).get(f"/desk/tickets/{ticket.number}/").status_code == 404


def test_a_superuser_without_grants_sees_an_empty_desk_with_the_reason_and_the_way_to_the_rights(desk_of, ticket):
    root = make_person("Root", is_staff=True, is_superuser=True)

    page = desk_of(root).get("/desk/").content.decode()

    assert "You have not been given any department yet" in page
    assert 'href="/control/rights/"' in page
    assert ticket.subject not in page
    assert desk_of(root).get(f"/desk/tickets/{ticket.number}/").status_code == 404


def test_staff_without_grants_are_told_whom_to_ask(desk_of, ticket):
    grant(make_staff("Olga Nowicka"), StoreRight.GRANT_RIGHTS, ticket.store)

    page = desk_of(make_staff("Newcomer", sees_customers=False)).get("/desk/").content.decode()

    assert "You have not been given any department yet" in page
    assert "Olga Nowicka" in page
    assert ticket.subject not in page


@pytest.mark.parametrize("number", ["0", "nothing", "99999999999999999999", "%00", "١٢٣"])
def test_an_unknown_or_damaged_number_is_a_404(desk, ticket, number):
    assert desk.get(f"/desk/tickets/{number}/").status_code == 404
