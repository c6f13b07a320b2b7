"""Ratings as rows, for reports: what the services would have written, at the moments a test wants."""

from datetime import UTC, datetime, timedelta

from surveys.choices import Helped
from surveys.models import AnswerRating, Survey, SurveyAnswer, SurveyQuestion, Wording
from tests.make import make_ticket
from tickets.choices import Kind, MessageKind
from tickets.models import Message, TicketEvent

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)


def make_survey(ticket=None, *, score=None, at=NOON, asked_at=None, person=None, comment="", **fields):
    """A survey that was sent at `asked_at` (a day before the answer) and, with a score, answered `at`."""
    ticket = ticket or make_ticket()
    asked_at = asked_at or at - timedelta(days=1)
    event = TicketEvent.objects.create(ticket=ticket, kind=Kind.CLOSED, created_at=asked_at)
    given = {
        "store": ticket.store, "department": ticket.department, "person": person, "language": ticket.language,
        "due_at": asked_at, "asked_at": asked_at, "answered_at": at if score else None, "score": score, "comment": comment,
    }  # fmt: skip
    return Survey.objects.create(ticket=ticket, event=event, **(given | fields))


def make_answer_rating(ticket, *, helped=Helped.YES, at=NOON, person=None):
    message = Message.objects.create(ticket=ticket, kind=MessageKind.REPLY, author=person, body_text="Done.", created_at=at)
    return AnswerRating.objects.create(
        message=message, ticket=ticket, store=ticket.store, department=ticket.department, person=person, language=ticket.language,
        score=helped, answered_at=at,
    )  # fmt: skip


def make_question(store, kind, label="How fast were we?", *, choices=(), **fields):
    question = SurveyQuestion.objects.create(store=store, kind=kind, **fields)
    listed = [{"key": key, "label": {"en": words}} for key, words in choices]
    question.wording = Wording.objects.create(question=question, label=label, choices=listed)
    question.save()
    return question


def make_said(survey, question, **said):
    return SurveyAnswer.objects.create(survey=survey, question=question, wording=question.wording, **said)
