"""A-17 for messages: whatever is taken away while a message waits, is tried again or goes elsewhere, counts at the moment of sending."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.services.blocks import block_customer
from notifications import engine
from notifications.choices import Channel, Reason, State, Template
from notifications.models import Delivery
from notifications.resending import retry_delivery, send_to
from permissions.rights import DepartmentRight, StoreRight
from permissions.services import grant, withdraw
from tests.make import fresh, make_customer, make_message, make_staff, make_ticket
from tests.notifications.sending import make_due, row
from tickets.services.deleting import delete_ticket
from tickets.services.lifecycle import assign_ticket, close_ticket

pytestmark = pytest.mark.django_db
OTHER = "kasia@other.example"


@pytest.fixture
def ticket(support, alice):
    ticket = make_ticket(department=support, customer=make_customer())
    make_message(ticket, "Try a coarser setting.", by=alice)
    return ticket


@pytest.fixture
def mail(ticket):
    return Delivery.objects.get(ticket=ticket, template=Template.REPLY, channel=Channel.MAIL)


def failed(delivery):
    Delivery.objects.filter(pk=delivery.pk).update(state=State.FAILED, reason=Reason.BAD_ADDRESS)
    return fresh(delivery)


def fate(delivery):
    make_due(delivery)
    engine.deliver(delivery.pk)
    return fresh(delivery).state, fresh(delivery).reason


def take_reply(alice, support, store):
    withdraw(alice, DepartmentRight.REPLY, support)


def take_view(alice, support, store):
    withdraw(alice, DepartmentRight.VIEW, support)


def take_customers(alice, support, store):
    withdraw(alice, StoreRight.VIEW_CUSTOMERS, store)


def end_account(alice, support, store):
    alice.is_active = False
    alice.save()


@pytest.mark.parametrize("take", [take_reply, take_view, take_customers, end_account])
def test_what_somebody_sent_elsewhere_stays_when_they_may_not_any_more(mail, support, alice, take):
    again = send_to(failed(mail), OTHER, Channel.MAIL, by=alice)
    take(alice, support, support.stores.get())

    assert fate(again) == (State.DROPPED, Reason.NO_RIGHT)


def test_what_was_sent_elsewhere_leaves_while_they_may(mail, alice):
    assert fate(send_to(failed(mail), OTHER, Channel.MAIL, by=alice)) == (State.SENT, "")


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_deleted_ticket_is_told_to_nobody_by_a_second_try(mail, ticket, alice, elsewhere):
    again = send_to(failed(mail), OTHER, Channel.MAIL, by=alice) if elsewhere else retry_delivery(failed(mail), by=alice)
    delete_ticket(ticket, by=alice)

    assert fate(again) == (State.DROPPED, Reason.NO_RIGHT)


def test_a_second_try_asks_for_the_right_again(ticket, support, alice):
    carla = make_staff("Carla", support)
    assign_ticket(ticket, to=carla, by=alice)
    to_carla = failed(Delivery.objects.get(user=carla, channel=Channel.MAIL))
    Delivery.objects.filter(pk=to_carla.pk).update(reason=Reason.BUSY)
    retry_delivery(to_carla, by=alice)
    withdraw(carla, DepartmentRight.VIEW, support)

    assert fate(to_carla) == (State.DROPPED, Reason.NO_RIGHT)


@pytest.mark.parametrize("address", ["carla@elsewhere.example", None])
def test_a_colleague_who_gave_up_an_address_gets_nothing_there(ticket, support, alice, address):
    carla = make_staff("Carla", support, phone="+48600100201")
    assign_ticket(ticket, to=carla, by=alice)
    to_carla = Delivery.objects.get(user=carla, channel=Channel.MAIL)
    carla.email = address
    carla.save()

    assert fate(to_carla) == (State.DROPPED, Reason.OVERTAKEN)


def test_a_blocked_customer_is_asked_for_no_rating(ticket, alice, support):
    olga = make_staff("Olga", support)
    close_ticket(ticket, by=alice)
    survey = Delivery.objects.create(
        template=Template.SURVEY, channel=Channel.MAIL, store=ticket.store, ticket=ticket, event=ticket.events.last(), customer=ticket.customer,
        recipient_key=f"customer:{ticket.customer_id}", address="kasia@mail.example", context={"path": "/survey/x/"},
    )  # fmt: skip
    block_customer(ticket.customer, reason="insults", by=olga)

    assert fate(survey) == (State.DROPPED, Reason.BLOCKED)


def test_a_status_that_customers_do_not_see_is_not_told_to_them(ticket, alice):
    close_ticket(ticket, by=alice)
    closed = Delivery.objects.get(ticket=ticket, template=Template.CLOSED, channel=Channel.MAIL)
    status = fresh(ticket).status
    status.shown_in_portal = False
    status.save()

    assert fate(closed) == (State.DROPPED, Reason.OVERTAKEN)


def test_news_of_messages_go_to_nobody_who_no_longer_sets_the_store_up(support):
    store = support.stores.get()
    olga = make_staff("Olga", sees_customers=False)
    grant(olga, StoreRight.CHANGE_SETTINGS, store)
    alarm = Delivery.objects.create(
        template=Template.ALARM, channel=Channel.MAIL, store=store, user=olga, recipient_key="user", address=olga.email,
        context={"channel": "sms", "trouble": "waiting", "minutes": 20},
    )  # fmt: skip
    withdraw(olga, StoreRight.CHANGE_SETTINGS, store)

    assert fate(alarm) == (State.DROPPED, Reason.NO_RIGHT)


def test_a_code_that_is_too_old_is_of_no_use_however_it_is_tried():
    code = row(minutes=10)
    Delivery.objects.filter(pk=code.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    assert fate(code) == (State.DROPPED, Reason.TOO_LATE)
    assert not fresh(code).can_be_retried and fresh(code).secret_context == ""
