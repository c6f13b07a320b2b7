"""Why a ticket was found: the line of what was said around a hit."""

from django.db.models import F, Window
from django.db.models.functions import Left, RowNumber

#: So many of a ticket's newest messages are looked through, and so much of each.
MESSAGES, LETTERS = 20, 4_000
#: What is not read of a text that was cut: half a telephone number is no number to whoever covers it.
_EDGE = 100


def lines_of(tickets, hits, messages, *, mask_of=None):
    """{id: (the line that holds most of the words, marked; the kind of its message)}. One query.

    `messages`: those the reader may read, of any ticket; `mask_of(ticket)`: what has to be covered in them.
    """
    by_id = {ticket.pk: ticket for ticket in tickets}
    if not by_id or not hits:
        return {}
    place = Window(RowNumber(), partition_by="ticket", order_by=[F("created_at").desc(), F("pk").desc()])
    newest = messages.filter(ticket__in=by_id).annotate(place=place).filter(place__lte=MESSAGES)
    said = messages.model.objects.filter(pk__in=newest.values("pk")).annotate(words=Left("body_text", LETTERS))
    best, lines = {}, {}
    for pk, kind, words in said.order_by("-created_at", "-pk").values_list("ticket", "kind", "words"):
        # Counted first as it was written, to see whether it is worth covering; what counts was found in the covered words.
        if hits.count(words) <= best.get(pk, 0):
            continue
        if mask_of:
            words = mask_of(by_id[pk]).text(words)[: -_EDGE if len(words) == LETTERS else None]
        number = hits.count(words)
        if number > best.get(pk, 0):
            best[pk], lines[pk] = number, (hits.line(words), kind)
    return lines
