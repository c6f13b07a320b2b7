"""How yesterday went for one person, in a few numbers that each say what they count. One query, over one day of one person."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from statistics import median

from django.db.models import CharField, DateTimeField, F, IntegerField, Value
from django.db.models.functions import Cast

from common.moments import current_reader, reader_today
from common.prepared import Prepared
from surveys.models import Survey
from tickets.choices import Kind
from tickets.models import TicketEvent

#: More than anybody does in a day.
MOST = 2000


@dataclass
class Yesterday:
    """`answered`, `closed`: how many; `first_answer`: the median span until our first word, or None; `ratings`: the scores, `rating`: their mean."""

    day: object
    answered: int = 0
    closed: int = 0
    first_answer: timedelta | None = None
    ratings: int = 0
    rating: float | None = None

    @property
    def is_empty(self):
        return not (self.answered or self.closed or self.ratings)


def yesterday_of(user):
    """The day before the reader's today, from midnight to midnight where they live."""
    zone, day = current_reader().zone, reader_today() - timedelta(days=1)
    span = (datetime.combine(day, time.min, zone), datetime.combine(day + timedelta(days=1), time.min, zone))
    found, spans, scores = Yesterday(day), [], []
    for kind, said_at, first_at, opened_at, score in _done(user=user.pk, begin=span[0], end=span[1]):
        if kind == Kind.CLOSED:
            found.closed += 1
        elif kind == Kind.STAFF_REPLIED:
            found.answered += 1
            if said_at and said_at == first_at:
                spans.append(first_at - opened_at)
        else:
            scores.append(score)
    found.first_answer = median(spans) if spans else None
    found.ratings, found.rating = len(scores), sum(scores) / len(scores) if scores else None
    return found


@Prepared
def _done(user, begin, end):
    done = TicketEvent.objects.filter(actor=user, created_at__gte=begin, created_at__lt=end, by_customer=False)
    done = done.filter(kind__in=[Kind.STAFF_REPLIED, Kind.CLOSED]).order_by()
    done = done.values_list(
        "kind",
        "message__created_at",
        F("ticket__first_answered_at"),
        F("ticket__created_at"),
        Value(0, output_field=IntegerField()),
    )
    rated = Survey.objects.filter(answered_at__gte=begin, answered_at__lt=end, ticket__assignee=user).order_by()
    rated = rated.values_list(
        Cast(Value("rated"), CharField()),
        Cast(F("answered_at"), DateTimeField()),
        F("ticket__first_answered_at"),
        F("ticket__created_at"),
        F("score"),
    )
    return done.union(rated, all=True)[:MOST]
