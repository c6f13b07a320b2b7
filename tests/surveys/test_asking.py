"""When a customer is asked, and when not; why not stands on the row."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.services import block_customer
from departments.switches import RATING
from notifications.choices import Audience, Channel, State
from notifications.models import Delivery, MessageRule
from notifications.wishes import Wishes, wish
from surveys.asking import ask_due
from surveys.choices import AskedBy, WhyNot
from surveys.models import DepartmentRules, Survey, SurveyRules
from tests.make import fresh, make_customer, make_department, make_staff, make_ticket
from tickets.services.lifecycle import assign_ticket, close_ticket, pass_on_ticket, reopen_ticket
from tickets.services.merging import merge_tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make_department("Support")


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


@pytest.fixture
def kasia():
    return make_customer("Kasia Nowak")


@pytest.fixture
def ticket(support, kasia):
    return make_ticket(department=support, customer=kasia)


def close_and_ask(ticket, by):
    close_ticket(ticket, by=by)
    return ask_later(ticket)


def ask_later(ticket):
    Survey.objects.filter(ticket=ticket).update(due_at=timezone.now() - timedelta(minutes=1))
    ask_due()
    return Survey.objects.filter(ticket=ticket).latest("pk")


def asked_mails(ticket):
    return Delivery.objects.filter(ticket=ticket, template="survey", channel="mail")


def test_where_whose_and_by_which_way_is_kept_as_it_was_at_closing(ticket, support, alice):
    assign_ticket(ticket, to=alice)
    survey = close_and_ask(fresh(ticket), alice)
    pass_on_ticket(ticket, to=make_department("Sales"), by=alice)

    survey = fresh(survey)
    assert (survey.store, survey.department, survey.person) == (ticket.store, support, alice)
    assert (survey.language, survey.asked_by) == (ticket.language, AskedBy.MAIL)


def test_a_department_asks_at_its_own_time(ticket, support, alice):
    DepartmentRules.objects.create(store=ticket.store, department=support, delay_minutes=5)

    close_ticket(ticket, by=alice)

    survey = Survey.objects.get()
    assert survey.due_at - survey.event.created_at == timedelta(minutes=5)


def test_a_ticket_that_the_clock_closed_is_not_asked_about(ticket):
    close_ticket(ticket)

    assert ask_later(ticket).why_not == WhyNot.AUTOMATIC
    assert not asked_mails(ticket).exists()


def test_who_closed_it_themselves_is_asked(ticket):
    close_ticket(ticket, by_customer=True)

    assert ask_later(ticket).asked_at is not None


def test_a_blocked_customer_is_not_asked(ticket, kasia, alice):
    block_customer(kasia, reason="Shouts.", by=alice)

    assert close_and_ask(ticket, alice).why_not == WhyNot.BLOCKED


def test_who_was_blocked_while_it_waited_is_not_asked(ticket, kasia, alice):
    close_ticket(ticket, by=alice)
    block_customer(kasia, reason="Shouts.", by=alice)

    assert ask_later(ticket).why_not == WhyNot.BLOCKED


def test_staff_who_ask_their_own_desk_are_not_asked(support, alice):
    ticket = make_ticket(department=support, customer=make_customer("Alice at home"))
    ticket.customer.user.is_staff = True
    ticket.customer.user.save()

    assert close_and_ask(fresh(ticket), alice).why_not == WhyNot.OWN


def test_an_internal_department_asks_nobody(ticket, support, alice):
    support.is_public = False
    support.save()

    close_ticket(ticket, by=alice)
    assert not Survey.objects.exists()


def test_a_customer_is_asked_once_in_so_many_days(ticket, support, kasia, alice, time_machine):
    SurveyRules.objects.create(store=ticket.store, pause_days=10)
    first = close_and_ask(ticket, alice)
    again = close_and_ask(make_ticket("A cup", department=support, customer=kasia), alice)
    of_another = close_and_ask(make_ticket("A lid", department=support, customer=make_customer("Nour")), alice)

    assert (again.why_not, again.asked_before_at) == (WhyNot.RECENT, first.asked_at)
    assert of_another.asked_at is not None
    time_machine.move_to(timezone.now() + timedelta(days=11))
    assert close_and_ask(make_ticket("A spoon", department=support, customer=kasia), alice).asked_at is not None


def test_of_two_tickets_closed_in_one_hour_only_the_first_is_asked_about(ticket, support, kasia, alice):
    other = make_ticket("A cup", department=support, customer=kasia)
    close_ticket(ticket, by=alice)
    close_ticket(other, by=alice)
    Survey.objects.update(due_at=timezone.now() - timedelta(minutes=1))

    assert ask_due() == 1
    assert Survey.objects.get(ticket=other).why_not == WhyNot.RECENT


def test_a_mail_that_waits_does_not_leave_once_the_ticket_goes_on(ticket, alice):
    close_and_ask(ticket, alice)
    asked_mails(ticket).update(state=State.QUEUED)

    reopen_ticket(ticket, by=alice)
    close_ticket(ticket, by=alice)

    assert asked_mails(ticket).get().state == State.DROPPED


def test_a_merged_ticket_says_so(ticket, support, kasia, alice):
    other = make_ticket("A cup", department=support, customer=kasia)
    close_ticket(ticket, by=alice)
    merge_tickets(fresh(ticket), into=other, by=alice)

    assert ask_later(ticket).why_not == WhyNot.MERGED


def test_a_department_that_stopped_asking_meanwhile_asks_nobody(ticket, support, alice):
    close_ticket(ticket, by=alice)
    support.switches = [RATING]
    support.save()

    assert ask_later(ticket).why_not == WhyNot.SWITCHED_OFF


def test_who_has_no_address_and_no_account_cannot_be_asked(support, alice):
    ticket = make_ticket(department=support, customer=make_customer("Marta", account=False))
    type(ticket.customer).objects.filter(pk=ticket.customer_id).update(email="", phone="")

    assert close_and_ask(fresh(ticket), alice).why_not == WhyNot.UNREACHABLE


def test_who_wants_no_surveys_is_not_asked(ticket, kasia, alice):
    wish(kasia, Wishes(surveys=False))

    assert close_and_ask(fresh(ticket), alice).why_not == WhyNot.REFUSED


def test_where_the_owner_sends_it_by_no_way_it_stands_on_the_closed_request(ticket, alice):
    for channel in (Channel.MAIL, Channel.SMS, Channel.PUSH):
        MessageRule.objects.create(store=ticket.store, template="survey", audience=Audience.CUSTOMER, channel=channel, is_on=False)

    assert close_and_ask(ticket, alice).asked_by == AskedBy.PORTAL
    assert not asked_mails(ticket).exists()
