"""What surveys say of one ticket, as annotations of its row, so that the ticket's page asks nothing more. `read_*` make rows of them again."""

import json
from datetime import UTC, datetime

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from i18nfield.strings import LazyI18nString

from surveys.choices import QuestionKind
from surveys.models import AnswerRating, Survey, SurveyAnswer
from surveys.models.question import Wording
from tickets.models.tag import ListedAsJson

_MOMENTS = ("due_at", "asked_at", "withdrawn_at", "asked_before_at", "answered_at", "changed_at")
_PLAIN = ("id", "asked_by", "why_not", "score", "first_score", "comment")


def survey_annotations():
    """{name: annotation} of a ticket's surveys, of what they answered, and of the ratings of its answers."""
    surveys = Survey.objects.filter(ticket=OuterRef("pk")).order_by().values("ticket")
    answers = SurveyAnswer.objects.filter(survey__ticket=OuterRef("pk")).order_by().values("survey__ticket")
    helped = AnswerRating.objects.filter(ticket=OuterRef("pk")).order_by().values("ticket")
    names = {name: name for name in (*_PLAIN, *_MOMENTS)}
    answer = {"survey": "survey_id", "number": "number", "chosen": "chosen", "text": "text", "kind": "question__kind"}
    answer |= {"place": "question__position", "label": "wording__label", "choices": "wording__choices"}
    return {
        "survey_rows": _listed(surveys, names),
        "survey_answer_rows": _listed(answers, answer),
        "helped_rows": _listed(helped, {"message": "message_id", "score": "score", "comment": "comment"}),
    }


def _listed(rows, names):
    return Subquery(rows.annotate(listed=ListedAsJson(JSONObject(**names))).values("listed"))


def read_surveys(ticket):
    """[Survey], the newest first."""
    found = []
    for row in ticket.__dict__.get("survey_rows") or ():
        moments = {name: _moment(row[name]) for name in _MOMENTS}
        found.append(Survey(ticket_id=ticket.pk, **{name: row[name] for name in _PLAIN}, **moments))
    return sorted(found, key=lambda survey: -survey.pk)


def read_answers(ticket, survey):
    """[(question, answer)] of one survey in words: the question's as they were when it was answered. A scale tells where it ends."""
    rows = [row for row in ticket.__dict__.get("survey_answer_rows") or () if row["survey"] == survey.pk]
    return [(str(LazyI18nString(row["label"])), _in_words(row), row["kind"]) for row in sorted(rows, key=lambda row: row["place"])]


def _in_words(row):
    if row["kind"] == QuestionKind.TEXT:
        return row["text"]
    if row["number"] is not None:
        return row["number"]
    wording = Wording(choices=_plain(row["choices"]))
    return [str(wording.words_of(key)) for key in _plain(row["chosen"])]


def _plain(value):
    """SQLite hands JSON inside of JSON out as text."""
    return json.loads(value) if isinstance(value, str) else value or []


def read_helped(ticket):
    """{message id: (score, comment)}"""
    return {row["message"]: (row["score"], row["comment"]) for row in ticket.__dict__.get("helped_rows") or ()}


def _moment(text):
    moment = datetime.fromisoformat(text) if text else None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
