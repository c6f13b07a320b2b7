"""A shop, its owner, and browsers."""

import pytest
from django.test import Client

from permissions.rights import StoreRight
from permissions.services import grant
from tests.make import make_customer, make_department, make_staff, make_store


@pytest.fixture
def store(db):
    return make_store(languages=["en", "fa", "pl", "ru"])


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
def kasia(store):
    return make_customer("Kasia Nowak")


@pytest.fixture
def olga(store):
    """She may change the settings, and nothing else."""
    person = make_staff("Olga Nowicka", sees_customers=False)
    grant(person, StoreRight.CHANGE_SETTINGS, store)
    return person


@pytest.fixture
def browser_of():
    def browser(person):
        client = Client()
        client.force_login(person)
        return client

    return browser


@pytest.fixture
def as_olga(browser_of, olga):
    return browser_of(olga)
