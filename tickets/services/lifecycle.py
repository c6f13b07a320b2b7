"""The life of a ticket, its functions in the order a ticket lives.

Each locks the ticket, guards the state of things, changes named fields and records one line of history. Permissions are the doors' matter.
"""

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.utils import timezone

from common.planned import planned_cursor
from common.prepared import Prepared
from common.text import clean_line
from customers.blocking import guard_may_open, guard_not_blocked
from customers.masking import Mask
from statuses.models import StatusKind
from tickets.access import may_be_given
from tickets.audience import people_who_see, teams_who_see
from tickets.choices import Kind, MessageKind, Priority, Source
from tickets.errors import (
    CannotBeAssigned,
    CannotBeMentioned,
    ChangedMeanwhile,
    DepartmentIsGone,
    StatusOfAnotherWorkflow,
    TicketIsGone,
    TicketIsMerged,
)
from tickets.field_values import guard_fields
from tickets.history import record
from tickets.merged import end_of
from tickets.models import HeldRequest, ReadMark, Ticket
from tickets.numbering import new_number
from tickets.reopening import guard_reopening
from tickets.search import writing as search
from tickets.services.assigning import choose_assignee
from tickets.services.linking import guard_blockers
from tickets.services.writing import (
    MESSAGE_FIELDS,
    STATUS_FIELDS,
    end_sleep,
    enter,
    promise_anew,
    set_waiting,
    tell_waking,
    touch,
    write_message,
)


@transaction.atomic
def open_ticket(
    *,
    store,
    department,
    customer,
    subject,
    text="",
    html="",
    files=(),
    by=None,
    source=Source.PORTAL,
    language=None,
    priority=Priority.NORMAL,
    request_type=None,
    number=None,
):
    """Open a ticket in the customer's name and give it to whom the department's way of assignment finds.

    `by` is the member of staff who wrote it for the customer; then the first message is a reply, and the ticket waits for
    the customer. `number` is one that was promised before, for a request that was held. Raises DepartmentIsGone when the department was
    archived meanwhile, CustomerIsBlocked where the customer wrote it and may not.
    """
    if by is None:
        guard_may_open(customer)
    if department.is_archived:
        raise DepartmentIsGone()
    workflow = department.workflow
    status = workflow.first_status()
    if by:
        status = workflow.status_of_kind(StatusKind.WAITING_FOR_CUSTOMER) or status
    ticket = Ticket(
        number=number or new_number(taken_of, digits=store.number_digits, prefix=store.number_prefix),
        store=store,
        department=department,
        status=status,
        priority=priority,
        request_type=request_type,
        customer=customer,
        subject=clean_line(subject, 200),
        language=language or customer.language,
        source=source,
    )
    message = write_message(
        ticket,
        kind=MessageKind.REPLY if by else MessageKind.CUSTOMER,
        text=text,
        html=html,
        files=files,
        author=by,
        customer=None if by else customer,
        source=source,
        opens=True,
    )
    if by:
        mark_read(ticket, by=by)
    assignee = choose_assignee(ticket)
    record(ticket, Kind.OPENED, by=by, by_customer=by is None, message=message, is_given=assignee is not None)
    # Nobody else knows the ticket yet, and whoever was found sees it: nothing to lock, nothing to ask again.
    return _give(ticket, person=assignee, by=by) if assignee else ticket


def taken_of(numbers):
    """Those of these five numbers that a ticket has, or a request that was held and may become one."""
    return {number for (number,) in _with_numbers(**dict(zip("abcde", numbers, strict=True)))}


@Prepared
def _with_numbers(a, b, c, d, e):
    tickets, held = (model.objects.filter(number__in=[a, b, c, d, e]).order_by().values_list("number") for model in (Ticket, HeldRequest))
    return tickets.union(held, all=True)


@transaction.atomic
def assign_ticket(ticket, *, to, by=None):
    """Give the ticket to a person, to a team (a Group), or to nobody (None). Giving it to whom has it changes nothing.

    Only to those who may see it; of a team at least one member must. Raises CannotBeAssigned.
    """
    ticket = locked(ticket)
    person, team = (None, to) if isinstance(to, Group) else (to, None)
    if (ticket.assignee_id, ticket.team_id) == (person and person.pk, team and team.pk):
        return ticket
    if person and not may_be_given(person, ticket) or team and team not in teams_who_see(ticket):
        raise CannotBeAssigned()
    return _give(ticket, person=person, team=team, by=by)


