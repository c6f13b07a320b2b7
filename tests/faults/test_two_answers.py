"""One customer answers twice in the same moment, by a double click or from two devices: one answer is kept, the second is a change of it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from stores.models import Store
from surveys.building import save_question
from surveys.choices import QuestionKind
from surveys.helping import rate_answer
from surveys.models import AnswerRating, Survey, SurveyAnswer, SurveyQuestion
from surveys.services import answer_survey, token_for
from tests.make import fresh, make_customer, make_department, make_message, make_staff, make_ticket
from tickets.choices import Kind
from tickets.models import TicketEvent
from tickets.services.lifecycle import close_ticket

ROUNDS = 3

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """What each call answered; all of them begin behind one barrier."""
    barrier = threading.Barrier(len(calls))

    def do(call):
        barrier.wait(20)
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(do, calls))


@pytest.fixture
def support():
    return make_department("Support")


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


@pytest.fixture
def kasia():
    return make_customer("Kasia", account=False)


@pytest.fixture
def ask(support, alice, kasia):
    """A survey after one more closing."""

    def ask():
        Survey.objects.all().delete()
        ticket = make_ticket("The grinder rattles", customer=kasia, department=support)
        make_message(ticket, "Turn the burr.", by=alice)
        close_ticket(ticket, by=alice)
        return Survey.objects.get(ticket=ticket)

    return ask


@pytest.fixture
def question(support, alice):
    words = {"label": "What else?", "low_label": "", "high_label": "", "choices": []}
    row = SurveyQuestion(store=Store.objects.get(), department=None)
    return save_question(row, {"kind": QuestionKind.TEXT, "is_required": False, **words}, by=alice)


def ratings(survey):
    return TicketEvent.objects.filter(ticket=survey.ticket, kind=Kind.RATED)


def test_of_two_answers_at_once_one_is_kept_and_the_other_changed_it(ask, question):
    for _ in range(ROUNDS):
        survey = ask()

        at_once(
            lambda survey=survey: answer_survey(survey, score=1, comment="Slow.", answers={question: "The wait"}),
            lambda survey=survey: answer_survey(survey, score=2, comment="Meh.", answers={question: "The tone"}),
        )

        kept, said = fresh(survey), SurveyAnswer.objects.get(survey=survey)
        assert (kept.score, kept.comment, said.text) in {(1, "Slow.", "The wait"), (2, "Meh.", "The tone")}
        assert {kept.score, kept.first_score} == {1, 2}
        assert kept.changed_at > kept.answered_at
        assert fresh(survey.ticket).rating == kept.score
        lines = list(ratings(survey).order_by("pk").values_list("details", flat=True))
        assert [line["before"] for line in lines] == [None, kept.first_score]
        assert [bool(line.get("is_bad")) for line in lines] == [True, False], "whoever is responsible hears of it once"


def test_a_double_click_is_one_answer_with_one_line_of_history(ask):
    for _ in range(ROUNDS):
        survey = ask()

        def click(survey=survey):
            return Client().post(f"/survey/{token_for(survey)}/", {"score": "5"}).status_code

        assert at_once(click, click) == [302, 302]

        assert (fresh(survey).score, fresh(survey).first_score, fresh(survey).changed_at) == (5, None, None)
        assert ratings(survey).count() == 1


def test_of_two_pages_sent_at_once_both_see_the_same_answer_afterwards(ask):
    survey = ask()
    address = f"/survey/{token_for(survey)}/"

    def send(score):
        return lambda: Client().post(address, {"whole": "1", "score": score, "comment": f"I say {score}"}).status_code

    assert at_once(send("4"), send("5")) == [302, 302]

    kept = fresh(survey)
    assert kept.comment == f"I say {kept.score}"
    assert {kept.score, kept.first_score} == {4, 5}
    assert kept.comment in Client().get(address).content.decode()


def test_one_answer_of_staff_rated_twice_at_once_has_one_rating(ask, alice):
    for _ in range(ROUNDS):
        message = ask().ticket.messages.get(author=alice)

        at_once(lambda message=message: rate_answer(message, score=1), lambda message=message: rate_answer(message, score=3))

        rating = AnswerRating.objects.get(message=message)
        assert {rating.score, rating.first_score} == {1, 3}
