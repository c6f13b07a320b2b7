"""Who hears of what, by which ways: the owner's word for the store and its departments, then the person's own."""

import pytest

from notifications.choices import Audience, Channel, Template
from notifications.models import Delivery
from notifications.ways import TELLS, media_for, usual_ways, ways_of
from notifications.wishes import Wishes, wish
from permissions.rights import StoreRight
from permissions.services import grant
from tests.make import fresh, make_customer, make_department, make_message, make_staff, make_store, make_ticket
from tests.notifications.ruling import rule
from tests.notifications.sending import row
from tickets.services import lifecycle

pytestmark = pytest.mark.django_db
BELL_AND_MAIL = {"in_app", "mail"}


def told(**whom):
    return {(one.template, one.channel) for one in Delivery.objects.filter(**whom)}


def forget():
    Delivery.objects.all().delete()


def test_a_department_says_otherwise_than_its_store_and_the_others_inherit(support):
    sales, store = make_department("Sales"), support.stores.get()
    name = (Template.REPLY, Audience.CUSTOMER)
    rule(store, *name, Channel.SMS, False)
    rule(store, *name, Channel.SMS, True, department=support)
    rule(store, *name, Channel.MAIL, False, department=support)

    assert ways_of(*name, store=store.pk) == ways_of(*name, store=store.pk, department=sales.pk) == {Channel.MAIL, Channel.PUSH}
    assert ways_of(*name, store=store.pk, department=support.pk) == {Channel.SMS, Channel.PUSH}
    assert ways_of(*name, store=make_store().pk, department=support.pk) == {Channel.MAIL, Channel.SMS, Channel.PUSH}


def test_a_way_that_is_switched_off_is_not_taken_but_codes_always_leave(support, alice):
    store = support.stores.get()
    rule(store, Template.REPLY, Audience.CUSTOMER, Channel.SMS, False)
    rule(store, Template.SIGN_IN_CODE, Audience.CUSTOMER, Channel.MAIL, False)
    ticket = make_ticket(department=support, customer=make_customer(phone="+48601220214"))
    make_message(ticket, "Try this.", by=alice)

    assert told(template="reply") == {("reply", "mail")}
    assert row() is not None


def test_staff_without_a_mail_still_find_the_notice(support, alice, bob):
    rule(support.stores.get(), Template.OPENED, Audience.DEPARTMENT, Channel.MAIL, False)
    make_ticket(department=support)

    assert told(template="opened") == {("opened", "in_app")}


def test_every_message_of_a_ticket_has_its_audiences_and_each_its_ways():
    for template, audiences in TELLS.items():
        assert audiences
        for audience in audiences:
            assert set(usual_ways(template, audience)) <= set(media_for(audience))


def test_the_responsible_person_hears_of_what_the_owner_wants_once(support, alice, bob):
    support.responsible = bob
    support.save()
    ticket = lifecycle.assign_ticket(make_ticket(department=support), to=alice)
    forget()
    make_message(ticket, "Any news?")
    assert told(user=bob) == set()

    rule(ticket.store, Template.CUSTOMER_REPLIED, Audience.RESPONSIBLE, Channel.MAIL, True)
    make_message(ticket, "Any news now?")
    assert told(user=bob) == {("customer_replied", "mail")}

    lifecycle.assign_ticket(ticket, to=bob)
    forget()
    make_message(ticket, "And now?")
    assert Delivery.objects.filter(user=bob, channel="mail").count() == 1
    assert told(user=bob) == {("customer_replied", "mail"), ("customer_replied", "in_app")}


def test_a_responsible_person_who_may_not_see_the_ticket_hears_nothing(support, alice):
    stranger = make_staff("Dan")
    support.responsible = stranger
    support.save()
    rule(support.stores.get(), Template.RATED, Audience.RESPONSIBLE, Channel.MAIL, True)
    rule(support.stores.get(), Template.OPENED, Audience.RESPONSIBLE, Channel.MAIL, True)
    ticket = make_ticket(department=support)

    assert ticket.department.responsible_id == stranger.pk and told(user=stranger) == set()


def test_managers_are_those_who_see_reports_and_the_ticket(support, alice, bob):
    dan, store = make_staff("Dan"), support.stores.get()
    for person in (bob, dan):
        grant(person, StoreRight.VIEW_REPORTS, store)
    rule(store, Template.RATED, Audience.MANAGERS, Channel.IN_APP, True)
    rule(store, Template.REOPENED, Audience.MANAGERS, Channel.IN_APP, True)
    ticket = lifecycle.assign_ticket(make_ticket(department=support), to=alice)
    lifecycle.close_ticket(ticket, by=alice)
    forget()
    lifecycle.reopen_ticket(ticket, by=alice)

    assert told(user=bob) == {("reopened", "in_app")}
    assert told(user=dan) == told(user=alice) == set()


@pytest.mark.parametrize(
    ("wishes", "channels"),
    [
        (Wishes(), {"mail", "sms"}),
        (Wishes(by_sms=False), {"mail"}),
        (Wishes(by_mail=False), {"sms"}),
        (Wishes(by_mail=False, by_sms=False), {"mail", "sms"}),
    ],
)
def test_a_customer_hears_by_the_ways_they_chose(support, alice, wishes, channels):
    customer = make_customer(phone="+48601220214")
    wish(customer, wishes)
    ticket = make_ticket(department=support, customer=fresh(customer))
    forget()
    make_message(ticket, "Try this.", by=alice)

    assert {channel for _template, channel in told(customer=customer)} == channels


def test_who_has_only_the_address_they_did_not_choose_still_gets_the_answer(support, alice):
    customer = make_customer(phone="")
    wish(customer, Wishes(by_mail=False))
    ticket = make_ticket(department=support, customer=fresh(customer))
    make_message(ticket, "Try this.", by=alice)

    assert ("reply", "mail") in told(customer=customer)


def test_wishes_that_make_no_sense_count_as_never_chosen():
    for stored in (None, [], "x", {"by_mail": "no", "quiet_from": "25:00", "quiet_to": 7, "time_zone": "../etc/passwd"}):
        assert Wishes.read(stored) == Wishes()
    assert Wishes.read(Wishes(by_sms=False, time_zone="Asia/Tehran").stored()) == Wishes(by_sms=False, time_zone="Asia/Tehran")
