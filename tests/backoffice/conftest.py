"""A shop with two departments, its people, and a browser for each of them."""

import pytest
from django.test import Client

from tests.make import make_customer, make_department, make_staff, make_store, make_ticket


@pytest.fixture
def store():
    return make_store()


@pytest.fixture
def support(store):
    return make_department("Support", store=store)


@pytest.fixture
def sales(store):
    return make_department("Sales", store=store)


@pytest.fixture
def alice(support):
    return make_staff("Alice Warren", support)


@pytest.fixture
def bob(sales):
    return make_staff("Bob Lindgren", sales)


@pytest.fixture
def kasia(store):
    return make_customer("Kasia Nowak", email="kasia@mail.example", phone="+48601220214")


@pytest.fixture
def ticket(support, kasia):
    return make_ticket(department=support, customer=kasia)


@pytest.fixture
def desk_of():
    """A signed-in browser: desk_of(alice).get("/desk/")."""

    def browser(person):
        client = Client()
        client.force_login(person)
        return client

    return browser


@pytest.fixture
def desk(desk_of, alice):
    return desk_of(alice)
