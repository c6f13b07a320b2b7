"""Tags beside a ticket and on the rows of lists: for staff of its store, never for customers."""

import pytest
from django.test import Client

from tests.backoffice.test_budgets import cost
from tests.make import make_customer, make_department, make_staff, make_store, make_ticket
from tickets.models import Tag
from tickets.models.tag import tags_on
from tickets.services.tagging import delete_tag, tag_ticket

pytestmark = pytest.mark.django_db


def address(ticket, place="tags/"):
    return f"/desk/tickets/{ticket.number}/{place}"


def names_on(ticket):
    return [tag.name for tag in tags_on(ticket)]


def test_staff_write_tags_read_them_on_page_and_row_and_take_them_off(desk, ticket):
    desk.post(address(ticket), {"names": "Refund, ارسال دیر، urgent;#vip"})
    assert names_on(ticket) == ["Refund", "urgent", "vip", "ارسال دیر"]
    page = desk.get(address(ticket, "")).content.decode()
    assert "tagged the ticket with \u2068Refund\u2069, " in page
    for place in (address(ticket, ""), "/desk/?view=open", address(ticket)):
        assert "<bdi>Refund</bdi>" in desk.get(place).content.decode()

    refund = Tag.objects.named("refund").get()
    desk.post(address(ticket, f"tags/{refund.pk}/removal/"))

    assert "Refund" not in desk.get("/desk/?view=open").content.decode()
    assert "took off the tag \u2068Refund\u2069" in desk.get(address(ticket, "")).content.decode()
    assert desk.post(address(ticket, f"tags/{refund.pk}/removal/")).status_code == 404
    delete_tag(refund, by=None)
    assert "took off the tag one that is gone" in desk.get(address(ticket, "")).content.decode()


def test_the_form_offers_the_tags_of_the_tickets_store_alone(desk, ticket, support):
    elsewhere = make_ticket(department=make_department("Elsewhere", store=make_store()))
    tag_ticket(elsewhere, ["Secret plan"])
    tag_ticket(make_ticket(department=support), ["Refund"])

    for headers in ({}, {"X-Requested-With": "menu-part"}):
        page = desk.get(address(ticket), headers=headers).content.decode()
        assert '<option value="Refund">' in page
        assert "Secret plan" not in page


@pytest.mark.parametrize("typed", ["", " , ", "x" * 41, "x" * 500])
def test_a_mistake_comes_back_in_words(desk, ticket, typed):
    answer = desk.post(address(ticket), {"names": typed})

    assert answer.status_code == 422
    assert answer.context["form"].errors["names"]
    assert names_on(ticket) == []


def test_a_form_sent_twice_tags_once(desk, ticket):
    sent = {"names": "Refund", "form_key": "k" * 20}
    desk.post(address(ticket), sent)
    desk.post(address(ticket, f"tags/{Tag.objects.get().pk}/removal/"))
    assert desk.post(address(ticket), sent).status_code == 302

    assert names_on(ticket) == []


def test_who_may_not_change_the_status_reads_tags_and_changes_none(desk_of, ticket, support):
    watcher = desk_of(make_staff("Watcher", support, role="observer"))
    tag_ticket(ticket, ["Refund"])
    page = watcher.get(address(ticket, "")).content.decode()

    assert "<bdi>Refund</bdi>" in page
    assert address(ticket) not in page
    assert watcher.get(address(ticket)).status_code == 403
    assert watcher.post(address(ticket), {"names": "More"}).status_code == 403
    assert watcher.post(address(ticket, f"tags/{Tag.objects.get().pk}/removal/")).status_code == 403
    assert names_on(ticket) == ["Refund"]


def test_a_tag_that_names_the_customer_is_covered_for_those_who_may_not_know_them(desk_of, ticket, support):
    dan = desk_of(make_staff("Dan", support, sees_customers=False))
    tag_ticket(ticket, ["Kasia Nowak", "+48601220214", "Refund"])

    for place in (address(ticket, ""), address(ticket), "/desk/?view=open"):
        page = dan.get(place).content.decode()
        assert "Refund" in page
        assert "Nowak" not in page
        assert "601220214" not in page


def test_names_are_words_and_never_markup(desk, ticket):
    tag_ticket(ticket, ['<b onclick="x()">bold'])

    for place in (address(ticket, ""), address(ticket), "/desk/?view=open"):
        page = desk.get(place).content.decode()
        assert "<b onclick" not in page
        assert "&lt;b onclick=" in page


def test_customers_never_see_tags(ticket, kasia):
    tag_ticket(ticket, ["Refund"])
    browser = Client()
    browser.force_login(kasia.user)

    for place in ("/tickets/", f"/tickets/{ticket.number}/"):
        page = browser.get(place)
        assert page.status_code == 200
        assert "Refund" not in page.content.decode()


def test_tags_cost_no_query_on_any_list_or_page(desk, support):
    tickets = [make_ticket(department=support, customer=make_customer()) for _number in range(3)]
    places = ["/desk/?view=open", address(tickets[0], "")]
    before = [cost(desk, place) for place in places]
    for ticket in tickets:
        tag_ticket(ticket, ["Refund", "Delay", "Urgent"])

    assert [cost(desk, place) for place in places] == before
