"""Two tickets of one customer become one, and two again."""

import pytest

from notifications.models import Delivery
from surveys.models import Survey
from tests.make import fresh, make_customer, make_department, make_message, make_staff, make_ticket
from tickets.choices import Kind, LinkKind, MessageKind
from tickets.errors import (
    IsBlocked,
    MergedAway,
    MergedOnMeanwhile,
    MergeIntoClosed,
    MergeOfStrangers,
    MergeWithItself,
    TicketIsGone,
    TicketIsMerged,
)
from tickets.models import Ticket, TicketLink, Watch
from tickets.services.checklist import add_items
from tickets.services.copies import copy_to
from tickets.services.deleting import delete_ticket
from tickets.services.lifecycle import close_ticket, reply_as_customer, reply_as_staff
from tickets.services.linking import link_tickets
from tickets.services.merging import merge_tickets, unmerge_tickets
from tickets.services.watching import watch_ticket
from tickets.services.work import record_time

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make_department("Support", answer_hours=4)


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


@pytest.fixture
def kasia():
    return make_customer("Kasia Nowak")


@pytest.fixture
def one(support, kasia):
    return make_ticket("The grinder rattles", department=support, customer=kasia, text="It rattles since Monday.")


@pytest.fixture
def two(support, kasia, one):
    return make_ticket("Grinder again", department=support, customer=kasia, text="You did not answer.")


def said(ticket):
    return list(ticket.messages.order_by("created_at", "pk").values_list("body_text", flat=True))


def row(ticket):
    """What lists show of a ticket, as it is stored."""
    ticket = fresh(ticket)
    return (ticket.last_words, ticket.last_public_words, ticket.last_message_kind, ticket.last_word_by_customer, ticket.has_files)


def test_what_was_said_moves_in_time_order_and_notes_stay_notes(one, two, alice):
    note = make_message(two, "Same grinder.", by=alice, note=True)
    make_message(one, "Any news?")

    merge_tickets(two, into=one, by=alice)

    assert said(one) == ["It rattles since Monday.", "You did not answer.", "Same grinder.", "Any news?"]
    assert fresh(note).kind == MessageKind.NOTE
    assert said(two) == []
    assert (fresh(two).merged_into, fresh(two).is_closed) == (one, True)


def test_both_rows_say_what_is_in_the_tickets_now(one, two, alice):
    reply_as_staff(two, text="Send us a photo.", by=alice)
    merge_tickets(two, into=one, by=alice)

    assert row(one) == ("Send us a photo.", "Send us a photo.", MessageKind.REPLY, False, False)
    assert row(two)[:2] == ("", "")
    assert list(Ticket.objects.matching("monday photo")) == [one]
    assert fresh(two).waiting_since is None
    assert fresh(one).waiting_since == one.waiting_since


def test_who_waited_in_the_merged_ticket_waits_in_the_other_one(one, two, alice):
    one = reply_as_staff(one, text="Which grinder?", by=alice)
    asked = fresh(two).waiting_since

    merge_tickets(two, into=one, by=alice)

    one = Ticket.objects.for_page().get(pk=one.pk)
    assert one.waiting_since == asked
    assert not one.waits_for_customer

    unmerge_tickets(two, by=alice)

    one = Ticket.objects.for_page().get(pk=one.pk)
    assert (one.waiting_since, one.waits_for_customer) == (None, True)


def test_the_customer_is_told_nothing_and_not_asked_for_a_rating(one, two, alice, kasia):
    close_ticket(two, by=alice)
    before = Delivery.objects.filter(customer=kasia).count()

    merge_tickets(two, into=one, by=alice)

    assert Delivery.objects.filter(customer=kasia).count() == before
    assert not Survey.objects.filter(ticket=two, withdrawn_at=None).exists()
    assert Kind.CLOSED not in one.events.values_list("kind", flat=True)


def test_what_told_of_a_message_goes_with_it_and_back(one, two, alice, kasia):
    reply_as_staff(two, text="Send us a photo.", by=alice)
    reply = Delivery.objects.get(template="reply", customer=kasia)

    merge_tickets(two, into=one, by=alice)
    assert fresh(reply).ticket == one

    unmerge_tickets(two, by=alice)
    assert fresh(reply).ticket == two


def test_both_histories_keep_what_moved(one, two, alice):
    moved = list(two.messages.values_list("pk", flat=True))
    merge_tickets(two, into=one, by=alice)

    here, there = two.events.get(kind=Kind.MERGED), one.events.get(kind=Kind.MERGED)
    assert (here.details["into"], here.details["messages"]) == (one.pk, moved)
    assert (there.details["source"], there.details["messages"]) == (two.pk, moved)


def test_what_the_customer_says_later_lands_where_it_goes_on(one, two, alice, support, kasia):
    three = make_ticket("The grinder", department=support, customer=kasia)
    merge_tickets(two, into=one, by=alice)
    merge_tickets(one, into=three, by=alice)

    answered = reply_as_customer(two, text="One thing more.")

    assert answered == three
    assert said(three)[-1] == "One thing more."


def test_staff_go_on_in_the_other_ticket(one, two, alice):
    merge_tickets(two, into=one, by=alice)

    with pytest.raises(TicketIsMerged):
        reply_as_staff(two, text="Hello?", by=alice)


def test_merging_twice_changes_nothing(one, two, alice):
    merge_tickets(two, into=one, by=alice)
    merge_tickets(two, into=one, by=alice)

    assert one.events.filter(kind=Kind.MERGED).count() == 1


def test_of_two_who_merge_in_both_directions_the_first_wins(one, two, alice):
    merge_tickets(two, into=one, by=alice)

    with pytest.raises(MergedAway):
        merge_tickets(one, into=two, by=alice)  # with rows as they were before


