import pytest

from tests.make import make_department, make_staff


@pytest.fixture(autouse=True)
def _rested():
    """No channel rests because of an earlier test, and the broker is asked again."""
    from notifications import lanes, waking

    lanes.forget()
    waking.forget()


@pytest.fixture
def support(db):
    return make_department("Support")


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


@pytest.fixture
def bob(support):
    return make_staff("Bob", support)
