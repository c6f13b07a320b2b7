"""Everybody chooses what they hear of and how; the owner's word comes before; what is about safety always leaves."""

import pytest

from notifications.choices import Audience, Channel, Template
from notifications.granters import tell_of_emergency
from notifications.models import Delivery, NoticeChoice
from notifications.notice_choices import choice_of, choose
from notifications.rendering import sms_of
from notifications.topics import TOPIC_OF, USUAL, Topic
from permissions.rights import StoreRight
from permissions.services import grant
from tests.make import make_message, make_ticket
from tests.notifications.ruling import rule
from tickets.services import lifecycle

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(support, alice):
    ticket = lifecycle.assign_ticket(make_ticket(department=support), to=alice)
    Delivery.objects.all().delete()
    return ticket


def told(person):
    return list(Delivery.objects.filter(user=person).order_by("pk").values_list("template", "channel"))


def test_who_chose_nothing_hears_as_usual_and_has_no_row(ticket, alice):
    choose(alice, ways=USUAL, watches=[])
    make_message(ticket, "Any news?")

    assert told(alice) == [("customer_replied", "in_app"), ("customer_replied", "mail")]
    assert not NoticeChoice.objects.exists()


def test_each_way_can_be_switched_off_by_itself(ticket, alice):
    for ways, channels in [({Channel.MAIL}, ["mail"]), ({Channel.IN_APP}, ["in_app"]), (set(), [])]:
        Delivery.objects.all().delete()
        choose(alice, ways=USUAL | {Topic.CUSTOMER: ways}, watches=[])
        make_message(ticket, "Any news?")
        assert [channel for _template, channel in told(alice)] == channels


def test_one_choice_leaves_the_other_people_and_topics_alone(ticket, alice, bob, support):
    choose(alice, ways=USUAL | {Topic.CUSTOMER: set()}, watches=[])
    make_ticket(department=support)

    assert told(alice) == told(bob) == [("opened", "in_app"), ("opened", "mail")]


def test_only_what_differs_from_the_usual_is_kept(alice):
    choose(alice, ways=USUAL | {Topic.RATED: {Channel.IN_APP, Channel.PUSH}}, watches=["answered", "nonsense"])

    row = NoticeChoice.objects.get(user=alice)
    assert (row.ways, row.watches) == ({"rated.mail": False}, ["answered"])
    assert choice_of(alice).ways == USUAL | {Topic.RATED: {Channel.IN_APP, Channel.PUSH}}


def test_what_the_owner_switched_off_comes_to_nobody(ticket, alice):
    choose(alice, ways=USUAL | {Topic.CUSTOMER: {Channel.MAIL}}, watches=[])
    rule(ticket.store, Template.CUSTOMER_REPLIED, Audience.HOLDER, Channel.MAIL, False)
    make_message(ticket, "Any news?")

    assert told(alice) == []


def test_news_of_rights_cannot_be_switched_off(ticket, alice, bob, support):
    grant(bob, StoreRight.GRANT_RIGHTS, support.stores.get())
    choose(bob, ways=dict.fromkeys(Topic, set()), watches=[])
    from django.utils import timezone

    tell_of_emergency(alice, support, ends_at=timezone.now(), reason="Alice is ill.")

    assert told(bob) == [("emergency", "in_app"), ("emergency", "mail")]
    assert not {Template.SIGN_IN_CODE, Template.EMERGENCY, Template.ACCOUNT_CHANGED, Template.INVITED, Template.ACTION} & set(TOPIC_OF)


def test_by_sms_comes_what_the_bell_says_with_the_way_to_it(ticket, alice):
    alice.phone = "+48601220214"
    alice.save()
    choose(alice, ways=USUAL | {Topic.CUSTOMER: {Channel.SMS}}, watches=[])
    make_message(ticket, "Any news?")

    delivery = Delivery.objects.for_sending().get(user=alice)
    words = sms_of(delivery).text
    assert (delivery.channel, delivery.address) == (Channel.SMS, "+48601220214")
    assert words.startswith("Kasia Nowak wrote in “The grinder rattles”")
    assert f"/desk/tickets/{ticket.number}/" in words


def test_a_choice_counts_at_once(ticket, alice):
    make_message(ticket, "Any news?")
    choose(alice, ways=USUAL | {Topic.CUSTOMER: set()}, watches=[])
    Delivery.objects.all().delete()
    make_message(ticket, "And now?")

    assert told(alice) == []
