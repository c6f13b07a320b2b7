import pytest

from tests.make import make_customer, make_department, make_staff, make_store


@pytest.fixture
def store(db):
    return make_store(languages=["en", "fa", "pl", "ru"])


@pytest.fixture
def support(store):
    return make_department("Support", store=store, answer_hours=4)


@pytest.fixture
def sales(store):
    return make_department("Sales", store=store)


@pytest.fixture
def alice(support):
    return make_staff("Alice Warren", support, email="alice@narvan.example")


@pytest.fixture
def kasia(store):
    """A customer with an account, English."""
    return make_customer("Kasia Nowak", email="kasia@mail.example")


@pytest.fixture
def nour(store):
    """Another customer with an account."""
    return make_customer("Nour Karimi", email="nour@mail.example", language="fa")


@pytest.fixture
def as_kasia(client, kasia):
    """A browser in which Kasia is signed in."""
    client.force_login(kasia.user)
    return client


@pytest.fixture
def visitor(client, store):
    """A browser of somebody who never signed in."""
    return client
