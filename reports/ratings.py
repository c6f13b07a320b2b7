"""What the ratings of a period say, beside those of the period before: as a whole, by person, by department, over time."""

from dataclasses import dataclass, field

from django.db.models import Case, IntegerField, Q, Value, When

from reports.counting import grouped, with_steps
from reports.tallies import Part, Tally
from surveys.choices import Helped
from surveys.models import AnswerRating, Survey

PERSON, DEPARTMENT = "person", "department"


@dataclass
class Side:
    """The ratings of one period: as a whole and by {person id or None}, {department id}; `asked`, the surveys sent, in the same parts."""

    score: Tally = field(default_factory=Tally)
    parts: dict = field(default_factory=lambda: {PERSON: {}, DEPARTMENT: {}})
    asked: Part = Part()
    asked_parts: dict = field(default_factory=lambda: {PERSON: {}, DEPARTMENT: {}})
    helped: Tally = field(default_factory=lambda: Tally(good_from=Helped.YES))


@dataclass
class Ratings:
    """`steps`: [(span, Tally)] in the order of time."""

    now: Side
    before: Side
    steps: list

    @property
    def is_empty(self):
        """Whether there is nothing at all to tell of this period."""
        return not (self.now.score.number or self.now.asked.number or self.now.helped.number)


def read_ratings(scope, period, step):
    """Three statements, each of which reads its rows once."""
    spans = period.steps(step)
    now, before = Side(), Side()
    rated = _rated(scope, period, spans)
    for is_now, side in ((True, now), (False, before)):
        side.score = Tally(rated["all"].get((0, is_now), {}))
        for name in side.parts:
            side.parts[name] = {key: Tally(counts) for (key, of_now), counts in rated[name].items() if of_now is is_now}
    _asked(scope, period, now, before)
    _helped(scope, period, now, before)
    steps = [(span, Tally(rated["step"].get((n, True), {}))) for n, span in enumerate(spans)]
    return Ratings(now, before, steps)


def _rated(scope, period, spans):
    rows = with_steps(scope.narrow(Survey.objects.answered().filter(score__isnull=False)), "answered_at", period, spans)
    return grouped(rows, {"all": "", PERSON: "person_id", DEPARTMENT: "department_id", "step": "step"}, value="score")


def _asked(scope, period, now, before):
    is_answered = Case(When(Q(answered_at__isnull=False), then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = with_steps(scope.narrow(Survey.objects.asked()), "asked_at", period, [period.span]).annotate(is_answered=is_answered)
    found = grouped(rows, {"all": "", PERSON: "person_id", DEPARTMENT: "department_id"}, value="is_answered")
    for is_now, side in ((True, now), (False, before)):
        side.asked = _part(found["all"].get((0, is_now), {}))
        for name in side.asked_parts:
            side.asked_parts[name] = {key: _part(counts) for (key, of_now), counts in found[name].items() if of_now is is_now}


def _part(counts):
    return Part(counts.get(0, 0) + counts.get(1, 0), counts.get(1, 0))


def _helped(scope, period, now, before):
    rows = with_steps(scope.narrow(AnswerRating.objects.all()), "answered_at", period, [period.span])
    found = grouped(rows, {"all": ""}, value="score")["all"]
    now.helped, before.helped = (Tally(found.get((0, is_now), {}), good_from=Helped.YES) for is_now in (True, False))


def comments_of(scope, period, *, score=None, question=None, only_comments=False):
    """Answered surveys of the period as a list reads them, those alone whose ticket the reader may see."""
    rows = Survey.objects.answered().filter(answered_at__gte=period.span.begin, answered_at__lt=period.span.end)
    rows = scope.narrow(rows, seen_only=True)
    rows = rows.filter(score=score) if score else rows.filter(score__isnull=False)
    rows = rows.filter(answers__question=question) if question else rows
    return rows.exclude(comment="") if only_comments else rows
