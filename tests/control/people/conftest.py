"""Owners who give rights, colleagues, and somebody who keeps the installation."""

import pytest

from permissions.rights import RoleKey, StoreRight
from permissions.services import grant
from tests.make import make_department, make_person, make_staff, make_store


@pytest.fixture
def owner(store, support):
    """Owns the store: every right there."""
    return make_staff("Olga Nowicka", support, role=RoleKey.OWNER)


@pytest.fixture
def as_owner(browser_of, owner):
    return browser_of(owner)


@pytest.fixture
def dan(support):
    return make_staff("Dan Mazur", support)


@pytest.fixture
def root(store):
    """A superuser to whom nothing was given."""
    return make_person("Root", is_staff=True, is_superuser=True)


@pytest.fixture
def other_store(store):
    return make_store()


@pytest.fixture
def repairs(other_store):
    """A department of the other store."""
    return make_department("Repairs", store=other_store)


@pytest.fixture
def viewer(store):
    """Views the desk as colleagues, and holds nothing else."""
    person = make_staff("Vera Long", sees_customers=False)
    grant(person, StoreRight.VIEW_AS, store)
    return person
