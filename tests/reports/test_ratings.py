"""The numbers of a report against a count by hand, and what their reader may not see."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.moments import reading_as
from permissions.rights import DepartmentRight, RoleKey, StatusRight, StoreRight
from permissions.services import grant
from permissions.sight import Sight
from reports.periods import DAY, OWN, period_of
from reports.questions import read_questions
from reports.ratings import comments_of, read_ratings
from reports.scope import Scope
from reports.speed import first_answer_of
from surveys.choices import Helped, QuestionKind
from surveys.models import AnswerRating, Survey
from tests.make import give_all_but, make_customer, make_department, make_message, make_staff, make_store, make_team, make_ticket
from tests.reports.making import NOON, make_answer_rating, make_question, make_said, make_survey
from tickets.services.deleting import delete_ticket

pytestmark = pytest.mark.django_db


class Shop:
    """Two departments of a store and one of another, six people, and ratings thrown at random."""

    def __init__(self, dice):
        self.dice, self.store, self.other = dice, make_store(), make_store()
        self.departments = [make_department(name, store=self.store) for name in ("Support", "Sales")]
        self.departments.append(make_department("Elsewhere", store=self.other))
        self.people = [make_staff(f"Person {n}", sees_customers=False) for n in range(3)]
        self.team = make_team("Night shift", *self.people[:2])
        customer = make_customer()
        self.tickets = [make_ticket(department=department, customer=customer) for department in self.departments for _n in range(4)]
        for ticket in dice.sample(self.tickets, 4):
            closed = ticket.department.workflow.statuses.get(kind="closed")
            type(ticket).objects.filter(pk=ticket.pk).update(status=closed, closed_at=NOON)
        delete_ticket(self.tickets[0], by=self.people[0])
        for ticket in self.tickets:
            ticket.refresh_from_db()
        for _n in range(100):
            self._throw()
        support, sales, elsewhere = self.departments
        #: (what they see, where they read reports, their Sight)
        self.readers = [
            (departments, stores, Sight.of(manager(*departments, stores=stores)))
            for departments, stores in [
                ((support, sales, elsewhere), (self.store, self.other)),
                ((support, sales, elsewhere), (self.store,)),
                ((support,), (self.store, self.other)),
                ((sales, elsewhere), (self.other,)),
            ]
        ]

    def _throw(self):
        dice, ticket = self.dice, self.dice.choice(self.tickets)
        at = NOON - timedelta(hours=dice.randrange(24 * 80))
        person = dice.choice([*self.people, None])
        if dice.random() < 0.2:
            make_answer_rating(ticket, helped=dice.choice(Helped.values), at=at, person=person)
        else:
            asked_at = at - timedelta(hours=dice.randrange(100))
            make_survey(ticket, score=dice.choice([None, 1, 2, 3, 4, 5, 5]), at=at, asked_at=asked_at, person=person,
                        language=dice.choice(["en", "fa"]))  # fmt: skip


@pytest.fixture(scope="module")
def shop(django_db_setup, django_db_blocker):
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield Shop(random.Random(7))
        transaction.set_rollback(True)


def manager(*departments, stores=(), statuses=None):
    """Somebody who sees these departments, all their statuses or those named, and reports of the stores."""
    person = make_staff("Manager", sees_customers=False)
    for department in departments:
        grant(person, DepartmentRight.VIEW, department)
        for status in department.workflow.statuses.all() if statuses is None else statuses:
            grant(person, StatusRight.VIEW, status)
    for store in stores:
        grant(person, StoreRight.VIEW_REPORTS, store)
    return person


def by_hand(rows, moment, span, keep):
    return [row for row in rows if getattr(row, moment) and span.begin <= getattr(row, moment) < span.end and keep(row)]


def counts(rows):
    found = {}
    for row in rows:
        found[row.score] = found.get(row.score, 0) + 1
    return found


SPANS = st.tuples(st.integers(0, 70), st.integers(1, 40))


@given(
    days=SPANS, who=st.integers(0, 3), step=st.sampled_from(["day", "week", "month"]), language=st.sampled_from(["en", "fa"]),
    narrowed=st.sampled_from(["", "department", "person", "team", "language"]),
)  # fmt: skip
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_number_is_what_counting_by_hand_gives(shop, days, who, step, language, narrowed, db):
    departments, stores, sight = shop.readers[who]
    support = shop.departments[0]
    more = {"department": {"department": support.pk}, "person": {"person": shop.people[0].pk}, "team": {"team": shop.team.pk},
            "language": {"language": "fa"}}.get(narrowed, {})  # fmt: skip
    ago, length = days
    with reading_as(language=language, time_zone="Asia/Tehran"):
        last = NOON.date() - ago * DAY
        period = period_of(OWN, first=last - length * DAY, last=last)
        found = read_ratings(Scope.of(sight, **more), period, step)

        def keep(row):
            members = {person.pk for person in shop.people[:2]}
            return (
                row.store in stores
                and row.ticket.department in departments
                and row.ticket.deleted_at is None
                and (narrowed != "department" or row.department_id == support.pk)
                and (narrowed != "person" or row.person_id == shop.people[0].pk)
                and (narrowed != "team" or row.person_id in members)
                and (narrowed != "language" or row.language == "fa")
            )

        surveys, marks = list(Survey.objects.select_related("ticket__department", "store")), list(AnswerRating.objects.all())
        for span, side in ((period.span, found.now), (period.before, found.before)):
            rated = by_hand(surveys, "answered_at", span, keep)
            assert side.score.counts == counts(rated)
            for part, name in (("person", "person_id"), ("department", "department_id")):
                keys = {getattr(row, name) for row in rated}
                assert {key: tally.counts for key, tally in side.parts[part].items()} == {
                    key: counts(row for row in rated if getattr(row, name) == key) for key in keys
                }
            asked = by_hand(surveys, "asked_at", span, keep)
            assert (side.asked.number, side.asked.done) == (len(asked), sum(row.answered_at is not None for row in asked))
            assert side.helped.counts == counts(by_hand(marks, "answered_at", span, keep))
        assert [(span.first, tally.counts) for span, tally in found.steps] == [
            (span.first, counts(by_hand(surveys, "answered_at", span, keep))) for span in period.steps(step)
        ]


@pytest.fixture
def support():
    return make_department("Support", store=make_store())


def month():
    return period_of("month", date(2026, 3, 15))


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to(NOON + timedelta(hours=2), tick=False)


def test_a_ticket_in_a_status_that_is_closed_to_the_reader_is_not_counted(support):
    reader = make_staff("Reader", support, role=RoleKey.OBSERVER, sees_customers=False)
    grant(reader, StoreRight.VIEW_REPORTS, support.stores.get())
    ticket = make_ticket(department=support)
    make_survey(ticket, score=5, comment="Fine.")
    assert read_ratings(Scope.of(Sight.of(reader)), month(), "week").now.score.number == 1

    give_all_but(ticket.status, StatusRight.VIEW, reader)
    scope = Scope.of(Sight.of(reader))
    found = read_ratings(scope, month(), "week")
    assert found.is_empty
    assert not comments_of(scope, month()).exists()


def test_without_the_right_in_a_store_nothing_of_it_is_counted(support):
    reader = make_staff("Reader", support, role=RoleKey.OBSERVER, sees_customers=False)
    make_survey(make_ticket(department=support), score=5)

    assert read_ratings(Scope.of(Sight.of(reader)), month(), "week").is_empty


def test_ones_own_ratings_are_counted_whatever_one_may_see_and_their_words_are_not(support):
    alice = make_staff("Alice", support, sees_customers=False)
    seen, hidden = make_ticket(department=support), make_ticket(department=make_department("Sales"))
    for ticket in (seen, hidden):
        make_survey(ticket, score=4, person=alice, comment="Good.")
    make_survey(seen, score=1, comment="Of somebody else.")
    scope = Scope.own(Sight.of(alice))

    assert read_ratings(scope, month(), "week").now.score.counts == {4: 2}
    assert [row.ticket for row in comments_of(scope, month())] == [seen]


def test_questions_are_counted_by_what_was_answered(support):
    reader = manager(support, stores=support.stores.all())
    speed = make_question(support.stores.get(), QuestionKind.SCALE_5, position=1)
    reasons = make_question(
        support.stores.get(), QuestionKind.SEVERAL, "What helped?", choices=[("kind", "Kindness"), ("fast", "Speed")], position=2
    )
    words = make_question(support.stores.get(), QuestionKind.TEXT, "Anything else?", position=3)
    for number, keys in ((5, ["kind"]), (4, ["kind", "fast"]), (5, [])):
        survey = make_survey(make_ticket(department=support), score=5)
        make_said(survey, speed, number=number)
        make_said(survey, reasons, chosen=keys)
        make_said(survey, words, text="Thank you.")
    before = make_survey(make_ticket(department=support), score=5, at=NOON - timedelta(days=30))
    make_said(before, speed, number=1)

    scale, chosen, text = read_questions(Scope.of(Sight.of(reader)), month())
    assert (scale.now.counts, scale.before.counts, scale.number) == ({5: 2, 4: 1}, {1: 1}, 3)
    assert chosen.chosen == [("Kindness", 2), ("Speed", 1)]
    assert (text.is_text, text.number) == (True, 3)


def test_the_first_answer_is_the_middle_one_of_those_this_person_gave(support, time_machine):
    alice, reader = make_staff("Alice", support), manager(support, stores=support.stores.all())
    for hours in (1, 5, 2):
        time_machine.move_to(NOON - timedelta(days=2), tick=False)
        ticket = make_ticket(department=support)
        time_machine.shift(timedelta(hours=hours))
        make_message(ticket, "Here is how.", by=alice)
        time_machine.shift(timedelta(minutes=1))
        make_message(ticket, "One more thing.", by=alice)
    time_machine.move_to(NOON, tick=False)

    assert first_answer_of(Scope.of(Sight.of(reader), person=alice.pk), month().span) == (timedelta(hours=2), 3)
    assert first_answer_of(Scope.own(Sight.of(alice)), month().span) == (timedelta(hours=2), 3)
    assert first_answer_of(Scope.of(Sight.of(alice), person=alice.pk), month().span) == (None, 0)


def test_the_report_asks_as_often_for_many_ratings_as_for_one(support):
    reader = manager(support, stores=support.stores.all())
    sight = Sight.of(reader)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            read_ratings(Scope.of(sight), month(), "day")
            read_questions(Scope.of(sight), month())
        return len(captured)

    make_survey(make_ticket(department=support), score=5)
    few = queries()
    for _n in range(12):
        make_survey(make_ticket(department=support), score=3, person=make_staff("Somebody"))
    assert queries() == few == 4
