"""Out of sight, back again, and gone for good."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from audit.choices import Deed
from audit.models import AuditLine
from common.uploads import UploadLimits, check_uploads
from notifications.choices import Reason
from notifications.models import Delivery
from notifications.outcomes import NoLongerWanted
from notifications.still_right import guard_still_right
from surveys.models import Survey
from tests.make import fresh, make_department, make_staff, make_ticket
from tests.portal.pictures import photo
from tickets.audience import people_who_see
from tickets.choices import Kind
from tickets.errors import TicketIsGone
from tickets.models import Attachment, Ticket
from tickets.services.deleting import DAYS, delete_ticket, remove_deleted, restore_ticket
from tickets.services.lifecycle import add_note, close_ticket
from tickets.services.merging import merge_tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make_department("Support")


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


@pytest.fixture
def ticket(support):
    return make_ticket(department=support)


def long_ago(ticket):
    Ticket.objects.filter(pk=ticket.pk).update(deleted_at=timezone.now() - timedelta(days=DAYS, minutes=1))


def test_nobody_sees_a_deleted_ticket_and_nothing_can_be_done_to_it(ticket, alice):
    delete_ticket(ticket, by=alice, reason="Sent twice")

    assert not Ticket.objects.visible_to(alice).exists()
    assert not Ticket.objects.of_customer(ticket.customer.user).exists()
    assert not people_who_see(fresh(ticket)).exists()
    for deed in (
        lambda: add_note(ticket, text="Hm.", by=alice),
        lambda: close_ticket(ticket, by=alice),
        lambda: delete_ticket(ticket, by=alice),
    ):
        with pytest.raises(TicketIsGone):
            deed()


def test_deleting_and_restoring_are_kept_in_history_and_audit(ticket, alice):
    delete_ticket(ticket, by=alice, reason="Sent twice")
    restore_ticket(ticket, by=alice)
    restore_ticket(ticket, by=alice)

    assert Ticket.objects.visible_to(alice).get() == ticket
    assert list(ticket.events.order_by("pk").values_list("kind", flat=True))[-2:] == [Kind.DELETED, Kind.RESTORED]
    lines = AuditLine.objects.filter(subject_id=str(ticket.pk), subject_type="ticket").order_by("pk")
    assert list(lines.values_list("deed", "actor", "reason")) == [
        (Deed.TICKET_DELETED, alice.pk, "Sent twice"),
        (Deed.TICKET_RESTORED, alice.pk, ""),
    ]


def test_what_waits_to_be_sent_about_it_is_dropped_and_its_question_withdrawn(alice, ticket):
    close_ticket(ticket, by=alice)
    delete_ticket(ticket, by=alice)

    waiting = Delivery.objects.for_sending().filter(ticket=ticket)
    assert {delivery.user_id is None for delivery in waiting} == {True, False}
    for delivery in waiting:
        with pytest.raises(NoLongerWanted) as refused:
            guard_still_right(delivery)
        assert refused.value.reason == Reason.NO_RIGHT
    assert Survey.objects.get(ticket=ticket).is_withdrawn


def test_after_some_weeks_it_is_removed_with_its_files(support, alice, after_commit):
    ticket = make_ticket(department=support, files=check_uploads([photo()], UploadLimits()))
    row = Attachment.objects.get(message__ticket=ticket)
    stored = [Path(row.file.path), Path(row.thumbnail.path)]
    young = make_ticket(department=support)
    for each in (ticket, young):
        delete_ticket(each, by=alice)
    long_ago(ticket)

    with after_commit():
        assert remove_deleted() == 1

    assert list(Ticket.objects.all()) == [young]
    assert [path.exists() for path in stored] == [False, False]
    line = AuditLine.objects.latest("pk")
    assert (line.deed, line.actor, line.subject_name, line.after["for_good"]) == (Deed.TICKET_DELETED, None, ticket.number, True)


def test_a_ticket_that_came_back_in_time_is_not_removed(ticket, alice):
    delete_ticket(ticket, by=alice)
    long_ago(ticket)
    restore_ticket(ticket, by=alice)

    assert remove_deleted() == 0
    assert fresh(ticket).messages.exists()


def test_what_was_merged_into_a_ticket_goes_with_it(support, alice, ticket):
    merged = make_ticket(department=support, customer=ticket.customer)
    merge_tickets(merged, into=ticket, by=alice)
    delete_ticket(ticket, by=alice)
    long_ago(ticket)

    assert remove_deleted() == 2
    assert not Ticket.objects.exists()
