"""A report in the parts that its page shows and its files hold: numbers with their words, never a query more."""

from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.reports.choosing import department_names
from backoffice.reports.words import HELPED, SCORES, nobody, of_five
from common.numbers import format_number
from reports import definitions as said
from reports.charts.bars import bars_of
from reports.charts.line import Line, Point
from reports.periods import mark_words, step_words
from reports.ratings import DEPARTMENT, PERSON
from reports.tallies import Part, Tally, change_of_score, change_of_share, score_words, share_words
from surveys.choices import Helped


@dataclass(frozen=True)
class Sum:
    """One of the numbers at the top: what it is, how much, of what (in words), against the period before, the list behind it."""

    measure: object
    words: str
    rest: str
    change: object
    url: str = ""


@dataclass
class Row:
    """One person or department: the ratings now and before, and the surveys sent."""

    key: int | None
    label: str
    now: Tally
    before: Tally
    asked: Part
    url: str = ""
    answers_url: str = ""

    @property
    def change(self):
        return change_of_score(self.now.mean, self.before.mean)


@dataclass
class Names:
    """{id: name} of those a report is about: people who rated tickets belonged to, departments."""

    people: dict = field(default_factory=dict)
    departments: dict = field(default_factory=dict)

    @classmethod
    def of(cls, ratings):
        """One query, for people."""
        ids = {pk for side in (ratings.now, ratings.before) for part in (side.parts, side.asked_parts) for pk in part[PERSON]} - {None}
        people = {person.pk: str(person) for person in get_user_model().objects.filter(pk__in=ids)} if ids else {}
        return cls(people, {pk: str(name) for pk, name in department_names().items()})


def sums_of(ratings, answers_url=""):
    now, before = ratings.now, ratings.before
    number = now.score.number
    asked = ngettext("%(done)s of %(number)s survey", "%(done)s of %(number)s surveys", now.asked.number)
    given = ngettext("%(number)s rating", "%(number)s ratings", number) % {"number": format_number(number)}
    marked = ngettext("%(number)s answer marked", "%(number)s answers marked", now.helped.number)
    return [
        Sum(said.SCORE, of_five(now.score.mean), given, change_of_score(now.score.mean, before.score.mean), answers_url),
        Sum(said.SATISFIED, share_words(now.score.good), given, change_of_share(now.score.good, before.score.good), answers_url),
        Sum(
            said.RESPONSE,
            share_words(now.asked.share),
            asked % {"done": format_number(now.asked.done), "number": format_number(now.asked.number)},
            change_of_share(now.asked.share, before.asked.share),
        ),
        Sum(
            said.HELPED,
            share_words(now.helped.good),
            marked % {"number": format_number(now.helped.number)},
            change_of_share(now.helped.good, before.helped.good),
        ),
    ]


def rows_of(ratings, part, names):
    """By name: whoever is rated best does not stand on top. Those who were only asked about have a row as well."""
    now, before, asked = ratings.now.parts[part], ratings.before.parts[part], ratings.now.asked_parts[part]
    labels = names.people if part == PERSON else names.departments
    rows = [
        Row(
            key,
            labels.get(key) or (nobody() if part == PERSON else "–"),
            now.get(key, Tally()),
            before.get(key, Tally()),
            asked.get(key, Part()),
        )
        for key in {*now, *asked}
    ]
    return sorted(rows, key=lambda row: (row.key is None, row.label.casefold(), row.key or 0))


def people_and_departments(ratings, names, choice, *, with_pages=True):
    """Both tables, each row with the list of its ratings, and people with their page."""
    people, departments = rows_of(ratings, PERSON, names), rows_of(ratings, DEPARTMENT, names)
    for row in people:
        if row.key and with_pages:
            row.url = choice.address("report_of_person", row.key, without=("person", "team"))
        row.answers_url = choice.address("rating_answers", person=row.key or "") if row.key else ""
    for row in departments:
        row.answers_url = choice.address("rating_answers", department=row.key)
    return people, departments


def line_of(ratings, step):
    """The mean of each step; where nobody answered, nothing is drawn."""
    points = [Point(mark_words(span, step), _mean(tally), tally.number, not tally.is_enough) for span, tally in ratings.steps]
    return Line(points)


def _mean(tally):
    """Also of a few: its point is drawn hollow, and its table says how many they are."""
    return sum(score * number for score, number in tally.counts.items()) / tally.number if tally.number else None


def line_says(ratings, step):
    """The line as one sentence, for who does not see it."""
    told = [(step_words(span, step), tally) for span, tally in ratings.steps if tally.is_enough]
    if not told:
        return _("The score over time: too few ratings in each step to say a mean.")
    (first, of_first), (last, of_last) = told[0], told[-1]
    means = [tally.mean for _label, tally in told]
    given = {
        "first": first, "first_score": score_words(of_first.mean), "last": last, "last_score": score_words(of_last.mean),
        "lowest": score_words(min(means)), "highest": score_words(max(means)),
    }  # fmt: skip
    return _("The score over time: %(first)s %(first_score)s, %(last)s %(last_score)s; lowest %(lowest)s, highest %(highest)s.") % given


def scores_of(tally, choice=None, **more):
    """The bars of 5 to 1."""
    return bars_of(
        (
            (str(words), tally.of(score), choice.address("rating_answers", score=score, **more) if choice else "", f"face-{score}")
            for score, words in SCORES.items()
        ),
        is_enough=tally.is_enough,
    )


def helped_of(tally):
    return bars_of(((str(Helped(score).label), tally.of(score), "", "") for score in HELPED), is_enough=tally.is_enough)


@dataclass(frozen=True)
class Question:
    """One of the owner's questions, as it is drawn: its bars or, of words, the list of them."""

    label: str
    number: int
    mean: str
    change: object
    bars: list
    url: str


def questions_of(answered, choice, **more):
    return [_question(each, choice.address("rating_answers", question=each.question.pk, **more) if choice else "") for each in answered]


def _question(answered, url):
    tally, bars, mean, change = answered.now, [], "", None
    if answered.is_scale:
        bars = bars_of(((format_number(number), tally.of(number), "", "") for number in answered.scale), is_enough=tally.is_enough)
        mean = _("%(mean)s of %(most)s") % {"mean": score_words(tally.mean), "most": format_number(answered.scale[-1])}
        change = change_of_score(tally.mean, answered.before.mean)
    elif not answered.is_text:
        bars = bars_of(((words, times, "", "") for words, times in answered.chosen), is_enough=answered.number >= said.FEWEST)
    return Question(str(answered.question), answered.number, mean, change, bars, url)


def few_words():
    return said.FEW % {"number": format_number(said.FEWEST)}
