"""Whoever watches a ticket hears of every action on it, gathered until they look, and only while they may see it."""

import pytest

from notifications.choices import Channel, State, Template
from notifications.models import Delivery
from notifications.notice_choices import choose
from notifications.services import mark_notices_read
from notifications.topics import USUAL, Topic
from permissions.rights import DepartmentRight
from permissions.services import withdraw
from tests.make import make_department, make_message, make_staff, make_status, make_ticket
from tickets.history import announce
from tickets.models import Watch
from tickets.services import lifecycle
from tickets.services.watching import unwatch_ticket, unwatch_tickets, watch_ticket, watch_tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(support, alice):
    """Alice has it."""
    ticket = lifecycle.assign_ticket(make_ticket(department=support), to=alice)
    Delivery.objects.all().delete()
    return ticket


def news_of(person):
    """[(template, number of changes)] of the bell, the oldest first."""
    rows = Delivery.objects.filter(user=person, channel=Channel.IN_APP).order_by("pk")
    return list(rows.values_list("template", "changes"))


def test_who_watches_hears_of_every_action(ticket, support, alice, bob):
    watch_ticket(ticket, by=bob)
    deeds = [
        lambda: make_message(ticket, "Any news?"),
        lambda: make_message(ticket, "Soon.", by=alice),
        lambda: make_message(ticket, "Between us.", by=alice, note=True),
        lambda: lifecycle.change_status(ticket, to=make_status(support.workflow), by=alice),
        lambda: lifecycle.change_priority(ticket, to=40, by=alice),
        lambda: lifecycle.assign_ticket(ticket, to=None, by=alice),
        lambda: lifecycle.close_ticket(ticket, by=alice),
        lambda: lifecycle.reopen_ticket(ticket, by=alice),
        lambda: lifecycle.rate_ticket(ticket, score=4, comment=""),
    ]
    for deed in deeds:
        mark_notices_read(bob)
        deed()
        unread = Delivery.objects.filter(user=bob, channel=Channel.IN_APP, read_at=None)
        assert unread.count() == 1, deed
        assert unread.get().notice


def test_several_changes_are_one_notice_until_it_is_read(ticket, alice, bob):
    watch_ticket(ticket, by=bob)
    for text in ("One.", "Two.", "Three."):
        make_message(ticket, text, by=alice)
    assert news_of(bob) == [("watched", 3)]
    assert "3 changes" in Delivery.objects.get(user=bob).notice

    mark_notices_read(bob, ticket=ticket)
    make_message(ticket, "Four.", by=alice)
    assert news_of(bob) == [("watched", 3), ("watched", 1)]


def test_announcing_twice_counts_once(ticket, alice, bob):
    watch_ticket(ticket, by=bob)
    make_message(ticket, "One.", by=alice)
    make_message(ticket, "Two.", by=alice)
    announce(ticket.events.latest("pk"))
    announce(ticket.events.order_by("-pk")[1])

    assert news_of(bob) == [("watched", 2)]


def test_nobody_hears_of_their_own_doing(ticket, bob):
    watch_ticket(ticket, by=bob)
    make_message(ticket, "Mine.", by=bob, note=True)

    assert news_of(bob) == []


def test_whom_it_concerns_hears_once_though_they_watch(ticket, alice):
    watch_ticket(ticket, by=alice)
    make_message(ticket, "Any news?")

    assert news_of(alice) == [("customer_replied", 1)]


def test_who_lost_sight_of_it_hears_nothing(ticket, support, alice, bob):
    watch_ticket(ticket, by=bob)
    withdraw(bob, DepartmentRight.VIEW, support)
    make_message(ticket, "Soon.", by=alice)

    assert news_of(bob) == []


def test_an_answer_that_reopens_is_told_to_watchers_once(ticket, alice, bob):
    lifecycle.close_ticket(ticket, by=alice)
    watch_ticket(ticket, by=bob)
    make_message(ticket, "It rattles again.")

    assert news_of(bob) == [("watched", 1)]


def test_mails_of_watched_tickets_come_to_who_chose_them_one_for_each_change(ticket, alice, bob):
    watch_ticket(ticket, by=bob)
    choose(bob, ways=USUAL | {Topic.WATCHED: {Channel.IN_APP, Channel.MAIL}}, watches=[])
    make_message(ticket, "One.", by=alice)
    make_message(ticket, "Two.", by=alice)

    assert news_of(bob) == [("watched", 2)]
    assert Delivery.objects.filter(user=bob, channel=Channel.MAIL, template=Template.WATCHED, state=State.QUEUED).count() == 2


def test_many_are_watched_at_once_and_foreign_ones_left_out(ticket, support, bob):
    other, foreign = make_ticket(department=support), make_ticket(department=make_department("Sales"))

    assert watch_tickets([ticket, other, foreign], by=bob) == 2
    assert watch_tickets([ticket, other, foreign], by=bob) == 2
    assert set(Watch.objects.filter(user=bob).values_list("ticket", flat=True)) == {ticket.pk, other.pk}
    assert unwatch_tickets([ticket, foreign], by=bob) == 1


def test_tickets_are_watched_by_themselves_by_choice_alone(ticket, alice, bob):
    make_message(ticket, "Soon.", by=alice)
    assert not Watch.objects.exists()

    choose(alice, ways=USUAL, watches=["answered"])
    choose(bob, ways=USUAL, watches=["mentioned"])
    make_message(ticket, "Very soon.", by=alice)
    lifecycle.add_note(ticket, text="Bob, look.", by=alice, mention=[bob])
    assert set(Watch.objects.values_list("user", flat=True)) == {alice.pk, bob.pk}

    unwatch_ticket(ticket, by=bob)
    make_message(ticket, "Any news?")
    assert set(Watch.objects.values_list("user", flat=True)) == {alice.pk}


def test_who_opens_for_a_customer_may_watch_it_from_the_beginning(support, alice):
    choose(alice, ways=USUAL, watches=["opened"])
    make_ticket(department=support, by=alice)
    make_ticket(department=support)

    assert Watch.objects.filter(user=alice).count() == 1


def test_watching_costs_the_same_for_one_and_for_ten(ticket, support, alice, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        make_message(ticket, "Warm.", by=alice, note=True)
        mark_notices_read(alice)
        with CaptureQueriesContext(connection) as queries:
            make_message(ticket, "Note.", by=alice, note=True)
        return len(queries)

    watch_ticket(ticket, by=make_staff("One", support))
    few = cost()
    for number in range(9):
        watch_ticket(ticket, by=make_staff(f"Watcher{number}", support))
    assert cost() == few


def test_whom_an_action_sends_its_text_is_not_told_of_it_again_for_watching(support, alice, bob):
    from notifications.models import ActionMessage
    from notifications.texts import write_action_text
    from tests.make import make_action
    from tickets.services.actions import perform_action

    ticket = lifecycle.assign_ticket(make_ticket(department=support), to=alice)
    watch_ticket(ticket, by=bob)
    action = make_action(ticket.status, "Look")
    text = write_action_text(name="Look", words={"en": ("Look", "Look at {number}.", "")}, by=alice, store=ticket.store)
    ActionMessage.objects.create(action=action, text=text, recipient="watchers")
    Delivery.objects.all().delete()
    perform_action(ticket, action, by=alice)

    assert news_of(bob) == [("action", 1)]
