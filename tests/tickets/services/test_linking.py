"""Tickets that belong together, and what is in the way of closing one."""

import pytest

from tests.make import fresh, make_customer, make_department, make_staff, make_ticket
from tickets.choices import Kind, LinkKind
from tickets.errors import HasParent, IsBlocked, LinkedAlready, LinkInCircle, LinkWithItself, TicketIsGone, TicketIsMerged
from tickets.models import TicketLink
from tickets.services.deleting import delete_ticket
from tickets.services.lifecycle import change_status, close_ticket, reply_as_staff
from tickets.services.linking import blockers_of, link_tickets, unlink_tickets
from tickets.services.merging import merge_tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make_department("Support")


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


@pytest.fixture
def tickets(support):
    kasia = make_customer("Kasia Nowak")
    return [make_ticket(f"Ticket {number}", department=support, customer=kasia) for number in range(3)]


def test_both_sides_keep_a_line_of_it(tickets, alice):
    one, two, _three = tickets
    link = link_tickets(one, two, LinkKind.PARENT, by=alice)

    assert (link.source, link.target, link.made_by) == (one, two, alice)
    assert one.events.get(kind=Kind.LINKED).details == {"other": two.pk, "link": "parent", "here": "source"}
    assert two.events.get(kind=Kind.LINKED).details == {"other": one.pk, "link": "parent", "here": "target"}

    unlink_tickets(link, by=alice)
    unlink_tickets(link, by=alice)
    assert not TicketLink.objects.exists()
    assert [ticket.events.filter(kind=Kind.UNLINKED).count() for ticket in (one, two)] == [1, 1]


def test_what_is_related_is_so_from_both_sides_and_once(tickets):
    one, two, _three = tickets
    link_tickets(two, one, LinkKind.RELATED)

    with pytest.raises(LinkedAlready):
        link_tickets(one, two, LinkKind.RELATED)
    assert TicketLink.objects.count() == 1


@pytest.mark.parametrize("kind", [LinkKind.PARENT, LinkKind.BLOCKS])
def test_no_way_leads_in_a_circle(tickets, kind):
    one, two, three = tickets
    link_tickets(one, two, kind)
    link_tickets(two, three, kind)

    with pytest.raises(LinkInCircle):
        link_tickets(three, one, kind)
    assert TicketLink.objects.count() == 2


def test_a_ticket_is_part_of_one_other(tickets):
    one, two, three = tickets
    link_tickets(one, three, LinkKind.PARENT)

    with pytest.raises(HasParent):
        link_tickets(two, three, LinkKind.PARENT)


def test_itself_and_what_is_gone_or_merged_are_refused(tickets, alice):
    one, two, three = tickets
    with pytest.raises(LinkWithItself):
        link_tickets(one, one, LinkKind.RELATED)
    merge_tickets(two, into=one, by=alice)
    with pytest.raises(TicketIsMerged):
        link_tickets(one, two, LinkKind.RELATED)
    delete_ticket(three, by=alice)
    with pytest.raises(TicketIsGone):
        link_tickets(one, three, LinkKind.RELATED)


def test_closing_what_waits_is_refused_until_it_is_meant(tickets, alice):
    one, two, _three = tickets
    link_tickets(one, two, LinkKind.BLOCKS)
    closed = two.department.workflow.closing_status()

    with pytest.raises(IsBlocked):
        close_ticket(two, by=alice)
    with pytest.raises(IsBlocked):
        change_status(two, to=closed, by=alice)
    with pytest.raises(IsBlocked):
        reply_as_staff(two, text="Done.", then=closed, by=alice)
    assert not fresh(two).is_closed and two.messages.count() == 1

    reply_as_staff(two, text="Done.", then=closed, by=alice, even_blocked=True)
    assert fresh(two).is_closed and two.messages.count() == 2


def test_what_is_in_the_way_may_be_closed_and_then_nothing_is(tickets, alice):
    one, two, _three = tickets
    link_tickets(one, two, LinkKind.BLOCKS)

    close_ticket(one, by=alice)
    close_ticket(two, by=alice)
    assert fresh(two).is_closed


def test_customers_and_the_clock_are_not_held_up(tickets):
    one, two, three = tickets
    for ticket in (two, three):
        link_tickets(one, ticket, LinkKind.BLOCKS)
    close_ticket(two, by=two.customer.user, by_customer=True)
    close_ticket(three)

    assert fresh(two).is_closed and fresh(three).is_closed


def test_what_was_merged_is_in_the_way_where_it_goes_on(tickets, alice):
    one, two, three = tickets
    link_tickets(one, two, LinkKind.BLOCKS)
    merge_tickets(one, into=three, by=alice)

    assert list(blockers_of(two)) == [three]
