"""Who hears of what."""

import pytest

from notifications.choices import Channel, State
from notifications.models import Delivery
from tests.make import make_customer, make_department, make_message, make_staff, make_ticket
from tickets.history import announce
from tickets.services.lifecycle import (
    add_note,
    assign_ticket,
    close_ticket,
    open_ticket,
    pass_on_ticket,
    rate_ticket,
    reopen_ticket,
    reply_as_customer,
    reply_as_staff,
)

pytestmark = pytest.mark.django_db


def told(who):
    """[(template, channel)] of everything this customer or person was told, in order."""
    rows = Delivery.objects.filter(**{"customer" if hasattr(who, "has_account") else "user": who})
    return list(rows.order_by("pk").values_list("template", "channel"))


def forget():
    Delivery.objects.all().delete()


@pytest.fixture
def kasia():
    return make_customer("Kasia Nowak", phone="+48601220214", language="pl")


@pytest.fixture
def ticket(support, alice, kasia):
    ticket = assign_ticket(make_ticket(department=support, customer=kasia), to=alice)
    forget()
    return ticket


def test_a_new_ticket_thanks_the_customer_by_every_address_in_their_language(support, kasia):
    make_ticket(department=support, customer=kasia)

    assert told(kasia) == [("thanks", "mail"), ("thanks", "sms")]
    assert set(Delivery.objects.filter(customer=kasia).values_list("address", "language")) == {(kasia.email, "pl"), ("+48601220214", "pl")}


def test_who_has_only_a_number_gets_only_sms(support):
    nour = make_customer("Nour", email="", phone="+48601220299", account=False)
    make_ticket(department=support, customer=nour)

    assert told(nour) == [("thanks", "sms")]


def test_the_account_knows_the_newest_address_and_language(support, kasia):
    kasia.user.email, kasia.user.language = "new@mail.example", "ru"
    kasia.user.save()
    make_ticket(department=support, customer=kasia)

    mail = Delivery.objects.get(customer=kasia, channel=Channel.MAIL)
    assert (mail.address, mail.language) == ("new@mail.example", "ru")


def test_a_ticket_nobody_is_responsible_for_is_told_to_its_department(support, alice, bob):
    carol = make_staff("Carol", make_department("Sales"))
    make_ticket(department=support)

    assert told(alice) == told(bob) == [("opened", "in_app"), ("opened", "mail")]
    assert told(carol) == []


def test_members_hear_of_it_where_members_are_named(support, alice, bob):
    support.members.add(bob)
    make_ticket(department=support)

    assert told(alice) == []
    assert ("opened", "mail") in told(bob)


def test_the_responsible_person_hears_once(support, alice, bob):
    support.responsible = alice
    support.save()
    make_ticket(department=support)

    assert told(alice) == [("assigned", "in_app"), ("assigned", "mail")]
    assert told(bob) == []


def test_a_ticket_opened_by_staff_reaches_the_customer_with_its_text(support, alice, kasia):
    open_ticket(store=support.stores.first(), department=support, customer=kasia, subject="Your order", text="It is late.", by=alice)

    assert told(kasia) == [("opened_for_you", "mail"), ("opened_for_you", "sms")]
    assert told(alice) == []


def test_given_to_somebody_else_tells_the_new_one_only(ticket, alice, bob):
    assign_ticket(ticket, to=bob, by=alice)
    assert (told(alice), told(bob)) == ([], [("assigned", "in_app"), ("assigned", "mail")])

    forget()
    assign_ticket(ticket, to=None, by=bob)
    assert not Delivery.objects.exists()


def test_taking_a_ticket_oneself_tells_nobody(ticket, bob):
    assign_ticket(ticket, to=bob, by=bob)

    assert not Delivery.objects.exists()


def test_passing_on_tells_the_new_department(ticket, alice):
    repairs = make_department("Repairs")
    dan = make_staff("Dan", repairs)
    pass_on_ticket(ticket, to=repairs, by=alice)

    assert told(dan) == [("passed_on", "in_app"), ("passed_on", "mail")]
    assert told(alice) == []


def test_a_customers_reply_tells_the_assignee(ticket, alice, bob):
    reply_as_customer(ticket, text="And?", by=ticket.customer.user)

    assert told(alice) == [("customer_replied", "in_app"), ("customer_replied", "mail")]
    assert told(bob) == []


def test_a_reply_tells_the_customer_and_a_note_does_not(ticket, alice, kasia):
    add_note(ticket, text="Between us.", by=alice)
    assert told(kasia) == []

    reply_as_staff(ticket, text="Try this.", by=alice)
    assert told(kasia) == [("reply", "mail"), ("reply", "sms")]


def test_closing_tells_the_customer_unless_they_closed_it(ticket, alice, kasia):
    close_ticket(ticket, by_customer=True)
    assert told(kasia) == []

    reopen_ticket(ticket, by=alice)
    forget()
    close_ticket(ticket, by=alice)
    assert told(kasia) == [("closed", "mail"), ("closed", "sms")]


def test_a_reply_that_reopens_is_told_once(ticket, alice, kasia):
    close_ticket(ticket, by=alice)
    forget()
    reply_as_customer(ticket, text="It rattles again.", by=kasia.user)

    assert told(alice) == [("customer_replied", "in_app"), ("customer_replied", "mail")]


def test_reopening_by_a_colleague_tells_the_assignee(ticket, alice, bob):
    close_ticket(ticket, by=alice)
    forget()
    reopen_ticket(ticket, by=bob)

    assert told(alice) == [("reopened", "in_app"), ("reopened", "mail")]


def test_a_rating_tells_the_assignee(ticket, alice):
    rate_ticket(ticket, score=5, comment="")

    assert told(alice) == [("rated", "in_app"), ("rated", "mail")]


def test_staff_who_lost_sight_of_the_ticket_are_not_told(ticket, alice):
    alice.departmentuserobjectpermission_set.all().delete()
    reply_as_customer(ticket, text="And?", by=ticket.customer.user)

    assert told(alice) == []


def test_announcing_twice_tells_once(ticket, alice):
    make_message(ticket, "Any news?")
    before = set(Delivery.objects.values_list("pk", flat=True))
    announce(ticket.events.latest("pk"))

    assert set(Delivery.objects.values_list("pk", flat=True)) == before


def test_a_notice_in_the_back_office_is_there_at_once_and_mail_waits(ticket, alice, bob):
    assign_ticket(ticket, to=bob, by=alice)

    assert dict(Delivery.objects.values_list("channel", "state")) == {Channel.IN_APP: State.DELIVERED, Channel.MAIL: State.QUEUED}


def test_telling_a_department_costs_the_same_for_one_and_for_ten(support):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries():
        with CaptureQueriesContext(connection) as captured:
            make_ticket(department=support, customer=customer)
        return len(captured)

    customer = make_customer()
    make_staff("Alice", support)
    queries()  # what owners and colleagues chose is kept from now on
    few = queries()
    for number in range(9):
        make_staff(f"Helper{number}", support)
    assert queries() == few
