import pytest

from tests.make import make_department, make_staff


@pytest.fixture(autouse=True)
def _rested():
    """No lane rests because of an earlier test, and no line to a mail server stays open."""
    from notifications import lanes, mail_pool

    lanes.forget()
    yield
    mail_pool.forget()


@pytest.fixture
def support(db):
    return make_department("Support")


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


@pytest.fixture
def bob(support):
    return make_staff("Bob", support)
