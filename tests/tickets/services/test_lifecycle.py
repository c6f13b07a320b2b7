import pytest
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from customers.masking import Mask
from statuses.models import StatusKind
from tests.make import fresh, make_customer, make_department, make_message, make_staff, make_ticket, make_workflow
from tickets.choices import Kind, MessageKind
from tickets.covering import cover_ticket
from tickets.errors import (
    CannotBeAssigned,
    ChangedMeanwhile,
    DepartmentIsGone,
    NothingToSay,
    ReplyTooLate,
    StatusOfAnotherWorkflow,
    TicketIsClosed,
)
from tickets.services.lifecycle import (
    add_note,
    assign_ticket,
    change_priority,
    change_status,
    close_ticket,
    locked,
    open_ticket,
    pass_on_ticket,
    rate_ticket,
    reopen_ticket,
    reply_as_customer,
    reply_as_staff,
    show_note_to_customer,
)
from tickets.services.writing import touch

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make_department("Support")


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


def kinds(ticket):
    return list(ticket.events.order_by("pk").values_list("kind", flat=True))


def test_a_new_ticket_starts_in_the_status_marked_as_new(support):
    ticket = make_ticket(department=support)

    assert ticket.status.kind == StatusKind.NEW
    assert ticket.number.isdigit() and len(ticket.number) == 6
    assert kinds(ticket) == [Kind.OPENED]


def test_numbers_are_not_consecutive(support):
    first, second, third = (int(make_ticket(department=support).number) for _ in range(3))

    assert (second - first, third - second) != (1, 1)


def test_a_new_ticket_is_given_to_the_departments_responsible_person_at_once(support, alice):
    support.responsible = alice
    support.save()

    ticket = make_ticket(department=support)

    assert ticket.assignee == alice
    assert kinds(ticket) == [Kind.OPENED, Kind.ASSIGNED]


def test_a_responsible_person_who_may_not_see_the_department_gets_nothing(support):
    support.responsible = make_staff("Bob")
    support.save()

    assert make_ticket(department=support).assignee is None


def test_a_department_that_was_archived_meanwhile_takes_no_tickets(support):
    support.archived_at = timezone.now()
    support.save()

    with pytest.raises(DepartmentIsGone):
        make_ticket(department=support)


def test_a_ticket_needs_words_or_a_file(support):
    with pytest.raises(NothingToSay):
        make_ticket(department=support, text="  \u200c \n ")


def test_a_ticket_that_staff_open_for_a_customer_waits_for_the_customer(support, alice):
    ticket = make_ticket(department=support, by=alice)

    assert ticket.status.kind == StatusKind.WAITING_FOR_CUSTOMER
    assert ticket.messages.get().kind == MessageKind.REPLY
    assert not ticket.last_word_by_customer


def test_a_staff_reply_waits_for_the_customer_and_takes_an_unassigned_ticket(support, alice):
    ticket = reply_as_staff(make_ticket(department=support), text="Could you send a photo?", by=alice)

    assert ticket.status.kind == StatusKind.WAITING_FOR_CUSTOMER
    assert ticket.assignee == alice
    assert ticket.first_answered_at == ticket.last_message_at
    assert ticket.last_public_words == "Could you send a photo?"
    assert kinds(ticket) == [Kind.OPENED, Kind.STAFF_REPLIED, Kind.ASSIGNED]


def test_a_customers_reply_moves_to_the_status_marked_answered_by_customer(support, alice):
    ticket = make_ticket(department=support)
    reply_as_staff(ticket, text="Could you send a photo?", by=alice)

    ticket = reply_as_customer(ticket, text="Here it is.")

    assert str(ticket.status.name) == "Customer answered"
    assert ticket.last_word_by_customer


def test_a_note_changes_neither_status_nor_what_the_customer_knows(support, alice):
    ticket = make_ticket(department=support, text="It rattles.")
    before = ticket.status_id

    ticket = add_note(ticket, text="Third one this week.", by=alice)

    assert ticket.status_id == before
    assert ticket.last_words == "Third one this week."
    assert ticket.last_public_words == "It rattles."


