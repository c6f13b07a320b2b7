"""Pages that begin where another one ended: forward and back again the same rows, once each, whatever the address says."""

import pytest

from common.paging import Section, page_of
from customers.models import Customer
from tests.make import make_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def sections():
    names = ["Ada", "Ada", "Bea", "Cas", "Dov", "Eli", "Fay"]
    for name in names:
        make_customer(name, account=False)
    everybody = Customer.objects.all()
    return [
        Section("early", everybody.filter(name__lt="D"), "name"),
        Section("late", everybody.filter(name__gte="D"), "-name"),
    ]


IN_ORDER = ["Ada", "Ada", "Bea", "Cas", "Fay", "Eli", "Dov"]


def names(page):
    return [row.name for row in page.rows]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 50])
def test_walking_forward_meets_each_row_once(sections, size):
    met, after = [], ""
    while True:
        page = page_of(sections, size=size, after=after)
        met += names(page)
        after = page.after
        if not after:
            break

    assert met == IN_ORDER


@pytest.mark.parametrize("size", [1, 2, 3])
def test_walking_back_shows_the_pages_one_came_by(sections, size):
    forward, after = [], ""
    while True:
        page = page_of(sections, size=size, after=after)
        forward.append(names(page))
        after = page.after
        if not after:
            break
    for expected in reversed(forward[:-1]):
        page = page_of(sections, size=size, before=page.before)
        assert names(page) == expected[: len(names(page))] or names(page) == IN_ORDER[:size]
    assert names(page) == IN_ORDER[:size]
    assert page.before == ""


def test_a_page_says_which_section_its_rows_are_of(sections):
    page = page_of(sections, size=5)

    assert [(key, [row.name for row in rows]) for key, rows in page.groups] == [("early", ["Ada", "Ada", "Bea", "Cas"]), ("late", ["Fay"])]
    assert not page.is_only


@pytest.mark.parametrize(
    "cursor", ["x", "eyJ", "WzAsICJBIiwgMV0=x", "W10", "WzksICJBIiwgMV0", "WzAsbnVsbCwxXQ", "WzAsIkEiLCItMSJd", "۱۲", "%00"]
)
def test_a_damaged_place_leads_to_the_first_page(sections, cursor):
    assert names(page_of(sections, size=3, after=cursor)) == IN_ORDER[:3]
    assert names(page_of(sections, size=3, before=cursor)) == IN_ORDER[:3]


def test_a_row_that_is_gone_does_not_break_the_next_page(sections):
    page = page_of(sections, size=3)
    page.rows[-1].delete()

    assert names(page_of(sections, size=3, after=page.after)) == ["Cas", "Fay", "Eli"]
