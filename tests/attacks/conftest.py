"""Two departments of one store, their people, and a browser for each of them."""

import pytest
from django.test import Client

from tests.make import make_department, make_staff, make_store


@pytest.fixture
def store(db):
    return make_store()


@pytest.fixture
def support(store):
    return make_department("Support", store=store)


@pytest.fixture
def sales(store):
    return make_department("Sales", store=store)


@pytest.fixture
def alice(support):
    return make_staff("Alice", support, email="alice@narvan.example")


@pytest.fixture
def bob(sales):
    return make_staff("Bob", sales)


@pytest.fixture
def browser_of():
    """A signed-in browser: browser_of(alice).get("/desk/")."""

    def browser(person):
        client = Client()
        client.force_login(person)
        return client

    return browser