def test_a_note_shown_to_the_customer_becomes_the_reply(support, alice):
    ticket = make_ticket(department=support)
    note = make_message(ticket, "The burr is in stock.", by=alice, note=True)

    ticket = show_note_to_customer(note, by=alice)
    show_note_to_customer(note, by=alice)

    assert fresh(note).kind == MessageKind.REPLY
    assert ticket.status.kind == StatusKind.WAITING_FOR_CUSTOMER
    assert kinds(ticket) == [Kind.OPENED, Kind.NOTE_ADDED, Kind.STAFF_REPLIED]


def test_a_reply_written_before_somebody_elses_change_is_stopped(support, alice):
    ticket = make_ticket(department=support)
    seen = ticket.version
    make_message(ticket, "One more thing.")

    with pytest.raises(ChangedMeanwhile):
        reply_as_staff(ticket, text="We repair it.", by=alice, seen_version=seen)

    assert ticket.messages.count() == 2


def test_closing_twice_tells_it_once(support, alice):
    ticket = close_ticket(make_ticket(department=support), by=alice)
    close_ticket(ticket, by=alice)

    assert ticket.is_closed
    assert kinds(ticket) == [Kind.OPENED, Kind.CLOSED]


def test_a_reply_that_closes_is_told_as_answer_and_as_closing(support, alice):
    closing = support.workflow.closing_status()

    ticket = reply_as_staff(make_ticket(department=support), text="Done.", by=alice, then=closing)

    assert ticket.is_closed and ticket.status == closing
    assert kinds(ticket) == [Kind.OPENED, Kind.STAFF_REPLIED, Kind.ASSIGNED, Kind.CLOSED]


def test_a_customers_reply_opens_a_closed_ticket_again(support, alice):
    ticket = close_ticket(make_ticket(department=support), by=alice)

    ticket = reply_as_customer(ticket, text="It rattles again.")

    assert not ticket.is_closed
    assert ticket.status.kind == StatusKind.OPEN
    assert kinds(ticket)[-2:] == [Kind.CUSTOMER_REPLIED, Kind.REOPENED]


def test_a_reply_after_the_owners_days_is_refused(support, alice):
    ticket = close_ticket(make_ticket(department=support), by=alice)
    ticket.status.reply_days = 7
    ticket.status.save()
    type(ticket).objects.filter(pk=ticket.pk).update(closed_at=timezone.now() - timezone.timedelta(days=8))

    with pytest.raises(ReplyTooLate):
        reply_as_customer(ticket, text="Hello?")


def test_a_closed_status_may_forbid_replies(support, alice):
    ticket = close_ticket(make_ticket(department=support), by=alice)
    ticket.status.customer_may_reply = False
    ticket.status.save()

    with pytest.raises(TicketIsClosed):
        reply_as_customer(ticket, text="Hello?")
    assert ticket.messages.count() == 1


def test_reopening_brings_a_ticket_back_to_us(support, alice):
    ticket = reopen_ticket(close_ticket(make_ticket(department=support), by=alice), by=alice)

    assert not ticket.is_closed
    assert ticket.status.kind == StatusKind.OPEN


def test_moving_to_a_closed_status_closes_and_from_it_reopens(support, alice):
    closed, opened = support.workflow.closing_status(), support.workflow.status_of_kind(StatusKind.OPEN)

    ticket = change_status(make_ticket(department=support), to=closed, by=alice)
    assert ticket.is_closed
    ticket = change_status(ticket, to=opened, by=alice)
    assert not ticket.is_closed
    assert kinds(ticket) == [Kind.OPENED, Kind.CLOSED, Kind.REOPENED]


def test_a_status_of_another_workflow_is_refused(support, alice):
    with pytest.raises(StatusOfAnotherWorkflow):
        change_status(make_ticket(department=support), to=make_workflow().by_code["open"], by=alice)


def test_only_those_who_may_see_a_ticket_can_be_given_it(support, alice):
    with pytest.raises(CannotBeAssigned):
        assign_ticket(make_ticket(department=support), to=make_staff("Bob"), by=alice)


