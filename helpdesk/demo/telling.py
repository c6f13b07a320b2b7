"""Telling the stories of the demo through the services of the pages, each step at its own hour of the past."""

from collections import namedtuple
from datetime import timedelta

from django.utils import timezone

from helpdesk.demo import files
from notifications.models import Delivery
from surveys.choices import WhyNot
from surveys.models import Survey
from surveys.services import answer_survey
from tickets.choices import MessageKind
from tickets.models import ReadMark, Ticket
from tickets.services import lifecycle
from tickets.services.actions import Given, perform_action
from tickets.services.sharing import share_ticket
from tickets.services.watching import watch_ticket
from tickets.services.writing import set_waiting
from tickets.standing import keep_standing

#: What the stories refer to by their keys.
Cast = namedtuple("Cast", "shop workflow departments actions staff teams")


def tell(cast, department, customer, subject, steps):
    ticket = None
    for hours, who, what, *rest in steps:
        uploads = [files.checked_file(name) for name in (rest[1] if len(rest) > 1 and what in {"open", "reply"} else [])]
        before = last_ids(ticket)
        if what == "open":
            ticket = lifecycle.open_ticket(
                store=cast.shop, department=department, customer=customer, subject=subject, text=rest[0], files=uploads
            )
        else:
            ticket = _go_on(ticket, cast, cast.staff.get(who), what, rest, uploads)
        set_back(ticket, before, timezone.now() - timedelta(hours=hours))


def _go_on(ticket, cast, by, what, rest, uploads):
    """One step of a story; `by` is None where the customer acts. Returns the ticket as it is then."""
    words = rest[0]
    if what == "reply" and by:
        return lifecycle.reply_as_staff(ticket, text=words, files=uploads, by=by)
    if what in {"reply", "reopen"}:
        return lifecycle.reply_as_customer(ticket, text=words, files=uploads, by=ticket.customer.user)
    if what == "note":
        return lifecycle.add_note(ticket, text=words, by=by)
    if what == "assign":
        return lifecycle.assign_ticket(ticket, to=cast.teams.get(words) or cast.staff[words], by=by)
    if what == "status":
        return lifecycle.change_status(ticket, to=cast.workflow.by_code[words], by=by)
    if what == "action":
        codes = {status.pk: code for code, status in cast.workflow.by_code.items()}
        text, whom, *_more = [*rest[1:], "", ""]
        given = Given(text=text, assignee=cast.staff.get(whom))
        return perform_action(ticket, cast.actions[codes[ticket.status_id], words], by=by, given=given)
    if what == "pass":
        return lifecycle.pass_on_ticket(ticket, to=cast.departments[words], by=by)
    if what == "close":
        return lifecycle.reply_as_staff(ticket, text=words, by=by, then=cast.workflow.closing_status())
    if what == "mention":
        return lifecycle.add_note(ticket, text=words, mention=[cast.staff[rest[1]]], by=by)
    if what == "watch":
        watch_ticket(ticket, by=by)
    if what == "share":
        share_ticket(ticket, user=cast.staff[words], right=rest[1], ends_at=timezone.now() + timedelta(days=9), by=by)
    if what == "rate":
        # Its few customers are asked more often than they would be.
        ticket.surveys.filter(why_not=WhyNot.RECENT).update(why_not="", withdrawn_at=None, asked_before_at=None)
        answer_survey(ticket.surveys.get(withdrawn_at=None), score=words, comment=rest[1])
    ticket.refresh_from_db()
    return ticket


def last_ids(ticket):
    if ticket is None:
        return 0, 0, 0
    last = lambda rows: rows.order_by("-pk").values_list("pk", flat=True).first() or 0  # noqa: E731
    return last(ticket.messages), last(ticket.events), last(Delivery.objects.filter(ticket=ticket))


def set_back(ticket, before, moment):
    """What this step wrote happened at that moment."""
    message, event, delivery = before
    ticket.messages.filter(pk__gt=message).update(created_at=moment)
    ticket.events.filter(pk__gt=event).update(created_at=moment)
    Delivery.objects.filter(ticket=ticket, pk__gt=delivery).update(created_at=moment)
    ReadMark.objects.filter(ticket=ticket).update(read_at=moment + timedelta(seconds=1))
    newest = ticket.messages.order_by("-created_at").values_list("created_at", flat=True).first()
    first_answer = ticket.messages.filter(kind=MessageKind.REPLY).order_by("created_at").values_list("created_at", flat=True).first()
    fields = {"last_message_at": newest, "updated_at": moment, "first_answered_at": first_answer}
    if ticket.waiting_since:
        last_answer = ticket.messages.filter(kind=MessageKind.REPLY).order_by("-created_at").values_list("created_at", flat=True).first()
        unanswered = ticket.messages.filter(
            kind=MessageKind.CUSTOMER, created_at__gt=last_answer or ticket.created_at - timedelta(days=999)
        )
        set_waiting(ticket, since=unanswered.order_by("created_at").values_list("created_at", flat=True).first() or moment)
        fields |= {"waiting_since": ticket.waiting_since, "answer_due_at": ticket.answer_due_at}
    if ticket.status_since > moment:
        fields["status_since"] = moment
    if event == 0:
        fields["created_at"] = moment
    if ticket.closed_at:
        fields["closed_at"] = ticket.events.filter(kind="closed").latest("created_at").created_at
    Ticket.objects.filter(pk=ticket.pk).update(**fields)
    Survey.objects.filter(ticket=ticket, answered_at__isnull=False).update(asked_at=moment, due_at=moment, answered_at=moment)
    keep_standing([ticket.customer_id])
