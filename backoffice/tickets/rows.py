"""Tickets as the lists show them: with a name the reader may know, and what the time column says."""

from datetime import timedelta

from django.utils import timezone

from backoffice.tickets.due import due_words
from common.moments import current_reader, format_moment
from common.text import excerpt
from custom_fields.kinds import kind_of
from tickets.covering import cover_ticket, tags_before

#: What a chip has room for.
CHIP = 32


def dress(tickets, known_stores, fields=()):
    """Give each ticket `customer_words`, `when`, `when_tone`, `when_at` and `chips` for its row; cover those whose customer is not to be known.

    `fields`: those of the owner that the reader may see; the chips are what stands in those that lists show. `tag_chips`: its tags.
    """
    shown = [(field, field.pk, str(field.pk)) for field in fields if field.in_lists and not field.is_secret]
    told, reader = {}, current_reader()
    for ticket in tickets:
        mask = known_stores.mask(ticket)
        ticket.chips = chips_of(ticket, shown, mask, told) if shown and ticket.fields else []
        cover_ticket(ticket, mask)
        ticket.tag_chips = tags_before(ticket)
        ticket.customer_words = str(ticket.customer)
        ticket.when_tone = ""
        if ticket.snoozed_until:
            ticket.when_at = ticket.snoozed_until
            ticket.when = due_words(max(ticket.snoozed_until, timezone.now() + timedelta(minutes=1)), reader)[0]
        elif ticket.answer_due_at:
            ticket.when_at = ticket.answer_due_at
            ticket.when, ticket.when_tone = due_words(ticket.answer_due_at, reader)
        elif ticket.closed_at:
            ticket.when_at = ticket.closed_at
            ticket.when = format_moment(ticket.closed_at, "day", reader)
        else:
            ticket.when_at = ticket.last_message_at
            ticket.when = format_moment(ticket.last_message_at, "ago", reader)
    return tickets


def chips_of(ticket, fields, mask, told):
    """[(what the field is called, what stands in it)], short, from what stands on the ticket's own row. `fields`: [(field, id, id as text)].

    `told`: what was told of other rows of the same list. Many have the same answer.
    """
    chips = []
    for field, pk, name in fields:
        plain = ticket.fields.get(name)
        if plain is None:
            continue
        key = pk, str(plain)
        if key not in told:
            kind = kind_of(field)
            words = str(kind.words(field, kind.from_plain(plain)))
            told[key] = str(field.label), words, excerpt(words, CHIP)
        label, words, short = told[key]
        chips.append((label, excerpt(mask.text(words), CHIP) if mask.covers else short))
    return chips
