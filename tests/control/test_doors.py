"""Who may set a store up. What every other kind of person gets is tests/test_every_address.py's matter too."""

import pytest

from permissions.rights import StoreRight
from permissions.services import grant, withdraw
from tests.make import make_staff, make_store

ADDRESSES = ["/control/", "/control/faq/", "/control/faq/new/", "/control/answers/", "/control/answers/new/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_owner_comes_in(as_olga, address):
    assert as_olga.get(address).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_for_staff_without_the_right_there_are_no_settings(browser_of, alice, kasia, address):
    for person in (alice, kasia.user):
        browser = browser_of(person)
        assert browser.get(address).status_code == 404
        assert browser.post(address, {"max_files": 1}).status_code == 404


def test_the_door_closes_with_the_right(as_olga, olga, store):
    withdraw(olga, StoreRight.CHANGE_SETTINGS, store)

    assert as_olga.get("/control/").status_code == 404


def test_a_customer_with_the_right_written_beside_their_name_is_still_no_staff(browser_of, kasia, store):
    grant(kasia.user, StoreRight.CHANGE_SETTINGS, store)

    assert browser_of(kasia.user).get("/control/").status_code == 404


def test_who_may_set_up_another_store_only_sees_that_one(browser_of, store):
    other = make_store(sender_email="help@other.example")
    person = make_staff("Dan", sees_customers=False)
    grant(person, StoreRight.CHANGE_SETTINGS, other)

    assert "help@other.example" in browser_of(person).get("/control/store/messages/").content.decode()


def test_the_rail_leads_there_for_those_who_may(browser_of, as_olga, alice):
    assert 'href="/control/"' not in browser_of(alice).get("/desk/").content.decode()
    assert 'href="/control/"' in as_olga.get("/desk/notices/").content.decode()


def test_the_rail_leads_the_same_ways_on_a_page_of_settings(browser_of, alice, store):
    grant(alice, StoreRight.CHANGE_SETTINGS, store)
    browser = browser_of(alice)

    for address in ("/desk/notices/", "/control/"):
        assert browser.get(address).context["desk_facts"]["may_set_up"]
