import pytest
from django.core.cache import cache
from django.urls import reverse

from helpdesk.look import look_url
from tests.make import make_store, make_workflow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def test_owners_colours_come_as_a_stylesheet_that_may_be_kept(client):
    store = make_store(hue=158, chroma=0.09)
    status = make_workflow().by_code["open"]
    status.hue, status.chroma = 48, 0.08
    status.save()

    response = client.get(look_url(store))

    assert response["Content-Type"].startswith("text/css")
    assert "immutable" in response["Cache-Control"]
    css = response.content.decode()
    assert '[data-face="portal"]{--h-store:158;--c-store:0.09}' in css
    assert f'[data-status="{status.pk}"]{{--h:48;--c:0.08}}' in css


def test_another_colour_has_another_address():
    store = make_store(hue=158)
    before = look_url(store)
    store.hue = 20
    store.save()
    cache.clear()

    assert look_url(store) != before


def test_a_store_without_logo_serves_none(client):
    store = make_store()

    assert store.logo_url is None
    assert client.get(reverse("logo", args=[store.key, "0"])).status_code == 404
