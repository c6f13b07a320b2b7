"""The owner keeps the store's tags in order: renames, colours, merges, deletes."""

import pytest

from permissions.rights import StoreRight
from permissions.services import grant
from tests.make import make_department, make_staff, make_store, make_ticket
from tickets.models import Tag
from tickets.models.tag import tags_on
from tickets.services.tagging import tag_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(support):
    return tag_ticket(make_ticket(department=support), ["Refund", "Delay"])


@pytest.fixture
def refund(ticket):
    return Tag.objects.named("refund").get()


def test_the_list_says_how_often_each_is_used_and_finds_one(as_olga, ticket, support, monkeypatch):
    make_tagged = [tag_ticket(make_ticket(department=support), ["Delay"]) for _number in range(2)]
    page = as_olga.get("/control/tags/")
    assert [(tag.name, tag.used) for tag in page.context["rows"]] == [("Delay", 1 + len(make_tagged)), ("Refund", 1)]
    assert "on 3 tickets" in page.content.decode()
    assert [tag.name for tag in as_olga.get("/control/tags/?q=REF").context["rows"]] == ["Refund"]

    monkeypatch.setattr("control.tags.views.COUNT_LIMIT", 1)
    monkeypatch.setattr("control.tags.views.MOST_SHOWN", 1)
    page = as_olga.get("/control/tags/").content.decode()
    assert "on more than 1 tickets" in page
    assert "There are more." in page


def test_a_tag_gets_another_name_and_colour(as_olga, ticket, refund):
    assert as_olga.post(f"/control/tags/{refund.pk}/", {"name": "Money back", "colour": "155"}).status_code == 302
    assert [(tag.name, tag.hue) for tag in tags_on(ticket)] == [("Delay", None), ("Money back", 155)]
    as_olga.post(f"/control/tags/{refund.pk}/", {"name": "Money back", "colour": "none"})
    assert Tag.objects.get(pk=refund.pk).hue is None

    taken = as_olga.post(f"/control/tags/{refund.pk}/", {"name": "delay", "colour": "none"})
    assert taken.status_code == 422
    assert set(taken.context["form"].errors) == {"name"}


def test_two_tags_become_one(as_olga, ticket, refund):
    delay = Tag.objects.named("delay").get()
    assert as_olga.post(f"/control/tags/{refund.pk}/merging/").status_code == 422
    assert as_olga.post(f"/control/tags/{refund.pk}/merging/", {"into": refund.pk}).status_code == 422

    as_olga.post(f"/control/tags/{refund.pk}/merging/", {"into": delay.pk})

    assert [tag.name for tag in tags_on(ticket)] == ["Delay"]
    assert list(Tag.objects.all()) == [delay]


def test_a_tag_is_deleted_after_a_question(as_olga, ticket, refund):
    assert "Refund" in as_olga.get(f"/control/tags/{refund.pk}/removal/").content.decode()
    assert Tag.objects.filter(pk=refund.pk).exists()

    as_olga.post(f"/control/tags/{refund.pk}/removal/")

    assert [tag.name for tag in tags_on(ticket)] == ["Delay"]


def test_tags_of_another_store_and_of_an_owner_of_nothing_do_not_exist(as_olga, browser_of, alice, ticket, refund):
    foreign = tag_ticket(make_ticket(department=make_department("Elsewhere", store=make_store())), ["Secret plan"]).tags.get()

    assert "Secret plan" not in as_olga.get("/control/tags/").content.decode()
    for place in ("", "merging/", "removal/"):
        assert as_olga.post(f"/control/tags/{foreign.pk}/{place}", {"into": refund.pk}).status_code == 404
        assert browser_of(alice).post(f"/control/tags/{refund.pk}/{place}", {"into": foreign.pk}).status_code == 404
    assert as_olga.post(f"/control/tags/{refund.pk}/merging/", {"into": foreign.pk}).status_code == 422
    assert Tag.objects.count() == 3


def test_the_log_tells_of_it_in_words(as_olga, browser_of, store, ticket, refund):
    as_olga.post(f"/control/tags/{refund.pk}/", {"name": "Money back", "colour": "none"})
    as_olga.post(f"/control/tags/{refund.pk}/merging/", {"into": Tag.objects.named("delay").get().pk})
    as_olga.post(f"/control/tags/{Tag.objects.get().pk}/removal/")
    rita = make_staff("Rita", sees_customers=False)
    grant(rita, StoreRight.VIEW_AUDIT, store)

    page = browser_of(rita).get("/control/audit/").content.decode()

    for words in (
        "changed the tag \u2068Money back\u2069",
        "merged another tag into the tag \u2068Delay\u2069",
        "deleted the tag \u2068Delay\u2069",
    ):
        assert words in page
