"""Several stores side by side: who opens one, and which one the settings are about."""

import pytest

from permissions.querysets import stores_where
from permissions.rights import StoreRight
from permissions.services import grant, withdraw
from permissions.stores import OWNERS
from stores.models import Store
from tests.make import fresh, make_store

NEW = {"name": "Jobs at Narvan", "address": "jobs"}


@pytest.fixture
def owner(olga, store):
    for right in OWNERS:
        grant(olga, right, store)
    return olga


def test_the_owner_opens_a_second_store_and_sets_it_up_next(as_olga, owner, client, store):
    page = as_olga.post("/control/stores/new/", NEW, follow=True)

    jobs = Store.objects.get(address="jobs")
    assert (str(jobs.name), jobs.is_default) == ("Jobs at Narvan", False)
    assert page.redirect_chain[-1][0] == "/control/guide/"
    assert as_olga.get("/control/").context["form"].store == jobs
    assert all(stores_where(owner, right).filter(pk=jobs.pk).exists() for right in OWNERS)
    assert client.get("/jobs/").context["store"] == jobs
    assert client.get("/").context["store"] == store


@pytest.mark.parametrize("missing", [StoreRight.GRANT_RIGHTS, StoreRight.VIEW_AUDIT])
def test_whoever_holds_only_a_part_of_the_rights_opens_none(as_olga, owner, browser_of, alice, store, missing):
    grant(alice, StoreRight.GRANT_RIGHTS, store)  # somebody must be left who gives rights
    withdraw(owner, missing, store)

    assert as_olga.get("/control/stores/new/").status_code == 404
    assert as_olga.post("/control/stores/new/", NEW).status_code == 404
    assert Store.objects.count() == 1


@pytest.mark.parametrize("address", ["desk", "taken", "", "Ö"])
def test_an_address_that_cannot_be_opens_nothing(as_olga, owner, address):
    make_store(address="taken")

    response = as_olga.post("/control/stores/new/", {"name": "Kept name", "address": address})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"address"}
    assert "Kept name" in response.content.decode()
    assert Store.objects.count() == 2


def test_sent_twice_it_opens_one_store(as_olga, owner):
    key = as_olga.get("/control/stores/new/").context["form"]["form_key"].value()

    for _again in range(2):
        as_olga.post("/control/stores/new/", NEW | {"form_key": key})

    assert Store.objects.filter(address="jobs").count() == 1


def test_the_settings_are_about_the_store_that_was_chosen(as_olga, olga, store):
    jobs = make_store(name="Jobs", address="jobs")
    grant(olga, StoreRight.CHANGE_SETTINGS, jobs)
    messages = {"max_files": "9", "max_file_mb": "10", "survey_delay_minutes": "60", "undo_seconds": "0", "sender_email": ""}

    assert "Jobs" in as_olga.get("/control/").content.decode()
    as_olga.post("/control/stores/choice/", {"store": jobs.pk, "next": "https://evil.example/"})
    as_olga.post("/control/store/messages/", messages)

    assert (fresh(store).max_files, fresh(jobs).max_files) == (5, 9)


@pytest.mark.parametrize(
    ("page", "lands"),
    [
        ("/control/departments/7/workflow/", "/control/departments/"),
        ("/control/store/portal/links/7/", "/control/store/portal/"),
        ("/control/store/look/", "/control/store/look/"),
    ],
)
def test_from_the_page_of_one_thing_another_store_opens_at_the_list_over_it(as_olga, owner, page, lands):
    jobs = make_store(name="Jobs", address="jobs")
    for right in OWNERS:
        grant(owner, right, jobs)

    assert as_olga.post("/control/stores/choice/", {"store": jobs.pk, "next": page})["Location"] == lands


def test_a_store_one_may_not_set_up_cannot_be_chosen(as_olga, store):
    jobs = make_store(name="Jobs", address="jobs")

    assert as_olga.post("/control/stores/choice/", {"store": jobs.pk}).status_code == 404
    assert as_olga.post("/control/stores/choice/", {"store": "x"}).status_code == 404
    assert as_olga.get("/control/").context["form"].store == store


def test_a_single_store_never_hears_of_several(as_olga):
    page = as_olga.get("/control/").content.decode()

    assert "/control/stores/choice/" not in page
    assert 'href="/control/stores/"' not in page