def _give(ticket, *, person, team=None, by):
    before = {"before": ticket.assignee_id, "before_team": ticket.team_id}
    ticket.assignee, ticket.team = person, team
    touch(ticket, "assignee", "team")
    record(ticket, Kind.ASSIGNED, by=by, **before, after=ticket.assignee_id, after_team=ticket.team_id)
    return ticket


@transaction.atomic
def pass_on_ticket(ticket, *, to, by):
    """Hand the ticket to another department; whom its way of assignment finds gets it, else nobody.

    The status stays where the other workflow knows it, else the first of the same kind is taken; a sleeping one wakes. Raises DepartmentIsGone.
    """
    ticket = locked(ticket)
    if ticket.department_id == to.pk:
        return ticket
    if to.is_archived:
        raise DepartmentIsGone()
    before, slept_until = ticket.department_id, ticket.snoozed_until
    held = {"before_assignee": ticket.assignee_id, "before_team": ticket.team_id}
    ticket.department = to
    if ticket.status.workflow_id != to.workflow_id:
        enter(ticket, to.workflow.status_of_kind(ticket.status.kind, StatusKind.OPEN) or to.workflow.first_status())
    ticket.team = None
    end_sleep(ticket)
    ticket.assignee = choose_assignee(ticket)
    promise_anew(ticket, since=ticket.waiting_since)
    touch(ticket, "department", "assignee", "team", *STATUS_FIELDS)
    search.change_place(ticket)
    record(ticket, Kind.PASSED_ON, by=by, before=before, after=to.pk, assignee=ticket.assignee_id, **held)
    tell_waking(ticket, slept_until, by=by)
    return ticket


@transaction.atomic
def reply_as_customer(ticket, *, text="", html="", files=(), by=None, colleague=None, source=Source.PORTAL):
    """Add the customer's words. A closed ticket opens again, one that does not sleep through wakes; raises ReplyTooLate when its time for that is over.

    `by` is the signed-in person, None behind a signed link. What is said to a ticket that was merged is said in the one it goes on in.
    `colleague`: the customer of the same organisation who says it in their place. Raises CustomerIsBlocked.
    """
    ticket = locked_end(ticket)
    for customer in filter(None, (ticket.customer, colleague)):
        guard_not_blocked(customer)
    was_closed, slept_until = ticket.is_closed, ticket.snoozed_until
    if was_closed:
        guard_reopening(ticket)
    message = write_message(
        ticket,
        kind=MessageKind.CUSTOMER,
        text=text,
        html=html,
        files=files,
        author=by,
        customer=colleague or ticket.customer,
        source=source,
    )
    if colleague:  # rows of lists know how to cover the customer alone
        ticket.last_words = ticket.last_public_words = Mask.of(colleague).text(ticket.last_words)
    enter(ticket, ticket.status.after_customer_reply or ticket.department.workflow.status_of_kind(StatusKind.OPEN) or ticket.status)
    ticket.closed_at = timezone.now() if ticket.status.is_closed else None
    touch(ticket, *MESSAGE_FIELDS, *STATUS_FIELDS)
    record(ticket, Kind.CUSTOMER_REPLIED, by=by, by_customer=True, message=message, status=ticket.status_id)
    if was_closed and not ticket.is_closed:
        record(ticket, Kind.REOPENED, by=by, by_customer=True, status=ticket.status_id)
    tell_waking(ticket, slept_until, by=by, by_customer=True)
    return ticket


@transaction.atomic
def reply_as_staff(ticket, *, text="", html="", files=(), by, seen_version=None, then=None, source=Source.DESK, even_blocked=False):
    """Send staff's words to the customer and move to `then`, else to where the status leads.

    `seen_version` is the version the writer had before their eyes: raises ChangedMeanwhile when it is no longer the current one.
    Where it closes the ticket it raises IsBlocked as closing does.
    A reply to a closed ticket leaves it closed unless `then` opens it. Who answers a ticket that no person has takes it.
    """
    ticket = locked(ticket)
    guard_version(ticket, seen_version)
    if then and then.workflow_id != ticket.department.workflow_id:
        raise StatusOfAnotherWorkflow()
    if then:
        guard_fields(ticket, then)
    was_closed = ticket.is_closed
    message = write_message(ticket, kind=MessageKind.REPLY, text=text, html=html, files=files, author=by, source=source)
    taken = ticket.assignee_id is None and may_be_given(by, ticket)
    team = ticket.team_id
    if taken:
        ticket.assignee, ticket.team = by, None
    status = then or (ticket.status if was_closed else ticket.status.after_staff_reply or ticket.status)
    closes = status.is_closed and not was_closed
    reopens = was_closed and not status.is_closed
    if not closes:  # closing is told by its own line
        enter(ticket, status)
    touch(ticket, *MESSAGE_FIELDS, *STATUS_FIELDS, "assignee", "team")
    mark_read(ticket, by=by)
    record(ticket, Kind.STAFF_REPLIED, by=by, message=message, status=ticket.status_id)
    if taken:
        record(ticket, Kind.ASSIGNED, by=by, before=None, before_team=team, after=by.pk)
    if reopens:
        record(ticket, Kind.REOPENED, by=by, status=ticket.status_id)
    return close_ticket(ticket, by=by, status=status, even_blocked=even_blocked) if closes else ticket


