"""“Why?” in plain words, each reason with its way."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from permissions.rights import DepartmentRight, RoleKey
from permissions.services import grant, grant_role
from tests.make import make_department, make_staff, make_ticket, ticket_now
from tickets.access import QUESTIONS, TicketAccess
from tickets.choices import ShareRight
from tickets.explaining import HEADLINES, QUESTION_NAMES, explain
from tickets.models import TicketShare

pytestmark = pytest.mark.django_db


@pytest.fixture
def repairs():
    return make_department("Repairs")


@pytest.fixture
def ticket(repairs):
    return ticket_now(make_ticket("A secret subject", department=repairs))


@pytest.fixture
def dan():
    return make_staff("Dan Mazur", sees_customers=False)


def asked(person, ticket, question="view"):
    explanation = explain(TicketAccess(person, ticket).decide(question), person=person, ticket=ticket)
    return explanation, [line.words.replace("\u2068", "").replace("\u2069", "") for line in explanation.lines]


def test_what_is_missing_is_said_by_name(dan, ticket):
    explanation, words = asked(dan, ticket)

    assert not explanation.is_yes
    assert words[0] == "The department Repairs is not given to Dan Mazur, nor to a team of theirs."
    assert words[1].startswith("The status New is not given to Dan Mazur")
    assert explanation.lines[0].way == ("department", ticket.department_id, DepartmentRight.VIEW)


def test_each_reason_tells_its_team_its_role_and_its_end(dan, repairs, ticket):
    team = Group.objects.create(name="Workshop")
    dan.groups.add(team)
    grant_role(team, repairs, RoleKey.OBSERVER)
    grant(dan, DepartmentRight.REPLY, repairs, ends_at=timezone.now() + timedelta(days=2))

    explanation, words = asked(dan, ticket, "reply")

    assert explanation.is_yes and explanation.headline.endswith("may answer this ticket.")
    assert "through the team Workshop, which has the role Observer" in words[0]
    assert "It holds for the whole workflow." in words[1]
    assert "given to Dan Mazur directly. It ends:" in words[2]


def test_a_share_is_told_as_the_exception_it_is(dan, ticket):
    TicketShare.objects.create(ticket=ticket, user=dan, right=ShareRight.SEE)

    explanation, words = asked(dan, ticket)

    assert explanation.is_yes and all(line.is_met for line in explanation.lines)
    assert "But the ticket was shared with Dan Mazur." in words[0]


def test_every_question_has_its_words_and_none_tells_what_the_ticket_is_about(dan, ticket):
    assert set(QUESTION_NAMES) == set(QUESTIONS)
    for question in QUESTIONS:
        explanation, words = asked(dan, ticket, question)
        assert question in HEADLINES
        assert "secret" not in " ".join([explanation.headline, *words])


def test_a_long_explanation_costs_few_queries(dan, repairs, ticket, django_assert_max_num_queries):
    for name in ("One", "Two", "Three"):
        team = Group.objects.create(name=name)
        dan.groups.add(team)
        grant_role(team, repairs, RoleKey.SENIOR)

    with django_assert_max_num_queries(3):
        asked(dan, ticket, "share")
