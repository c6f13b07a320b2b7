"""What tickets are asked for on PostgreSQL: where the index leads to, and what their documents are asked besides."""

from django.db.models import Q

from common.fulltext.postgres import LeadingSyntax, Syntax
from common.fulltext.questions import leading_question, question_of_any_block
from common.fulltext.walking import Checked, LedTo, Walk
from common.fulltext.wanted import Wanted
from tickets.search.index import FIRST_ZONES, OPEN_ZONES, TICKETS, ZONES

#: From so many departments on, it is quicker to open the rows the words lead to than to look up what lies there.
FEW_PLACES = 4


def readings_of(known_stores, zones=None):
    """[(the zones somebody looks in, the stores where they do; None: everywhere)], the most zones last."""
    every = tuple(zone for zone in ZONES if zones is None or zone in zones)
    if known_stores is None:
        return [(every, None)]
    open_zones = tuple(zone for zone in every if zone in OPEN_ZONES)
    return [(open_zones, None)] + ([(every, sorted(known_stores))] if known_stores else [])


def narrowed(rows, wanted, *, known_stores, zones=None, places=None, besides=(), **_where):
    """The rows that a walk leads to and, where the index does not know all, whose documents answer. For common.fulltext.walking."""
    besides = besides if _are_few(places) else ()
    rows = rows.filter(LedTo(TICKETS, besides))
    readings = readings_of(known_stores, zones)
    if not _asks_documents(wanted, readings, besides):
        return rows
    answering = Q()
    for place, (_zones, stores) in enumerate(readings):
        checked = Checked(TICKETS, place)
        answering |= Q(checked) if stores is None else Q(checked, store__in=stores)
    return rows.filter(answering)


def walk_of(wanted, *, low, high, known_stores, zones=None, places=None, besides=(), only_first=False, not_first=False, **_where):
    """The questions of one section, in these ids. The rows say what may be seen; `places` only spare opening them."""
    places, besides = (places, besides) if _are_few(places) else (None, ())
    readings = readings_of(known_stores, zones)

    def looked_in(zones):
        first = TICKETS.letters_of([zone for zone in zones if zone in FIRST_ZONES])
        return {"letters": first if only_first else TICKETS.letters_of(zones), "outside": first if not_first else ""}

    widest, leading = looked_in(readings[-1][0]), wanted
    if len(readings) > 1:  # what is denied in all zones may be all right in fewer
        widest, leading = widest | {"outside": ""}, Wanted(wanted.terms)
    asked = leading_question(leading, places=places, syntax=LeadingSyntax, **widest)
    checked = ()
    if _asks_documents(wanted, readings, besides):
        checked = tuple(question_of_any_block(wanted, syntax=Syntax, **looked_in(zones)) for zones, _stores in readings)
    return Walk(asked, checked, low, high)


def _are_few(places):
    return places is not None and len(places) <= FEW_PLACES


def _asks_documents(wanted, readings, besides):
    """Whether the index alone does not know it: who looks where in which store, which words stand side by side, what lies elsewhere."""
    return len(readings) > 1 or bool(besides) or any(len(term.words) > 1 for term in (*wanted.terms, *wanted.without))
