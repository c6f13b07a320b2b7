"""The tables of the report as plain rows, for files. Means and shares are numbers; where too few answered the cell is empty."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from backoffice.reports.parts import Names, rows_of
from backoffice.reports.words import HELPED, SCORES
from reports import definitions as said
from reports.periods import step_words
from reports.questions import read_questions
from reports.ratings import DEPARTMENT, PERSON, read_ratings
from surveys.choices import Helped


@dataclass(frozen=True)
class Table:
    head: list
    rows: list


def _number(value, decimals):
    return None if value is None else round(value, decimals)


def _cells(tally):
    return [tally.number, _number(tally.mean, 2), _number(tally.good, 1)]


def _measures(*measures):
    return [str(measure.name) for measure in measures]


def _read(scope, choice):
    return read_ratings(scope, choice.period, choice.step)


def _by(part, what):
    def table(scope, choice):
        ratings = _read(scope, choice)
        head = [str(what), *_measures(said.ANSWERS, said.SCORE, said.SATISFIED, said.ASKED, said.RESPONSE)]
        before = [_("%(what)s, period before") % {"what": words} for words in _measures(said.ANSWERS, said.SCORE)]
        rows = [
            [row.label, *_cells(row.now), row.asked.number, _number(row.asked.share, 1), row.before.number, _number(row.before.mean, 2)]
            for row in rows_of(ratings, part, Names.of(ratings))
        ]
        return Table([*head, *before], rows)

    return table


def _over_time(scope, choice):
    ratings = _read(scope, choice)
    head = [_("From"), _("To"), _("Days"), *_measures(said.ANSWERS, said.SCORE, said.SATISFIED)]
    return Table(head, [[span.first, span.last, step_words(span, choice.step), *_cells(tally)] for span, tally in ratings.steps])


def _scores(scope, choice):
    ratings = _read(scope, choice)
    now, before = ratings.now.score, ratings.before.score
    head = [pgettext("report", "Score"), _("In words"), *_measures(said.ANSWERS), str(said.BEFORE.name)]
    return Table(head, [[score, str(words), now.of(score), before.of(score)] for score, words in SCORES.items()])


def _helped(scope, choice):
    ratings = _read(scope, choice)
    now, before = ratings.now.helped, ratings.before.helped
    head = [_("Did this answer help?"), *_measures(said.MARKED), str(said.BEFORE.name)]
    return Table(head, [[str(Helped(score).label), now.of(score), before.of(score)] for score in HELPED])


def _questions(scope, choice):
    """A row for each answer that could be chosen; of words only how many wrote some."""
    rows = []
    for answered in read_questions(scope, choice.period):
        asked = str(answered.question)
        if answered.is_scale:
            rows += [[asked, number, answered.now.of(number)] for number in answered.scale]
        elif answered.is_text:
            rows.append([asked, _("in words"), answered.number])
        else:
            rows += [[asked, words, times] for words, times in answered.chosen]
    return Table([_("Question"), _("Answer"), _("How often")], rows)


#: {what the address says: the table}
TABLES = {
    "people": _by(PERSON, said.WHO),
    "departments": _by(DEPARTMENT, said.WHERE),
    "time": _over_time,
    "scores": _scores,
    "helped": _helped,
    "questions": _questions,
}