@transaction.atomic
def add_note(ticket, *, text="", html="", files=(), mention=(), by, source=Source.DESK):
    """Keep a note among staff. The customer sees and hears nothing, and the status stays.

    `mention`: colleagues who are told of it. Raises CannotBeMentioned for those who may not see the ticket.
    """
    ticket = locked(ticket)
    mentioned = {person.pk for person in mention} - {by.pk}
    if mentioned and people_who_see(ticket).filter(pk__in=mentioned).count() < len(mentioned):
        raise CannotBeMentioned()
    message = write_message(ticket, kind=MessageKind.NOTE, text=text, html=html, files=files, author=by, source=source)
    touch(ticket, *MESSAGE_FIELDS)
    mark_read(ticket, by=by)
    record(ticket, Kind.NOTE_ADDED, by=by, message=message)
    if mentioned:
        record(ticket, Kind.MENTIONED, by=by, message=message, whom=sorted(mentioned))
    return ticket


@transaction.atomic
def show_note_to_customer(message, *, by):
    """Make a note the reply: the customer sees it and is told. Showing what is shown already changes nothing."""
    ticket = locked(message.ticket)
    message.refresh_from_db()
    if message.kind != MessageKind.NOTE:
        return ticket
    message.kind = MessageKind.REPLY
    message.save(update_fields=["kind"])
    ticket.last_word_by_customer = False
    set_waiting(ticket, since=None)
    ticket.last_public_words = ticket.last_words
    search.write(ticket)
    if ticket.first_answered_at is None:
        ticket.first_answered_at = timezone.now()
    if not ticket.is_closed:
        enter(ticket, ticket.status.after_staff_reply or ticket.status)
    touch(ticket, *MESSAGE_FIELDS, *STATUS_FIELDS)
    record(ticket, Kind.STAFF_REPLIED, by=by, message=message, status=ticket.status_id, was_note=True)
    return ticket


@transaction.atomic
def change_status(ticket, *, to, by, seen_version=None, even_blocked=False):
    """Move to another status of the department's workflow; to a closed one means closing, from one means reopening.

    Raises FieldsMissing where the owner wants fields to be filled in before, and IsBlocked as closing does.
    """
    ticket = locked(ticket)
    if ticket.status_id == to.pk:
        return ticket
    guard_version(ticket, seen_version)
    if to.workflow_id != ticket.department.workflow_id:
        raise StatusOfAnotherWorkflow()
    guard_fields(ticket, to)
    if to.is_closed:
        return close_ticket(ticket, by=by, status=to, even_blocked=even_blocked)
    if ticket.is_closed:
        return reopen_ticket(ticket, by=by, status=to)
    before = ticket.status_id
    enter(ticket, to)
    if to.kind == StatusKind.WAITING_FOR_CUSTOMER:  # told by telephone, say: nobody waits for our words any more
        set_waiting(ticket, since=None)
    touch(ticket, *STATUS_FIELDS)
    record(ticket, Kind.STATUS_CHANGED, by=by, before=before, after=to.pk)
    return ticket


@transaction.atomic
def change_priority(ticket, *, to, by):
    ticket = locked(ticket)
    if ticket.priority == to:
        return ticket
    before = ticket.priority
    ticket.priority = to
    touch(ticket, "priority")
    record(ticket, Kind.PRIORITY_CHANGED, by=by, before=before, after=int(to))
    return ticket


