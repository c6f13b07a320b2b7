"""One ticket opened to one person: what it opens, what it leaves closed, and how it ends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.choices import Deed
from audit.models import AuditLine
from permissions.rights import RoleKey, StatusRight, StoreRight
from permissions.services import grant
from tests.make import give_all_but, make_action, make_department, make_person, make_staff, make_ticket, ticket_now
from tickets.access import TicketAccess
from tickets.audience import people_who_see
from tickets.choices import Kind, ShareRight
from tickets.errors import CannotBeShared
from tickets.models import Ticket, TicketShare
from tickets.services.lifecycle import pass_on_ticket
from tickets.services.sharing import end_share, share_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make_department("Support")


@pytest.fixture
def olga(support):
    return make_staff("Olga", support, role="owner")


@pytest.fixture
def bob():
    return make_staff("Bob", make_department("Sales"))


@pytest.fixture
def ticket(support):
    return make_ticket(department=support)


def sees(person, ticket):
    return Ticket.objects.visible_to(person).filter(pk=ticket.pk).exists()


def test_a_share_opens_one_ticket_and_nothing_else(support, ticket, olga, bob):
    other = make_ticket("Another one", department=support)
    share_ticket(ticket, user=bob, right=ShareRight.SEE, by=olga)
    can = TicketAccess(bob, ticket_now(ticket))

    assert sees(bob, ticket)
    assert not sees(bob, other)
    assert bob in people_who_see(ticket)
    assert can.can_view
    assert not any([can.can_reply, can.can_note, can.can_assign, can.can_close, can.can_change_status, can.actions])


def test_a_share_opens_no_action_even_to_whom_every_action_of_the_workflow_was_given(support, ticket, olga):
    sales = make_department("Sales", workflow=support.workflow)
    bob = make_staff("Bob", sales)
    action = make_action(ticket.status, "Ask for payment")
    share_ticket(ticket, user=bob, right=ShareRight.NOTE, by=olga)
    can = TicketAccess(bob, ticket_now(ticket))

    assert can.can_note
    assert not can.decide_action(action)
    assert can.actions == []
    assert not any(can.decide_move(status) for status in support.workflow.statuses.all())
    assert TicketAccess(bob, make_ticket(department=sales)).decide_action(action)


def test_a_share_for_notes_opens_notes_too_and_follows_the_ticket_to_another_department(ticket, olga, bob):
    share_ticket(ticket, user=bob, right=ShareRight.NOTE, by=olga)
    pass_on_ticket(ticket, to=make_department("Repairs"), by=olga)
    can = TicketAccess(bob, ticket_now(ticket))

    assert sees(bob, ticket)
    assert can.can_note
    assert not can.can_reply


def test_a_share_counts_for_nothing_from_the_moment_it_ends(ticket, olga, bob):
    share_ticket(ticket, user=bob, right=ShareRight.NOTE, ends_at=timezone.now() + timedelta(hours=1), by=olga)
    assert sees(bob, ticket)
    TicketShare.objects.update(ends_at=timezone.now() - timedelta(seconds=1))

    assert not sees(bob, ticket)
    assert not TicketAccess(bob, ticket_now(ticket)).can_note
    assert bob not in people_who_see(ticket)


def test_sharing_again_changes_what_one_may_do_and_the_same_again_changes_nothing(ticket, olga, bob):
    share_ticket(ticket, user=bob, right=ShareRight.SEE, by=olga)
    share_ticket(ticket, user=bob, right=ShareRight.NOTE, by=olga)
    share_ticket(ticket, user=bob, right=ShareRight.NOTE, by=olga)

    assert TicketShare.objects.get().right == ShareRight.NOTE
    assert ticket.events.filter(kind=Kind.SHARED).count() == 2
    assert AuditLine.objects.filter(deed=Deed.TICKET_SHARED).count() == 2


def test_what_was_taken_back_is_closed_at_once_and_taking_it_back_twice_is_told_once(ticket, olga, bob):
    share = share_ticket(ticket, user=bob, right=ShareRight.SEE, by=olga)
    end_share(share, by=olga)
    end_share(share, by=olga)

    assert not sees(bob, ticket)
    assert ticket.events.filter(kind=Kind.UNSHARED).count() == 1
    assert AuditLine.objects.filter(deed=Deed.TICKET_UNSHARED).count() == 1


@pytest.mark.parametrize("fields", [{"is_staff": False}, {"is_staff": True, "is_active": False}])
def test_only_active_colleagues_can_be_shared_with(ticket, olga, fields):
    with pytest.raises(CannotBeShared):
        share_ticket(ticket, user=make_person("Nour", **fields), right=ShareRight.SEE, by=olga)


def test_a_share_ends_with_the_job(ticket, olga, bob):
    share_ticket(ticket, user=bob, right=ShareRight.SEE, by=olga)
    bob.is_active = False
    bob.save()

    assert not sees(bob, ticket)
    assert not TicketAccess(bob, ticket_now(ticket)).can_view


def test_who_sees_a_ticket_by_a_share_alone_may_not_share_it_on(ticket, olga, bob):
    grant(bob, StoreRight.SHARE, ticket.store)
    share_ticket(ticket, user=bob, right=ShareRight.SEE, by=olga)
    decision = TicketAccess(bob, ticket_now(ticket)).can_share

    assert not decision
    assert "share on" in decision.hindrance
    assert TicketAccess(olga, ticket_now(ticket)).can_share


def test_a_share_opens_no_deed_even_to_whom_the_department_gave_them_all(support, ticket, olga):
    """Bea may do everything in the department but see this status. To be shown one ticket is not to be given it."""
    bea = make_staff("Bea", support, role=RoleKey.SENIOR)
    give_all_but(ticket.status, StatusRight.VIEW, bea)
    share_ticket(ticket, user=bea, right=ShareRight.SEE, by=olga)

    access = TicketAccess(bea, ticket_now(ticket))

    assert access.can_view and access.can_note
    deeds = ["reply", "assign", "pass_on", "change_status", "close", "merge", "delete", "share"]
    assert [deed for deed in deeds if access.decide(deed)] == []
    assert not access.is_trusted_to_merge
    assert not any(access.decide_move(status) for status in support.workflow.statuses.all())