def test_handing_over_and_returning_are_in_the_history(support, alice):
    repairs = make_department("Repairs", workflow=support.workflow)
    ticket = make_ticket(department=support)

    ticket = pass_on_ticket(ticket, to=repairs, by=alice)
    ticket = pass_on_ticket(ticket, to=support, by=alice)

    passed = ticket.events.filter(kind=Kind.PASSED_ON).order_by("pk")
    assert [(event.details["before"], event.details["after"]) for event in passed] == [
        (support.pk, repairs.pk),
        (repairs.pk, support.pk),
    ]


def test_passing_on_to_another_workflow_keeps_the_kind_of_status(support, alice):
    ticket = make_ticket(department=support)
    reply_as_staff(ticket, text="Could you send a photo?", by=alice)
    other = make_department("Sales")

    ticket = pass_on_ticket(ticket, to=other, by=alice)

    assert ticket.status.workflow == other.workflow
    assert ticket.status.kind == StatusKind.WAITING_FOR_CUSTOMER
    assert ticket.assignee is None


def test_a_closed_ticket_that_is_passed_on_stays_closed(support, alice):
    ticket = close_ticket(make_ticket(department=support), by=alice)

    ticket = pass_on_ticket(ticket, to=make_department("Sales"), by=alice)

    assert ticket.is_closed
    assert ticket.status.is_closed


def test_priority_and_rating_are_kept_and_told(support, alice):
    ticket = change_priority(make_ticket(department=support), to=40, by=alice)
    ticket = rate_ticket(ticket, score=4, comment="Quick.")

    assert (ticket.priority, ticket.rating) == (40, 4)
    assert kinds(ticket) == [Kind.OPENED, Kind.PRIORITY_CHANGED, Kind.RATED]


def test_every_change_raises_the_version(support, alice):
    ticket = make_ticket(department=support)
    versions = [ticket.version]
    for change in (
        lambda: add_note(ticket, text="A note.", by=alice),
        lambda: change_priority(ticket, to=30, by=alice),
        lambda: reply_as_staff(ticket, text="An answer.", by=alice),
        lambda: close_ticket(ticket, by=alice),
    ):
        change()
        versions.append(fresh(ticket).version)

    assert versions == sorted(set(versions))


def test_control_characters_and_markup_are_harmless_in_what_people_write(support):
    ticket = make_ticket("A\x00 subject\r\nBcc: x@y", department=support, text="<script>alert(1)</script>\x00 & more")

    message = ticket.messages.get()
    assert ticket.subject == "A subject Bcc: x@y"
    assert "<script>" not in message.body_html
    assert message.body_text == "<script>alert(1)</script> & more"


def test_an_unannounced_event_of_a_failed_reaction_is_announced_later(support, settings, monkeypatch):
    from tests.tickets.services import reactions_for_tests as reactions
    from tickets.history import announce_missed

    settings.TICKET_REACTIONS = "tests.tickets.services.reactions_for_tests.REACTIONS"
    reactions.heard.clear()
    reactions.broken = True
    ticket = make_ticket(department=support)
    event = ticket.events.get()
    assert event.announced_at is None
    assert fresh(event).announced_at is None
    assert set(reactions.heard) == {"steady"}  # with the shaky one first, then by itself

    reactions.heard.clear()
    reactions.broken = False
    assert announce_missed(older_than=timezone.timedelta(0)) == 1
    assert fresh(event).announced_at is not None
    assert reactions.heard == ["steady", "shaky"]


def test_a_long_subject_is_cut_and_a_customer_without_account_may_ask(support):
    ticket = open_ticket(
        store=support.stores.get(),
        department=support,
        customer=make_customer("Marta", account=False),
        subject="x" * 300,
        text="Hello",
    )

    assert len(ticket.subject) == 200
    assert ticket.customer.user is None


def test_a_ticket_that_was_covered_for_its_reader_is_not_stored(support):
    ticket = make_ticket(department=support, customer=make_customer("Kasia"), text="I am Kasia")
    covered = cover_ticket(fresh(ticket), Mask.of(ticket.customer))

    with pytest.raises(RuntimeError, match="covered"):
        touch(covered, "last_words")
    assert fresh(ticket).last_words == "I am Kasia"


@pytest.mark.django_db(transaction=True)
def test_a_lock_that_would_end_at_once_is_refused(support):
    ticket = make_ticket(department=support)

    with pytest.raises(TransactionManagementError):
        locked(ticket)
