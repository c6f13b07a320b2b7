"""Who sees which tickets and files: by department and status together, and nothing without a grant."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile

from common.uploads import CheckedFile
from permissions.rights import DepartmentRight, RoleKey, StatusRight
from permissions.services import grant, grant_role, withdraw
from tests.make import make_customer, make_department, make_message, make_person, make_staff, make_ticket
from tickets.access import TicketAccess
from tickets.models import Attachment, Ticket
from tickets.search.index import PORTAL_ZONES
from tickets.services.lifecycle import add_note, reply_as_staff
from tickets.services.writing import attach

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make_department("Support")


@pytest.fixture
def ticket(support):
    return make_ticket(department=support)


def seen_by(user):
    return list(Ticket.objects.visible_to(user))


def test_nobody_sees_a_ticket_without_a_grant_not_even_a_superuser(ticket):
    root = make_person("Root", is_staff=True, is_superuser=True)

    assert seen_by(root) == []
    assert not TicketAccess(root, ticket).can_view
    assert not TicketAccess(root, ticket).can_reply


def test_a_grant_shows_exactly_its_department(support, ticket):
    other = make_ticket(department=make_department("Sales"))
    alice = make_staff("Alice", support)

    assert seen_by(alice) == [ticket]
    assert other not in seen_by(alice)


def test_the_department_without_the_status_shows_nothing(support, ticket):
    bob = make_staff("Bob")
    grant(bob, DepartmentRight.VIEW, support)
    assert seen_by(bob) == []

    grant(bob, StatusRight.VIEW, ticket.status)
    assert seen_by(bob) == [ticket]


def test_a_withdrawn_right_works_at_once(support, ticket):
    alice = make_staff("Alice", support)
    assert seen_by(alice) == [ticket]

    withdraw(alice, DepartmentRight.VIEW, support)

    assert seen_by(alice) == []


def test_a_right_given_to_a_team_reaches_its_members(support, ticket):
    team, bob = Group.objects.create(name="Night shift"), make_staff("Bob")
    grant_role(team, support, RoleKey.OBSERVER)
    assert seen_by(bob) == []

    bob.groups.add(team)

    assert seen_by(bob) == [ticket]
    assert TicketAccess(bob, ticket).can_note
    assert not TicketAccess(bob, ticket).can_reply


def test_a_person_who_is_no_longer_active_sees_nothing(support, ticket):
    alice = make_staff("Alice", support)
    alice.is_active = False
    alice.save()

    assert seen_by(alice) == []


def test_rights_given_to_a_customer_are_worth_nothing(support, ticket):
    nour = make_person("Nour")
    grant_role(nour, support, RoleKey.SUPPORTER)

    assert seen_by(nour) == []


def test_customers_see_their_own_tickets_only(ticket):
    stranger = make_customer("Nour")

    assert list(Ticket.objects.of_customer(ticket.customer.user)) == [ticket]
    assert list(Ticket.objects.of_customer(stranger.user)) == []


def test_seeing_costs_one_query_however_many_rights_there_are(support, django_assert_num_queries):
    alice = make_staff("Alice", support)
    for name in ("Sales", "Repairs", "Returns"):
        grant_role(alice, make_department(name), RoleKey.SUPPORTER)
    for _ in range(3):
        make_ticket(department=support)

    with django_assert_num_queries(1):
        assert len(Ticket.objects.visible_to(alice).for_inbox()) == 3


def file(name="label.txt"):
    return CheckedFile(name=name, content_type="text/plain", size=5, content=ContentFile(b"hello"))


def test_files_follow_the_rights_on_their_message(support, ticket, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    alice, bob, stranger = make_staff("Alice", support), make_staff("Bob"), make_customer("Nour")
    shown = attach(ticket.messages.get(), file())
    add_note(ticket, text="See the file.", files=[file("secret.txt")], by=alice)
    of_note = Attachment.objects.exclude(pk=shown.pk).get()

    assert set(Attachment.objects.visible_to(alice)) == {shown, of_note}
    assert set(Attachment.objects.visible_to(ticket.customer.user)) == {shown}
    assert set(Attachment.objects.visible_to(bob)) == set()
    assert set(Attachment.objects.visible_to(stranger.user)) == set()


def test_search_stays_inside_what_one_may_see_and_inside_public_words(support, ticket):
    alice = make_staff("Alice", support)
    make_ticket("Rattling scale", department=make_department("Sales"))
    make_message(ticket, "An internal thought.", by=alice, note=True)
    reply_as_staff(ticket, text="Łódź sends a new burr.", by=alice)

    assert list(Ticket.objects.visible_to(alice).matching("rattles")) == [ticket]
    assert list(Ticket.objects.visible_to(alice).matching("lodz BURR")) == [ticket]
    assert list(Ticket.objects.visible_to(alice).matching("internal")) == [ticket]
    assert list(Ticket.objects.of_customer(ticket.customer.user).matching("internal", zones=PORTAL_ZONES)) == []
    assert list(Ticket.objects.visible_to(alice).matching(ticket.number)) == [ticket]


def test_a_ticket_is_unread_until_one_looks_and_after_something_new(support, ticket):
    from tickets.services.lifecycle import mark_read

    alice = make_staff("Alice", support)
    unread = lambda: list(Ticket.objects.unread_by(alice))  # noqa: E731
    assert unread() == [ticket]

    mark_read(ticket, by=alice)
    assert unread() == []

    make_message(ticket, "Hello?")
    assert unread() == [ticket]
