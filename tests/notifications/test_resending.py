"""What people have done about a message."""

import pytest

from common.errors import DeskError, TooManyRequests
from notifications import engine
from notifications.choices import Channel, Reason, State, Template
from notifications.models import Delivery
from notifications.resending import RESENDS, deal_with, retry_all, retry_delivery, send_to, stop_delivery
from tests.make import fresh, make_customer, make_message, make_ticket
from tests.notifications.sending import make_due, reply_to, row

pytestmark = pytest.mark.django_db
OTHER = "kasia@other.example"


def failed(delivery, state=State.FAILED, reason=Reason.BAD_ADDRESS):
    Delivery.objects.filter(pk=delivery.pk).update(state=state, reason=reason, attempts=3)
    return fresh(delivery)


@pytest.fixture
def mail(support, alice):
    return failed(reply_to(support, alice))


def test_another_address_gets_a_message_of_its_own_that_names_the_first(mail, alice):
    again = send_to(mail, OTHER, Channel.MAIL, by=alice)

    assert (again.resent_from, again.address, again.state, again.event) == (mail, OTHER, State.QUEUED, mail.event)
    assert again.message_id != mail.message_id and again.steps.get().by == alice
    assert fresh(mail).dealt_with_at and not Delivery.objects.to_deal_with().exists()


def test_pressing_twice_sends_once(mail, alice):
    assert send_to(mail, OTHER, Channel.MAIL, by=alice) == send_to(fresh(mail), OTHER, Channel.MAIL, by=alice)
    assert Delivery.objects.filter(resent_from=mail).count() == 1


def test_it_may_go_by_sms_instead(mail, alice):
    assert send_to(mail, "+48600100200", Channel.SMS, by=alice).channel == Channel.SMS


def test_codes_staff_surveys_and_what_still_waits_go_nowhere_else(mail, support, alice):
    waiting, code = _reply_to_kept(support, alice), failed(row())
    survey = failed(_reply_to_kept(support, alice))
    Delivery.objects.filter(pk=survey.pk).update(template=Template.SURVEY)
    for refused in (waiting, code, fresh(survey)):
        with pytest.raises(DeskError):
            send_to(refused, OTHER, Channel.MAIL, by=alice)
    assert not Delivery.objects.filter(address=OTHER).exists()


def test_nobody_floods_an_address(mail, alice):
    for number in range(RESENDS):
        send_to(fresh(mail), f"kasia{number}@other.example", Channel.MAIL, by=alice)
    with pytest.raises(TooManyRequests):
        send_to(fresh(mail), OTHER, Channel.MAIL, by=alice)


def test_what_waits_can_be_stopped_and_then_tried_again(support, alice):
    mail = reply_to(support, alice)
    assert stop_delivery(mail, by=alice)
    make_due(mail)
    assert not engine.deliver(mail.pk)
    assert (fresh(mail).state, fresh(mail).reason) == (State.DROPPED, Reason.STOPPED)

    retry_delivery(mail, by=alice)
    assert fresh(mail).state == State.QUEUED
    assert list(mail.steps.order_by("pk").values_list("state", "by")) == [(State.DROPPED, alice.pk), (State.QUEUED, alice.pk)]


def test_what_left_or_is_being_sent_cannot_be_stopped(support, alice):
    mail = reply_to(support, alice)
    for state in (State.SENDING, State.SENT):
        Delivery.objects.filter(pk=mail.pk).update(state=state)
        assert not stop_delivery(mail, by=alice) and fresh(mail).state == state


def test_all_that_failed_are_tried_again_but_nothing_of_unknown_outcome(support, alice):
    bad, unknown, sent = (failed(_reply_to_kept(support, alice), state) for state in (State.FAILED, State.UNKNOWN, State.SENT))

    assert retry_all(Delivery.objects.all(), by=alice) == 1
    assert [fresh(one).state for one in (bad, unknown, sent)] == [State.QUEUED, State.UNKNOWN, State.SENT]
    assert bad.steps.get().by == alice


def _reply_to_kept(support, alice):
    ticket = make_ticket(department=support, customer=make_customer())
    make_message(ticket, "Try a coarser setting.", by=alice)
    return Delivery.objects.get(ticket=ticket, template=Template.REPLY, channel=Channel.MAIL)


def test_a_failed_message_waits_for_somebody_until_it_is_dealt_with(mail, alice):
    assert Delivery.objects.to_deal_with().get() == mail
    deal_with(mail, by=alice)
    deal_with(mail, by=alice)

    assert not Delivery.objects.to_deal_with().exists() and mail.steps.count() == 1


def test_a_customer_who_was_reached_by_another_way_needs_nobody(support, alice):
    mail = failed(reply_to(support, alice, phone="+48600100200"))
    Delivery.objects.filter(ticket=mail.ticket, channel=Channel.SMS).update(state=State.SENT)

    assert not Delivery.objects.to_deal_with().exists()
