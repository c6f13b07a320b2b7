"""Where the portal stands, said in pages: every bad address is a sentence beside its field, and the old one stays."""

import pytest

from stores.models import PortalLink
from tests.make import fresh, make_customer, make_store

PLACE = "/control/store/portal/"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_URL = "https://help.example.com"


def test_the_portals_address_can_be_copied_opened_and_printed(as_olga, client):
    page = as_olga.get(PLACE).content.decode()

    assert '<copy-text text="https://help.example.com/"' in page
    assert 'href="https://help.example.com/"' in page
    picture = as_olga.get("/control/store/portal/picture.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert b'xmlns="http://www.w3.org/2000/svg"' in picture.content


def test_a_word_chosen_in_the_pages_is_where_the_portal_answers(as_olga, client, store):
    page = as_olga.post(PLACE, {"way": "word", "address": " /Help/ "}, follow=True).content.decode()

    assert fresh(store).address == "help"
    assert "https://help.example.com/help/" in page
    assert client.get("/help/").status_code == 200
    assert client.get("/faq/").status_code == 404
    as_olga.post(PLACE, {"way": "root", "address": "help"})
    assert client.get("/faq/").status_code == 200


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"way": "word", "address": "desk"}, "address", "needed by the product itself"),
        ({"way": "word", "address": "Tickets"}, "address", "needed by the product itself"),
        ({"way": "word", "address": "robots.txt"}, "address", "needed by the product itself"),
        ({"way": "word", "address": "jobs"}, "address", "Another store stands at"),
        ({"way": "word", "address": "پشتیبانی"}, "address", "small Latin letters"),
        ({"way": "word", "address": "a/b"}, "address", "small Latin letters"),
        ({"way": "word", "address": "x" * 41}, "address", "small Latin letters"),
        ({"way": "word", "address": ""}, "address", "Write the word"),
        ({"way": "host", "host": "https://help.shop.example/"}, "host", "without https://"),
        ({"way": "host", "host": "localhost"}, "host", "without https://"),
        ({"way": "host", "host": "10.0.0.1"}, "host", "without https://"),
        ({"way": "host", "host": "jobs.example"}, "host", "is used already"),
        ({"way": "host", "host": ""}, "host", "Write the host"),
    ],
)
def test_a_place_that_cannot_be_is_refused_beside_its_field(as_olga, store, typed, field, words):
    make_store(name="Jobs", address="jobs")
    make_store(name="Wholesale", host="jobs.example")

    response = as_olga.post(PLACE, typed)

    assert response.status_code == 422
    assert words.lower() in response.context["form"].errors[field][0].lower()
    assert (fresh(store).address, fresh(store).host) == ("", "")


def test_a_host_in_another_script_is_kept_as_browsers_send_it(as_olga, client, store):
    as_olga.post(PLACE, {"way": "host", "host": "Pomoc.Łódź.example"})

    assert fresh(store).host == "pomoc.xn--d-uga0v4h.example"
    assert client.get("/", headers={"host": "pomoc.xn--d-uga0v4h.example"}).status_code == 200


def test_only_the_first_store_may_stand_at_the_root(as_olga, olga, store):
    from permissions.rights import StoreRight
    from permissions.services import grant

    jobs = make_store(name="Jobs", address="jobs")
    grant(olga, StoreRight.CHANGE_SETTINGS, jobs)
    as_olga.post("/control/stores/choice/", {"store": jobs.pk})

    assert as_olga.post(PLACE, {"way": "root"}).status_code == 422
    assert fresh(jobs).address == "jobs"


# --- The owner's links ------------------------------------------------------------------------------


def test_the_owners_links_stand_in_the_portals_menu(as_olga, client, store):
    page = "/control/store/portal/links/new/"
    as_olga.post(page, {"label_en": "Orders", "label_fa": "سفارش‌ها", "url": "https://shop.example/orders/", "for_customers": "on"})
    as_olga.post(page, {"label_en": "Shop window", "url": "https://shop.example/"})

    visitor = client.get("/").content.decode()
    assert 'href="https://shop.example/"' in visitor
    assert "https://shop.example/orders/" not in visitor
    client.force_login(make_customer().user)
    assert "https://shop.example/orders/" in client.get("/account/profile/").content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"label_en": "Orders", "url": "javascript:alert(1)"}, "url"),
        ({"label_en": "Orders", "url": "ftp://shop.example/"}, "url"),
        ({"label_en": "Orders", "url": ""}, "url"),
        ({"url": "https://shop.example/"}, "label_en"),
    ],
)
def test_a_link_that_leads_nowhere_is_refused(as_olga, typed, field):
    response = as_olga.post("/control/store/portal/links/new/", typed)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert not PortalLink.objects.exists()


def test_links_are_put_in_order_changed_and_taken_away(as_olga, store):
    for place, label in enumerate(("Orders", "Profile")):
        PortalLink.objects.create(store=store, label=label, url=f"https://shop.example/{label}/", position=place)
    orders, profile = PortalLink.objects.order_by("position")

    as_olga.post(f"/control/store/portal/links/{profile.pk}/place/", {"move": "up"})
    assert list(PortalLink.objects.all()) == [profile, orders]
    as_olga.post(f"/control/store/portal/links/{orders.pk}/", {"label_en": "My orders", "url": orders.url})
    assert str(fresh(orders).label) == "My orders"
    as_olga.post(f"/control/store/portal/links/{orders.pk}/removal/")
    assert list(PortalLink.objects.all()) == [profile]


def test_another_stores_link_does_not_exist(as_olga):
    link = PortalLink.objects.create(store=make_store(address="jobs"), label="Theirs", url="https://jobs.example/")

    assert as_olga.get(f"/control/store/portal/links/{link.pk}/").status_code == 404
    assert as_olga.post(f"/control/store/portal/links/{link.pk}/removal/").status_code == 404
