"""Prepared answers at the desk: found and used in a ticket, kept for oneself."""

import pytest
from django.test import Client

from tests.make import fresh, make_department, make_staff, make_store, make_ticket
from tickets.models import ReplyTemplate
from tickets.services.reply_templates import write_reply_template


@pytest.fixture
def support(db):
    return make_department("Support", store=make_store(languages=["en", "fa", "pl"]))


@pytest.fixture
def alice(support):
    return make_staff("Alice Warren", support)


@pytest.fixture
def desk(alice):
    browser = Client()
    browser.force_login(alice)
    return browser


def test_one_keeps_answers_for_oneself(desk, alice, support):
    ticket = make_ticket(department=support)
    desk.post("/desk/answers/new/", {"line_en": "Mine", "text_en": "Hello {customer}."})

    own = ReplyTemplate.objects.get()
    assert own.owner == alice
    assert "Mine" in desk.get("/desk/answers/").content.decode()
    assert "Mine" in desk.get(f"/desk/tickets/{ticket.number}/answers/").content.decode()


def test_the_same_form_sent_twice_keeps_one(desk):
    form = {"line_en": "Mine", "text_en": "Hello.", "form_key": "a-key-of-this-form-1"}

    assert desk.post("/desk/answers/new/", form)["Location"] == desk.post("/desk/answers/new/", form)["Location"]
    assert ReplyTemplate.objects.count() == 1


def test_an_unknown_variable_is_refused_and_nothing_typed_is_lost(desk):
    response = desk.post("/desk/answers/new/", {"line_en": "Mine", "text_en": "Hello {custmer}."})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["text_en"]
    assert "{customer}" in str(response.context["form"].errors["text_en"])
    assert "Hello {custmer}." in response.content.decode()
    assert not ReplyTemplate.objects.exists()


@pytest.mark.parametrize("part", ["", "place/", "removal/"])
def test_another_persons_answer_does_not_exist(desk, support, part):
    bobs = write_reply_template(words={"en": ("Bobs", "Hello.")}, owner=make_staff("Bob", support))
    shared = write_reply_template(words={"en": ("Shared", "Hello.")})

    for template in (bobs, shared):
        assert desk.post(f"/desk/answers/{template.pk}/{part}", {"line_en": "Mine", "text_en": "Mine"}).status_code == 404
    assert [str(fresh(bobs)), str(fresh(shared))] == ["Bobs", "Shared"]


def test_the_page_of_answers_searches_and_leads_to_the_composer(desk, support):
    ticket = make_ticket(department=support)
    label = write_reply_template(words={"en": ("Label", "The label, please."), "pl": ("Zdjęcie etykiety", "Prosimy.")})
    write_reply_template(words={"en": ("Thanks", "Thank you.")})
    address = f"/desk/tickets/{ticket.number}/answers/"

    page = desk.get(address, {"q": "zdjecie"}).content.decode()
    used = desk.post(f"{address}{label.pk}/use/")

    assert "Label" in page and "Thanks" not in page
    assert used["Location"] == f"/desk/tickets/{ticket.number}/?answer={label.pk}#composer"
    assert "The label, please.</textarea>" in desk.get(used["Location"]).content.decode()
    assert fresh(label).used == 1


def test_looking_counts_nothing_and_a_foreign_answer_cannot_be_used(desk, support):
    ticket = make_ticket(department=support)
    bobs = write_reply_template(words={"en": ("Bobs", "Secret.")}, owner=make_staff("Bob", support))

    assert desk.get(f"/desk/tickets/{ticket.number}/answers/{bobs.pk}/use/").status_code == 405
    assert desk.post(f"/desk/tickets/{ticket.number}/answers/{bobs.pk}/use/").status_code == 404
    assert "Secret." not in desk.get(f"/desk/tickets/{ticket.number}/?answer={bobs.pk}").content.decode()
    assert fresh(bobs).used == 0
