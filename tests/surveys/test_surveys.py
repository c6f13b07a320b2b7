from datetime import timedelta

import pytest
from django.utils import timezone

from common.links import LinkExpired, LinkInvalid
from notifications.choices import Channel
from notifications.models import Delivery
from surveys.models import Survey
from surveys.services import SurveyIsOver, answer_survey, survey_behind, token_for
from tests.make import fresh, make_department, make_staff, make_ticket
from tickets.services.lifecycle import close_ticket, reopen_ticket, reply_as_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket():
    return make_ticket(department=make_department("Support"))


@pytest.fixture
def survey(ticket):
    close_ticket(ticket, by=make_staff("Alice", ticket.department))
    return Survey.objects.get()


def test_closing_plans_a_question_for_later(ticket):
    ticket.store.survey_delay_minutes = 90
    ticket.store.save()

    close_ticket(ticket, by=make_staff("Alice", ticket.department))

    survey = Survey.objects.get()
    assert survey.due_at == survey.event.created_at + timedelta(minutes=90)
    assert list(Survey.objects.due()) == []


def test_a_status_that_asks_for_no_rating_plans_nothing(ticket):
    ticket.department.workflow.statuses.update(asks_for_survey=False)

    close_ticket(ticket, by=make_staff("Alice", ticket.department))

    assert not Survey.objects.exists()


def test_reopening_withdraws_the_question_and_its_link(survey, ticket):
    token = token_for(survey)
    reopen_ticket(ticket)

    assert fresh(survey).is_withdrawn
    with pytest.raises(SurveyIsOver):
        survey_behind(token)


def test_the_link_opens_the_survey_and_an_altered_one_does_not(survey):
    token = token_for(survey)

    assert survey_behind(token) == survey
    with pytest.raises(LinkInvalid):
        survey_behind(token[:-2] + "zz")
    with pytest.raises(LinkInvalid):
        survey_behind("")


def test_the_link_ends(survey, time_machine):
    token = token_for(survey)
    time_machine.move_to(timezone.now() + timedelta(days=61))

    with pytest.raises(LinkExpired):
        survey_behind(token)


def test_an_answer_stands_on_the_ticket_and_may_be_changed_for_a_week(survey, ticket, time_machine):
    answer_survey(survey, score=2, comment="Slow.")
    answer_survey(survey, score=4, comment="Slow, but good.")
    assert (fresh(survey).score, fresh(survey).comment) == (4, "Slow, but good.")
    assert fresh(ticket).rating == 4

    time_machine.move_to(timezone.now() + timedelta(days=8))
    with pytest.raises(SurveyIsOver):
        answer_survey(survey, score=1)
    assert fresh(ticket).rating == 4


def test_the_same_answer_twice_is_told_once(survey, ticket):
    answer_survey(survey, score=5)
    answer_survey(survey, score=5)

    assert ticket.events.filter(kind="rated").count() == 1


def test_due_questions_are_asked_once(survey, ticket, customer_mails):
    from surveys.asking import ask_due

    Survey.objects.update(due_at=timezone.now() - timedelta(minutes=1))

    assert ask_due() == 1
    assert ask_due() == 0
    assert len(customer_mails("survey")) == 1


def test_a_ticket_that_goes_on_is_not_asked_about(survey, ticket, customer_mails):
    from surveys.asking import ask_due

    Survey.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    reply_as_customer(ticket, text="It rattles again.")

    assert ask_due() == 0
    assert customer_mails("survey") == []


@pytest.fixture
def customer_mails(ticket):
    return lambda template: list(Delivery.objects.filter(ticket=ticket, template=template, channel=Channel.MAIL))


def test_the_assignee_is_told_of_the_rating(ticket):
    alice = make_staff("Alice", ticket.department)
    type(ticket).objects.filter(pk=ticket.pk).update(assignee=alice)
    close_ticket(ticket, by=alice)

    answer_survey(Survey.objects.get(), score=4, comment="Quick.")

    assert Delivery.objects.filter(user=alice, template="rated").exists()
