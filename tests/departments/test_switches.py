"""Each switch of a department: its feature is there, and gone once it is switched off."""

import pytest
from django.test import Client

from departments import switches
from departments.models import RequestType
from departments.switches import GROUPS, SWITCHES
from faq.services import write_entry
from surveys.helping import may_be_rated
from surveys.models import Survey
from tests.make import make_customer, make_department, make_message, make_staff, make_store, make_ticket
from tickets.access import CustomerAccess
from tickets.models import ReplyTemplate, Ticket
from tickets.services.lifecycle import close_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    return make_store()


@pytest.fixture
def support(store):
    return make_department("Support", store=store, answer_hours=4, form_address="support", form_published=True)


@pytest.fixture
def desk(support):
    browser = Client()
    browser.force_login(make_staff("Alice", support))
    return browser


def switch_off(department, code):
    assert code in SWITCHES
    department.switches = [code]
    department.save()


def test_every_switch_is_tested_here_and_says_what_it_does():
    tested = {name.removeprefix("test_switch_") for name in globals() if name.startswith("test_switch_")}

    assert tested == set(SWITCHES)
    assert all(switch.label and switch.help_text for _title, group in GROUPS for switch in group)


def test_switch_ready_answers(desk, support):
    ReplyTemplate.objects.create(title="Greeting", text="Hello.")
    address = f"/desk/tickets/{make_ticket(department=support).number}/"
    assert "Prepared answers" in desk.get(address).content.decode()
    assert desk.get(f"{address}answers/").status_code == 200

    switch_off(support, switches.READY_ANSWERS)

    assert "Prepared answers" not in desk.get(address).content.decode()
    assert desk.get(f"{address}answers/").status_code == 404


def test_switch_request_types(desk, client, support):
    RequestType.objects.create(name="Repair")
    ticket, form = f"/desk/tickets/{make_ticket(department=support).number}/", f"/tickets/new/{support.pk}/"
    assert "Request type" in desk.get(ticket).content.decode()
    assert "request_type" in client.get(form).context["form"].fields

    switch_off(support, switches.REQUEST_TYPES)

    assert "Request type" not in desk.get(ticket).content.decode()
    assert "request_type" not in client.get(form).context["form"].fields


def test_switch_timesheets(desk, support):
    address = f"/desk/tickets/{make_ticket(department=support).number}/"
    assert f"{address}time/" in desk.get(address).content.decode()
    assert desk.post(f"{address}time/", {"duration": "20"}).status_code == 302

    switch_off(support, switches.TIMESHEETS)

    assert f"{address}time/" not in desk.get(address).content.decode()
    assert desk.post(f"{address}time/", {"duration": "20"}).status_code == 404


def test_switch_promise(client, support):
    assert "4 hours" in client.get("/").content.decode()
    assert "4 hours" in client.get(f"/tickets/new/{support.pk}/").content.decode()

    switch_off(support, switches.PROMISE)

    assert "4 hours" not in client.get("/").content.decode()
    assert "4 hours" not in client.get(f"/tickets/new/{support.pk}/").content.decode()


def test_switch_deadlines(support):
    assert make_ticket(department=support).answer_due_at

    switch_off(support, switches.DEADLINES)

    assert make_ticket(department=support).answer_due_at is None


def test_switch_rating(support):
    close_ticket(make_ticket(department=support))
    assert Survey.objects.count() == 1

    switch_off(support, switches.RATING)
    close_ticket(make_ticket(department=support))

    assert Survey.objects.count() == 1


def test_switch_answer_rating(support):
    """What customers meet then: tests/portal/test_helped.py."""
    ticket = make_ticket(department=support)
    assert support.uses(switches.ANSWER_RATING)

    switch_off(support, switches.ANSWER_RATING)

    answer = make_message(ticket, "Turn it.", by=make_staff("Negar", support))
    assert not may_be_rated(answer)


def test_switch_answers_first(client, support):
    write_entry(stores=support.stores.all(), department=support, words={"en": ("Is it loud?", "<p>Turn it.</p>")})
    address = f"/tickets/new/{support.pk}/answers/"
    assert "Is it loud?" in client.get(address).content.decode()
    assert "Is it loud?" in client.get("/forms/support/").content.decode()

    switch_off(support, switches.ANSWERS_FIRST)

    assert client.get(address).url == f"/tickets/new/{support.pk}/"
    assert "Is it loud?" not in client.get(f"/tickets/new/{support.pk}/").content.decode()
    assert "Is it loud?" not in client.get("/forms/support/").content.decode()


def test_switch_customers_close(client, support):
    kasia = make_customer("Kasia")
    ticket = make_ticket(department=support, customer=kasia)
    client.force_login(kasia.user)
    assert f"/tickets/{ticket.number}/closure/" in client.get(f"/tickets/{ticket.number}/").content.decode()

    switch_off(support, switches.CUSTOMERS_CLOSE)

    assert f"/tickets/{ticket.number}/closure/" not in client.get(f"/tickets/{ticket.number}/").content.decode()
    client.post(f"/tickets/{ticket.number}/closure/")
    assert not CustomerAccess(Ticket.objects.get()).can_close
    assert not Ticket.objects.get().is_closed


def test_switch_web_form(client, support):
    assert client.get("/forms/support/").status_code == 200

    switch_off(support, switches.WEB_FORM)

    assert client.get("/forms/support/").status_code == 404


def test_switch_after_sale_types(client, support):
    RequestType.objects.create(name="Claim", is_after_sale=True)
    RequestType.objects.create(name="Question")
    address = f"/tickets/new/{support.pk}/"
    assert "Claim" in client.get(address).content.decode()

    switch_off(support, switches.AFTER_SALE_TYPES)

    page = client.get(address).content.decode()
    assert "Claim" not in page
    assert "Question" in page
