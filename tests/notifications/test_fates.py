"""What staff read beside a message, and what the ticket page asks for."""

import pytest

from notifications import engine
from notifications.choices import Channel, Reason, State, Template
from notifications.fates import fate_of, notice_of
from notifications.models import Delivery
from tests.make import make_customer, make_message, make_ticket


@pytest.mark.parametrize(
    ("channel", "state", "reason", "words"),
    [
        (Channel.MAIL, State.QUEUED, "", "e-mail queued"),
        (Channel.SMS, State.SENT, "", "SMS sent"),
        (Channel.SMS, State.DELIVERED, "", "SMS delivered"),
        (Channel.SMS, State.FAILED, Reason.BAD_NUMBER, "SMS failed: number unknown"),
        (Channel.MAIL, State.DROPPED, Reason.OVERTAKEN, "e-mail not sent: no longer true"),
        (Channel.MAIL, State.QUEUED, Reason.UNREACHABLE, "e-mail waits for another attempt: server unreachable"),
    ],
)
def test_a_fate_in_words(channel, state, reason, words):
    assert fate_of(Delivery(channel=channel, state=state, reason=reason)) == words


def test_every_state_of_every_channel_has_words():
    for state in State:
        for channel in (Channel.MAIL, Channel.SMS):
            assert fate_of(Delivery(channel=channel, state=state, reason=Reason.NO_CREDIT))


@pytest.mark.django_db
def test_the_page_finds_for_each_event_how_the_customer_was_told(support, alice, django_assert_num_queries):
    ticket = make_ticket(department=support, customer=make_customer(phone="+48601220214"))
    reply = make_message(ticket, "Try this.", by=alice)
    make_message(ticket, "It works.")
    answered = ticket.events.get(message=reply)
    for delivery in Delivery.objects.filter(event=answered):
        engine.deliver(delivery.pk)

    with django_assert_num_queries(1):
        found = Delivery.objects.by_event(ticket)
        fates = [delivery.fate for delivery in found[answered.pk]]
    assert sorted(fates) == ["SMS sent", "e-mail sent"]
    assert {delivery.customer_id for deliveries in found.values() for delivery in deliveries} == {ticket.customer_id}


@pytest.mark.django_db
def test_every_kind_of_notice_about_a_ticket_has_a_sentence(support, alice):
    ticket = make_ticket(department=support)
    event = ticket.events.first()
    staff_kinds = [
        Template.OPENED,
        Template.ASSIGNED,
        Template.PASSED_ON,
        Template.CUSTOMER_REPLIED,
        Template.REOPENED,
        Template.RATED,
        Template.BAD_RATING,
        Template.MENTIONED,
        Template.SHARED,
        Template.TEAM_ASSIGNED,
        Template.WOKEN,
        Template.MERGED_AWAY,
    ]
    for kind in staff_kinds:
        assert "The grinder rattles" in notice_of(Delivery(template=kind, ticket=ticket, event=event))
