"""A ticket on paper: the facts, what was said, and notes only when they are asked for."""

from dataclasses import replace

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from backoffice.tickets.ways import find
from common.moments import GREGORIAN, JALALI, current_reader, format_moment
from common.templatetags.formats import isolate
from tickets.covering import cover_file, cover_message, tags_before
from tickets.field_values import fields_before, values_of

#: A longer talk is printed from its end.
MOST_MESSAGES = 500


@require_safe
def print_view(request, number):
    """As much as this reader may read. `?notes=1`: with the notes, each under its own head."""
    ticket, can = find(request, number)
    with_notes = request.GET.get("notes") == "1"
    messages = ticket.messages.for_thread(even_removed=True)
    messages = messages if with_notes else messages.shown_to_customer()
    newest = list(messages.order_by("-created_at", "-pk")[: MOST_MESSAGES + 1])
    customer = str(ticket.customer)
    held = values_of(ticket, request.user, fields=fields_before(ticket, request.user), may_answer=bool(can.can_reply))
    context = {
        "ticket": ticket,
        "customer_words": customer,
        "said": [_printed(message, ticket, customer) for message in newest[:MOST_MESSAGES][::-1]],
        "is_cut": len(newest) > MOST_MESSAGES,
        "with_notes": with_notes,
        "held": [row for row in held if row.is_there and not row.field.is_secret],
        "tags": tags_before(ticket),
        "opened": in_both_calendars(ticket.created_at),
        "closed": in_both_calendars(ticket.closed_at),
        "printed": in_both_calendars(timezone.now()),
    }
    return render(request, "backoffice/tickets/print.html", context)


def _printed(message, ticket, customer):
    cover_message(message, ticket.mask)
    message.files = [cover_file(one, ticket.mask, from_customer=message.is_from_customer) for one in message.attachments.all()]
    message.said_by = customer if message.is_from_customer else str(message.author or "")
    message.said_at = in_both_calendars(message.created_at)
    return message


def in_both_calendars(moment):
    """As the reader counts days, and in brackets as the other calendar does: paper goes from hand to hand."""
    if not moment:
        return ""
    reader = current_reader()
    other = replace(reader, calendar=GREGORIAN if reader.reads_jalali else JALALI)
    return f"{isolate(format_moment(moment, 'moment_full'))} ({isolate(format_moment(moment, 'day_long', other))})"
