"""What became of messages to the customer, on the ticket: seen at its top when they did not arrive, and with a way on."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from notifications.choices import Channel, Reason, State, Template
from notifications.ledger import record
from notifications.models import Delivery
from permissions.rights import DepartmentRight, RoleKey
from permissions.services import withdraw
from tests.make import fresh, make_customer, make_message, make_staff, make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser_of():
    def browser(person):
        client = Client()
        client.force_login(person)
        return client

    return browser


def text_of(response):
    return response.content.decode()


@pytest.fixture
def ticket(support, alice):
    ticket = make_ticket(department=support, customer=make_customer("Kasia Nowak", email="kasia@mail.example", phone="+48600100200"))
    make_message(ticket, "Try a coarser setting.", by=alice)
    return ticket


@pytest.fixture
def mail(ticket):
    return Delivery.objects.get(ticket=ticket, template=Template.REPLY, channel=Channel.MAIL)


def fail_all(ticket):
    Delivery.objects.filter(ticket=ticket, template=Template.REPLY).update(state=State.FAILED, reason=Reason.BAD_ADDRESS)


def page(ticket, more=""):
    return f"/desk/tickets/{ticket.number}/{more}"


def test_an_answer_that_reached_nobody_stands_at_the_top(ticket, mail, alice, browser_of):
    browser = browser_of(alice)
    assert "The customer has not got this answer." not in text_of(browser.get(page(ticket)))
    fail_all(ticket)
    shown = text_of(browser.get(page(ticket)))

    assert "The customer has not got this answer." in shown and "E-mail failed: address unknown." in shown
    assert page(ticket, f"deliveries/{mail.pk}/") in shown


def test_one_way_that_arrived_is_enough(ticket, mail, alice, browser_of):
    fail_all(ticket)
    Delivery.objects.filter(ticket=ticket, template=Template.REPLY, channel=Channel.SMS).update(state=State.SENT)

    assert "The customer has not got this answer." not in text_of(browser_of(alice).get(page(ticket)))
    assert not Delivery.objects.to_deal_with().exists()


def test_it_costs_one_query_more(ticket, alice, browser_of):
    """What is known of the customer's address is asked once a mail to it failed."""
    browser = browser_of(alice)
    browser.get(page(ticket))
    with CaptureQueriesContext(connection) as well:
        browser.get(page(ticket))
    fail_all(ticket)
    with CaptureQueriesContext(connection) as failed:
        browser.get(page(ticket))

    assert len(failed) == len(well) + 1


def test_the_fate_leads_to_the_story(ticket, mail, alice, browser_of):
    record(mail, State.FAILED, reason=Reason.BAD_ADDRESS, remark="550 no such user")
    fail_all(ticket)
    story = text_of(browser_of(alice).get(page(ticket, f"deliveries/{mail.pk}/")))

    for words in (
        "kasia@mail.example",
        "550 no such user",
        "Try a coarser setting.",
        "Send it to another address",
        "I told them in another way",
    ):
        assert words in story


def test_who_may_not_know_the_customer_reads_it_covered_and_sends_it_nowhere_else(ticket, mail, support, browser_of):
    vera = make_staff("Vera", support, sees_customers=False)
    record(mail, State.FAILED, reason=Reason.BAD_ADDRESS, remark="550 <kasia@mail.example>")
    fail_all(ticket)
    story = text_of(browser_of(vera).get(page(ticket, f"deliveries/{mail.pk}/")))

    assert "kasia@mail.example" not in story and "Kasia" not in story and "Send it to another address" not in story
    assert browser_of(vera).post(page(ticket, f"deliveries/{mail.pk}/address/"), {"to": "vera@shop.example"}).status_code == 403
    assert not Delivery.objects.filter(resent_from=mail).exists()


def test_another_address_closes_the_matter(ticket, mail, alice, browser_of):
    fail_all(ticket)
    browser = browser_of(alice)
    wrong = browser.post(page(ticket, f"deliveries/{mail.pk}/address/"), {"to": "kasia@"})
    assert wrong.status_code == 422 and "kasia@" in text_of(wrong)
    browser.post(page(ticket, f"deliveries/{mail.pk}/address/"), {"to": "kasia@other.example"})
    again = Delivery.objects.get(resent_from=mail)
    Delivery.objects.filter(pk=again.pk).update(state=State.SENT)

    assert again.address == "kasia@other.example"
    assert "The customer has not got this answer." not in text_of(browser.get(page(ticket)))


def test_told_in_another_way_nobody_is_reminded(ticket, mail, alice, browser_of):
    fail_all(ticket)
    Delivery.objects.filter(ticket=ticket, channel=Channel.SMS).delete()
    browser = browser_of(alice)
    browser.post(page(ticket, f"deliveries/{mail.pk}/dealing/"))

    assert fresh(mail).dealt_with_at and fresh(mail).state == State.FAILED
    assert "The customer has not got this answer." not in text_of(browser.get(page(ticket)))


def test_who_may_not_answer_reads_but_does_nothing(ticket, mail, support, browser_of):
    vera = make_staff("Vera", support, role=RoleKey.OBSERVER)
    fail_all(ticket)
    browser = browser_of(vera)

    assert browser.get(page(ticket, f"deliveries/{mail.pk}/")).status_code == 200
    for deed in ("sending/", "stopping/", "dealing/", "address/"):
        assert browser.post(page(ticket, f"deliveries/{mail.pk}/{deed}"), {"to": "x@mail.example"}).status_code == 403
    assert fresh(mail).state == State.FAILED and fresh(mail).dealt_with_at is None


def test_messages_to_staff_and_of_other_tickets_do_not_exist_here(ticket, mail, support, alice, bob, browser_of):
    other = make_ticket(department=support)
    to_staff = Delivery.objects.filter(user=alice).first()
    browser = browser_of(alice)
    assert browser.get(page(other, f"deliveries/{mail.pk}/")).status_code == 404
    assert to_staff and browser.get(page(to_staff.ticket, f"deliveries/{to_staff.pk}/")).status_code == 404
    assert browser_of(bob).get(page(ticket, f"deliveries/{mail.pk}/")).status_code == 404


def test_the_list_can_be_narrowed_to_what_did_not_arrive(ticket, support, alice, browser_of):
    other = make_ticket("The kettle leaks", department=support)
    fail_all(ticket)
    shown = text_of(browser_of(alice).get("/desk/?view=all&failed=1"))

    assert ticket.number in shown and other.number not in shown
    withdraw(alice, DepartmentRight.VIEW, support)
    assert ticket.number not in text_of(browser_of(alice).get("/desk/?view=all&failed=1", follow=True))
