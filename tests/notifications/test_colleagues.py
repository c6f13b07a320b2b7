"""What staff hear of each other: tickets of their team, mentions, shares; and what is no longer said when it has been overtaken."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from notifications.choices import Reason, State
from notifications.engine import deliver
from notifications.models import Delivery
from notifications.rendering import mail_of
from permissions.rights import DepartmentRight, StatusRight
from permissions.services import grant, withdraw
from tests.make import make_customer, make_department, make_staff, make_ticket
from tickets.choices import Kind, ShareRight
from tickets.errors import CannotBeMentioned
from tickets.services.deleting import delete_ticket
from tickets.services.lifecycle import add_note, assign_ticket, close_ticket, reopen_ticket, reply_as_customer
from tickets.services.sharing import end_share, share_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(support, alice, bob):
    ticket = make_ticket(department=support, customer=make_customer("Kasia Nowak"))
    Delivery.objects.all().delete()
    return ticket


@pytest.fixture
def carol(support):
    """A member of staff in another department."""
    return make_staff("Carol", make_department("Sales"))


@pytest.fixture
def repairs(alice, bob, carol):
    """A team of three, one of whom does not see Support."""
    team = Group.objects.create(name="Repairs")
    team.user_set.add(alice, bob, carol)
    return team


def told(template):
    """Who was told in the back office, by name."""
    rows = Delivery.objects.filter(template=template, channel="in_app").order_by("user__name")
    return list(rows.values_list("user__name", flat=True))


def mail_about(template, user):
    return Delivery.objects.for_sending().get(template=template, channel="mail", user=user)


def fate(delivery):
    deliver(delivery.pk)
    delivery.refresh_from_db()
    return delivery.state, delivery.reason


# --- Teams ------------------------------------------------------------------------------------------
def test_a_team_hears_of_its_ticket_as_far_as_it_may_see_it(ticket, repairs, support):
    dan = make_staff("Dan", support)
    assign_ticket(ticket, to=repairs, by=dan)

    assert told("team_assigned") == ["Alice", "Bob"]
    assert told("assigned") == []


def test_all_of_the_team_hear_what_the_customer_says_and_that_it_is_open_again(ticket, repairs, alice, support):
    dan = make_staff("Dan", support)
    ticket = assign_ticket(ticket, to=repairs, by=dan)
    reply_as_customer(ticket, text="Any news?")
    reopen_ticket(close_ticket(ticket, by=dan), by=dan)

    assert told("customer_replied") == told("reopened") == ["Alice", "Bob"]


def test_a_ticket_somebody_took_is_no_news_for_the_rest_of_the_team(ticket, repairs, alice, bob, support):
    ticket = assign_ticket(ticket, to=repairs, by=make_staff("Dan", support))
    waiting = mail_about("team_assigned", bob)
    assign_ticket(ticket, to=alice, by=alice)

    assert fate(waiting) == (State.DROPPED, Reason.OVERTAKEN)


def test_who_left_the_team_hears_nothing_of_its_tickets(ticket, repairs, bob, support):
    assign_ticket(ticket, to=repairs, by=make_staff("Dan", support))
    bob.groups.remove(repairs)

    assert fate(mail_about("team_assigned", bob)) == (State.DROPPED, Reason.OVERTAKEN)


# --- Mentions ---------------------------------------------------------------------------------------
def test_whom_a_note_mentions_is_told_and_the_customer_is_not(ticket, alice, bob):
    add_note(ticket, text="Bob, third one this week.", by=alice, mention=[bob, alice])

    assert told("mentioned") == ["Bob"]
    assert ticket.events.get(kind=Kind.MENTIONED).details == {"whom": [bob.pk]}
    assert not Delivery.objects.filter(customer=ticket.customer).exists()
    subject, text, html = mail_of(mail_about("mentioned", bob))
    assert subject == f"[#{ticket.number}] You are mentioned: The grinder rattles"
    assert "Alice mentioned you in a note" in text and "third one this week" in text and "third one this week" in html
    assert Delivery.objects.get(template="mentioned", channel="in_app").notice == "Alice mentioned you in “The grinder rattles”"


def test_nobody_is_mentioned_who_may_not_see_the_ticket_and_the_note_is_not_kept(ticket, alice, bob, carol):
    with pytest.raises(CannotBeMentioned):
        add_note(ticket, text="Look, Carol.", by=alice, mention=[bob, carol])

    assert ticket.messages.count() == 1
    assert told("mentioned") == []


def test_a_mention_of_somebody_who_lost_sight_is_dropped(ticket, alice, bob, support):
    add_note(ticket, text="Bob, third one this week.", by=alice, mention=[bob])
    withdraw(bob, DepartmentRight.VIEW, support)

    assert fate(mail_about("mentioned", bob)) == (State.DROPPED, Reason.NO_RIGHT)


def test_nothing_is_said_about_a_deleted_ticket(ticket, alice, bob):
    add_note(ticket, text="Bob, third one this week.", by=alice, mention=[bob])
    delete_ticket(ticket, by=alice)

    assert fate(mail_about("mentioned", bob)) == (State.DROPPED, Reason.NO_RIGHT)


# --- Shares -----------------------------------------------------------------------------------------
def test_with_whom_a_ticket_is_shared_learns_what_they_may_and_until_when(ticket, alice, carol):
    share_ticket(ticket, user=carol, right=ShareRight.NOTE, ends_at=timezone.now() + timedelta(days=2), by=alice)

    assert told("shared") == ["Carol"]
    _subject, text, _html = mail_of(mail_about("shared", carol))
    assert "You may see it and write notes." in text and "This ends by itself on" in text


def test_a_share_that_ended_is_not_announced_even_to_who_sees_the_ticket_otherwise(ticket, alice, carol, support):
    share = share_ticket(ticket, user=carol, right=ShareRight.SEE, by=alice)
    for right in DepartmentRight.VIEW, DepartmentRight.NOTE:
        grant(carol, right, support)
    for status in support.workflow.statuses.all():
        grant(carol, StatusRight.VIEW, status)
    end_share(share, by=alice)

    assert fate(mail_about("shared", carol)) == (State.DROPPED, Reason.OVERTAKEN)
