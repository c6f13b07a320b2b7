"""What the ticket's page says of its survey and of the ratings of its answers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from surveys.asking import ask_due
from surveys.building import save_question
from surveys.choices import QuestionKind
from surveys.helping import rate_answer
from surveys.models import Survey, SurveyQuestion
from surveys.services import answer_survey
from tests.make import fresh, make_message, make_ticket
from tickets.services.lifecycle import close_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(support, kasia):
    return make_ticket("The grinder rattles", department=support, customer=kasia)


def shown(desk, ticket):
    return desk.get(f"/desk/tickets/{ticket.number}/").content.decode()


def ask_later():
    Survey.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    ask_due()


def test_when_and_how_the_customer_was_asked(desk, alice, ticket):
    close_ticket(ticket, by=alice)
    assert "Will be asked" in shown(desk, ticket)

    ask_later()
    assert "Asked by e-mail" in shown(desk, ticket)


def test_why_nobody_was_asked(desk, alice, ticket, support, kasia, time_machine):
    close_ticket(ticket, by=alice)
    ask_later()
    time_machine.move_to(timezone.now() + timedelta(days=12))
    other = make_ticket("A cup", department=support, customer=kasia)
    close_ticket(other, by=alice)

    assert "Not asked: asked 12 days before." in shown(desk, other)


def test_a_ticket_the_clock_closed_says_so(desk, ticket):
    close_ticket(ticket)

    assert "Not asked: the ticket was closed automatically." in shown(desk, ticket)


def test_all_that_was_said_is_there_in_the_words_the_question_had(desk, alice, ticket):
    words = {"low_label": "", "high_label": ""}
    scale = save_question(
        SurveyQuestion(store=ticket.store),
        {"kind": QuestionKind.SCALE_10, "is_required": False, "label": "Would you recommend us?", "choices": [], **words},
        by=alice,
    )
    several = save_question(
        SurveyQuestion(store=ticket.store),
        {
            "kind": QuestionKind.SEVERAL, "is_required": False, "label": "What was good?", **words,
            "choices": [{"key": "fast", "label": {"en": "The speed"}}, {"key": "kind", "label": {"en": "The tone"}}],
        },
        by=alice,
    )  # fmt: skip
    close_ticket(ticket, by=alice)
    answer_survey(Survey.objects.get(), score=2, comment="<b>Slow</b>", answers={scale: 9, several: ["fast", "kind"]})
    answer_survey(Survey.objects.get(), score=4)
    changes = {"kind": QuestionKind.SCALE_10, "is_required": False, "label": "Other words", "choices": [], **words}
    save_question(fresh(scale), changes, by=alice)

    page = shown(desk, ticket)

    assert "Would you recommend us?" in page
    assert "Other words" not in page
    assert "9 of 10" in page
    assert "The speed · The tone" in page
    assert "&lt;b&gt;Slow&lt;/b&gt;" in page
    assert "before: 2 of 5" in page


def test_the_rating_of_an_answer_stands_at_it(desk, alice, ticket):
    answer = make_message(ticket, "Turn the burr.", by=alice)
    rate_answer(answer, score=1, comment="It is the <i>other</i> one.")

    page = shown(desk, ticket)

    assert "Did this answer help?" in page
    assert "It is the &lt;i&gt;other&lt;/i&gt; one." in page