def test_what_cannot_be_merged_is_refused_in_words(one, two, alice, support, kasia):
    stranger = make_ticket(department=support, customer=make_customer("Nour"))
    closed = close_ticket(make_ticket(department=support, customer=kasia), by=alice)
    deleted = delete_ticket(make_ticket(department=support, customer=kasia), by=alice)
    for other, refusal in ((one, MergeWithItself), (stranger, MergeOfStrangers), (closed, MergeIntoClosed), (deleted, TicketIsGone)):
        with pytest.raises(refusal):
            merge_tickets(one, into=other, by=alice)
    assert said(one) == ["It rattles since Monday."]


def test_undoing_moves_back_exactly_what_moved(one, two, alice):
    before, status = (row(one), row(two)), two.status
    merge_tickets(two, into=one, by=alice)
    reply_as_customer(two, text="Said after the merge.")

    unmerge_tickets(two, by=alice)

    assert said(one) == ["It rattles since Monday.", "Said after the merge."]
    assert said(two) == ["You did not answer."]
    assert row(two) == before[1]
    two = fresh(two)
    assert (two.merged_into, two.is_closed, two.status) == (None, False, status)
    assert two.waiting_since is not None and two.answer_due_at is not None
    assert [Kind.UNMERGED in ticket.events.values_list("kind", flat=True) for ticket in (one, two)] == [True, True]


def test_a_merge_below_another_one_is_undone_from_above(one, two, alice, support, kasia):
    three = make_ticket(department=support, customer=kasia, text="Hello.")
    merge_tickets(two, into=one, by=alice)
    merge_tickets(one, into=three, by=alice)

    with pytest.raises(MergedOnMeanwhile):
        unmerge_tickets(two, by=alice)
    unmerge_tickets(one, by=alice)
    unmerge_tickets(two, by=alice)

    assert (said(one), said(two), said(three)) == (["It rattles since Monday."], ["You did not answer."], ["Hello."])


def test_a_closed_ticket_stays_as_it_was_closed(one, two, alice):
    closed = close_ticket(two, by=alice)
    merge_tickets(two, into=one, by=alice)
    assert fresh(two).closed_at == closed.closed_at

    unmerge_tickets(two, by=alice)

    assert (fresh(two).closed_at, fresh(two).status) == (closed.closed_at, closed.status)


@pytest.fixture
def beside(two, support, alice, kasia):
    """What stands beside the second ticket: (a colleague who watches, a ticket it waits for, the ticket above it)."""
    bob = make_staff("Bob", support)
    blocker, above = make_ticket("The part", department=support), make_ticket("All grinders", department=support)
    copy_to(two, [("Ola", "ola@office.example")], by=alice)
    watch_ticket(two, by=bob)
    add_items(two, ["Order the burr"], by=alice)
    record_time(two, minutes=20, note="Looked at it", by=alice)
    link_tickets(blocker, two, LinkKind.BLOCKS, by=alice)
    link_tickets(above, two, LinkKind.PARENT, by=alice)
    return bob, blocker, above


def stands_beside(ticket):
    links = TicketLink.objects.of(ticket).values_list("kind", flat=True)
    return (
        [row.email for row in ticket.copies.running()],
        [watch.user.name for watch in ticket.watches.select_related("user")],
        [item.name for item in ticket.checklist.all()],
        [work.minutes for work in ticket.work.all()],
        sorted(links),
    )


def test_what_stands_beside_a_ticket_goes_along_and_comes_back(one, two, beside, alice, support):
    bob, blocker, _above = beside
    add_items(one, ["Ask for the serial number"], by=alice)
    before = stands_beside(two)

    merge_tickets(two, into=one, by=alice)

    assert stands_beside(one) == (
        ["ola@office.example"], ["Bob"], ["Ask for the serial number", "Order the burr"], [20], ["blocks", "parent"],
    )  # fmt: skip
    with pytest.raises(IsBlocked):
        close_ticket(one, by=alice)

    unmerge_tickets(two, by=alice)

    assert stands_beside(one) == ([], [], ["Ask for the serial number"], [], [])
    assert stands_beside(two) == before


def test_nobody_is_in_copy_or_watching_twice_and_nobody_watches_what_they_do_not_see(one, two, alice, support, kasia):
    sales = make_department("Sales")
    bob, vera = make_staff("Bob", support), make_staff("Vera", sales)
    for ticket in (one, two):
        copy_to(ticket, [("", "ola@office.example")], by=alice)
        watch_ticket(ticket, by=bob)
    Watch.objects.create(ticket=two, user=vera)

    merge_tickets(two, into=one, by=alice)
    assert stands_beside(one)[:2] == (["ola@office.example"], ["Bob"])

    unmerge_tickets(two, by=alice)
    assert stands_beside(one)[:2] == (["ola@office.example"], ["Bob"]), "undoing takes away only what came"


def test_a_link_that_does_not_fit_the_other_ticket_stays(one, two, alice, support):
    above, other = make_ticket("Above", department=support), make_ticket("Other", department=support)
    link_tickets(one, two, LinkKind.BLOCKS, by=alice)
    link_tickets(above, one, LinkKind.PARENT, by=alice)
    link_tickets(other, two, LinkKind.PARENT, by=alice)

    merge_tickets(two, into=one, by=alice)

    assert set(TicketLink.objects.values_list("source", "target")) == {(one.pk, two.pk), (above.pk, one.pk), (other.pk, two.pk)}
    unmerge_tickets(two, by=alice)
    assert TicketLink.objects.count() == 3