@transaction.atomic
def close_ticket(ticket, *, by=None, by_customer=False, status=None, even_blocked=False):
    """Close the ticket. Closing a closed ticket changes nothing; a sleeping one does not wake any more.

    Where staff close it, raises FieldsMissing without what the owner wants to know, and IsBlocked while an open ticket is in its way,
    unless they know that (`even_blocked`).
    """
    ticket = locked(ticket)
    if ticket.is_closed and (status is None or ticket.status_id == status.pk):
        return ticket
    if by and not by_customer and not even_blocked and not ticket.is_closed:
        guard_blockers(ticket)
    if status is None and by and not by_customer:
        guard_fields(ticket, ticket.department.workflow.closing_status() or ticket.status)
    enter(ticket, status or ticket.department.workflow.closing_status() or ticket.status)
    ticket.closed_at = timezone.now()
    end_sleep(ticket)
    set_waiting(ticket, since=None)
    touch(ticket, *STATUS_FIELDS)
    record(ticket, Kind.CLOSED, by=by, by_customer=by_customer, status=ticket.status_id)
    return ticket


@transaction.atomic
def reopen_ticket(ticket, *, by=None, by_customer=False, status=None):
    """Open a closed ticket again, in the given status or the first one that is ours to act on. Open ones stay as they are."""
    ticket = locked(ticket)
    if not ticket.is_closed:
        return ticket
    if by_customer:
        guard_not_blocked(ticket.customer)
        guard_reopening(ticket)
    workflow = ticket.department.workflow
    enter(ticket, status or workflow.status_of_kind(StatusKind.OPEN) or workflow.first_status())
    ticket.closed_at = None
    touch(ticket, *STATUS_FIELDS)
    record(ticket, Kind.REOPENED, by=by, by_customer=by_customer, status=ticket.status_id)
    return ticket


@transaction.atomic
def rate_ticket(ticket, *, score, comment, by_customer=True, **details):
    """Keep the customer's rating on the ticket; a new one takes the place of the old. `details`: what else its line of history keeps."""
    ticket = locked(ticket, even_merged=True)
    before = ticket.rating
    ticket.rating = score
    touch(ticket, "rating")
    record(ticket, Kind.RATED, by_customer=by_customer, before=before, score=score, commented=bool(comment), **details)
    return ticket


def note_answer_rating(message, *, score, before, comment):
    """The customer said of this one answer whether it helped (Helped): a line of history, for the ticket's own rating is another one."""
    record(message.ticket, Kind.ANSWER_RATED, by_customer=True, said=message.pk, before=before, score=score, commented=bool(comment))


_MARK_READ = f"""
    INSERT INTO {ReadMark._meta.db_table} (ticket_id, user_id, read_at) VALUES (%s, %s, %s)
    ON CONFLICT (user_id, ticket_id) DO UPDATE SET read_at = EXCLUDED.read_at
"""


def mark_read(ticket, *, by, until=None):
    """This person has seen all that was said until then; without `until`, until now."""
    read_at = connection.ops.adapt_datetimefield_value(until or timezone.now())
    with planned_cursor(connection) as cursor:
        cursor.execute(_MARK_READ, [ticket.pk, by.pk, read_at])


def locked(ticket, *, even_merged=False):
    """The ticket as it is once everybody before us is through. Raises TicketIsGone for a deleted one, TicketIsMerged for a merged one.

    Locked by itself, then read with what belongs to it: PostgreSQL looks again at a row it had to wait for, and in a join it
    would compare the new status with the old one's row and find no ticket at all.
    """
    if not connection.in_atomic_block:  # a lock that ends with its own statement is none, and nobody would be told
        raise transaction.TransactionManagementError("A ticket is locked inside of a transaction.")
    if not _lock(pk=ticket.pk):
        raise Ticket.DoesNotExist
    ticket = _whole(pk=ticket.pk)[0]
    if ticket.is_deleted:
        raise TicketIsGone()
    if ticket.merged_into_id and not even_merged:
        raise TicketIsMerged()
    return ticket


@Prepared
def _lock(pk):
    return Ticket.objects.filter(pk=pk).select_for_update().values_list("pk")


@Prepared
def _whole(pk):
    """With all that an answer, and those who hear of it, will ask of it."""
    return Ticket.objects.filter(pk=pk).select_related(
        "status__after_staff_reply", "status__after_customer_reply", "department__workflow", "customer__user", "store"
    )


def locked_end(ticket):
    """The ticket in which this one goes on, locked; the ticket itself where it was not merged.

    The way there is read without locks: two rows are locked by merging alone, which does it in their order.
    """
    while True:
        ticket = locked(end_of(ticket), even_merged=True)
        if ticket.merged_into_id is None:
            return ticket


def guard_version(ticket, seen_version):
    if seen_version is not None and ticket.version != seen_version:
        raise ChangedMeanwhile()
