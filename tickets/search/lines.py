"""Why a ticket was found: the line of what was said around a hit."""

from functools import cache

from django.db.models import F, Window
from django.db.models.functions import Left, RowNumber

from common.prepared import Prepared
from tickets.models import Message

#: So many of a ticket's newest messages are looked through, and so much of each.
MESSAGES, LETTERS = 20, 4_000
#: What is not read of a text that was cut: half a telephone number is no number to whoever covers it.
_EDGE = 100


#: How many tickets one question holds, as many as a page of a list.
LENGTH = 50


def lines_of(tickets, hits, messages, *, mask_of=None):
    """{id: (the line that holds most of the words, marked; the kind of its message)}. One query for a page.

    `messages`: a function that gives those the reader may read, of any ticket; `mask_of(ticket)`: what has to be covered in them.
    """
    by_id = {ticket.pk: ticket for ticket in tickets}
    if not by_id or not hits:
        return {}
    best, lines = {}, {}
    for pk, kind, words in _said_in(list(by_id), messages):
        # Counted first as it was written, to see whether it is worth covering; what counts was found in the covered words.
        before = best.get(pk, 0)
        if before == len(hits) or hits.count(words) <= before:
            continue
        if mask_of:
            words = mask_of(by_id[pk]).text(words)[: -_EDGE if len(words) == LETTERS else None]
        number = hits.count(words)
        if number > before:
            best[pk], lines[pk] = number, (hits.line(words), kind)
    return lines


def _said_in(ids, messages):
    """(ticket, kind, words) of their newest messages, newest first."""
    said = _newest(messages)
    for start in range(0, len(ids), LENGTH):
        some = ids[start : start + LENGTH]
        yield from said(**{f"id{place}": some[min(place, len(some) - 1)] for place in range(LENGTH)})


@cache
def _newest(messages):
    place = Window(RowNumber(), partition_by="ticket", order_by=[F("created_at").desc(), F("pk").desc()])

    @Prepared
    def said(**ids):
        newest = messages().filter(ticket__in=list(ids.values())).annotate(place=place).filter(place__lte=MESSAGES)
        words = Message.objects.filter(pk__in=newest.values("pk")).annotate(words=Left("body_text", LETTERS))
        return words.order_by("-created_at", "-pk").values_list("ticket", "kind", "words")

    return said
