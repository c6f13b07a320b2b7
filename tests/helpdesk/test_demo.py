from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from accounts.choices import Language
from audit.choices import Deed
from audit.models import AuditLine
from helpdesk.demo import store
from notifications.choices import Reason, State
from notifications.models import Delivery
from permissions.querysets import people_who_grant
from permissions.rights import RoleKey
from permissions.roles import all_roles
from permissions.services import holders_of
from statuses.models import Action, Status, StatusKind
from surveys.models import Survey
from tickets.access import QUESTIONS, TicketAccess
from tickets.models import Attachment, Ticket, TicketLink

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _built(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo is built once for all of these tests; what each of them does inside is undone."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("demo")), transaction.atomic():
        call_command("seed_demo", stdout=StringIO(), stderr=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(_built, db):
    pass


def test_the_demo_has_tickets_at_every_stage_in_all_four_languages(demo):
    assert set(Ticket.objects.values_list("status__kind", flat=True)) == set(StatusKind.values)
    assert set(Ticket.objects.values_list("language", flat=True)) == set(Language.values)


def test_the_demo_has_files_ratings_and_an_unassigned_ticket(demo):
    assert Attachment.objects.filter(width__isnull=False).exists()
    assert Survey.objects.filter(score__isnull=False).count() >= 4
    assert Ticket.objects.still_open().unassigned().exists()


def test_the_past_of_the_demo_sends_nothing(demo):
    # One SMS waits for the morning, to show that they do.
    assert set(Delivery.objects.filter(state=State.QUEUED).values_list("reason", flat=True)) <= {Reason.QUIET}
    assert not Delivery.objects.due().exists()
    assert Delivery.objects.filter(state=State.FAILED).count() == 3


def test_history_of_the_demo_is_in_time_order(demo):
    for ticket in Ticket.objects.all():
        moments = list(ticket.events.order_by("pk").values_list("created_at", flat=True))
        assert moments == sorted(moments)
        assert ticket.created_at <= ticket.last_message_at


def test_the_demo_is_only_built_into_an_empty_database(demo):
    with pytest.raises(CommandError):
        call_command("seed_demo")


def test_the_accountant_of_the_demo_sees_what_waits_for_payment_and_may_press_one_button(demo):
    dan = get_user_model().objects.get(email="dan@narvan.example")
    seen = Ticket.objects.visible_to(dan)

    assert {str(ticket.status) for ticket in seen} == {"Waiting for payment"}
    assert {ticket.department for ticket in seen} > {seen[0].department}
    for ticket in seen.for_page():
        can = TicketAccess(dan, ticket)
        assert [str(action) for action in can.actions] == ["Payment received"]
        assert {question for question in QUESTIONS if can.decide(question)} == {"view", "note"}


def test_rights_of_the_demo_come_through_roles_and_teams_with_one_exception_and_lines_in_the_log(demo):
    olga = get_user_model().objects.get(email="olga@narvan.example")
    bob = get_user_model().objects.get(email="bob@narvan.example")

    assert {role.key for role, _who in _held_roles()} == set(RoleKey.values) - {RoleKey.MANAGER}
    assert people_who_grant().get() == olga
    assert Ticket.objects.filter(team__isnull=False).count() == 2
    assert Ticket.objects.visible_to(bob).shared_with(bob).count() == 1
    assert AuditLine.objects.filter(deed=Deed.GRANTED, actor=olga).exists()
    assert Action.objects.count() == len(store.ACTIONS)
    for status in Status.objects.all():
        assert set(status.name.data) == set(Language.values)


def _held_roles():
    for role in all_roles():
        for who, _department in holders_of(role):
            yield role, who


def test_a_ticket_of_the_demo_sleeps_two_are_linked_and_one_was_split(demo):
    assert Ticket.objects.snoozed().count() == 1
    assert sorted(TicketLink.objects.values_list("kind", flat=True)) == ["related", "split"]
