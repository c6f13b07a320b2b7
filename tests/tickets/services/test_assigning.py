"""Who gets a new ticket: each department's way of assignment."""

import threading
from collections import Counter

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.presence import come_back, go_away
from departments.models import Assignment
from tests.make import fresh, make_customer, make_department, make_person, make_staff, make_store, make_team, make_ticket
from tickets.models import Ticket
from tickets.services.assigning import choose_assignee
from tickets.services.lifecycle import close_ticket, open_ticket, pass_on_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make_department("Support", store=make_store(), assignment=Assignment.ROUND_ROBIN)


@pytest.fixture
def three(support):
    people = [make_staff(name, support) for name in ("Alice", "Bob", "Dan")]
    support.members.set(people)
    return people


def write(department, customer=None):
    return open_ticket(
        store=department.stores.get(), department=department, customer=customer or make_customer(), subject="Where is it?", text="Late."
    )


def held_by(person, ticket):
    """The ticket as if it had always been this person's."""
    Ticket.objects.filter(pk=ticket.pk).update(assignee=person)
    return fresh(ticket)


def given(department, count, customer=None):
    customer = customer or make_customer()
    return Counter(write(department, customer).assignee for _number in range(count))


def test_in_turn_everybody_gets_every_third_ticket(support, three):
    customer = make_customer()

    assert [write(support, customer).assignee for _number in range(6)] == three + three


def test_whoever_left_the_department_does_not_stop_the_turn(support, three):
    write(support)
    support.members.remove(three[0])

    assert [write(support).assignee, write(support).assignee] == [three[1], three[2]]


def test_by_hand_the_ticket_stays_with_nobody_even_where_somebody_is_responsible(support, three):
    support.assignment, support.responsible = Assignment.MANUAL, three[0]
    support.save()

    assert write(support).assignee is None


def test_at_random_only_members_take_part(support, three):
    support.assignment = Assignment.RANDOM
    support.save()
    make_staff("Eve", support)

    assert set(given(support, 30)) == set(three)


def test_balanced_gives_to_whoever_has_the_fewest_open_tickets(support, three):
    alice, bob, dan = three
    support.assignment = Assignment.BALANCED
    support.save()
    for person, count in ((alice, 3), (bob, 1)):
        for _number in range(count):
            held_by(person, make_ticket(department=support))

    assert given(support, 5) == {dan: 3, bob: 2}


def test_closed_tickets_are_no_load(support, three):
    support.assignment = Assignment.BALANCED
    support.save()
    for _number in range(3):
        close_ticket(held_by(three[0], make_ticket(department=support)), by=three[0])
    for person in three[1:]:
        held_by(person, make_ticket(department=support))

    assert write(support).assignee == three[0]


def test_nobody_gets_more_than_the_limit_and_the_rest_waits_for_somebody(support, three):
    support.most_open = 2
    support.save()

    assert given(support, 8) == {**dict.fromkeys(three, 2), None: 2}


def test_members_of_the_departments_teams_take_part(support):
    team = make_team("Evening", make_staff("Bob", support))
    support.teams.add(team)

    assert write(support).assignee == team.user_set.get()


def test_a_member_who_may_not_see_the_ticket_gets_none(support, three):
    support.members.set([make_staff("Mallory", sees_customers=False)])

    assert write(support).assignee is None


def test_who_is_away_gets_nothing_until_they_are_back(support, three):
    alice, bob, dan = three
    go_away(alice)
    go_away(bob, until=timezone.now() - timezone.timedelta(minutes=1))

    assert given(support, 4) == {bob: 2, dan: 2}
    come_back(alice)
    assert alice in given(support, 3)


def test_departments_that_do_not_ask_for_presence_give_to_everybody(support, three):
    support.only_present = False
    support.save()
    for person in three:
        go_away(person)

    assert len(given(support, 3)) == 3


def test_the_department_is_told_only_of_a_ticket_that_nobody_was_given(support, three, django_capture_on_commit_callbacks):
    ticket = write(support)
    support.most_open = 0
    support.save()
    left = write(support)

    assert not ticket.deliveries.filter(template="opened").exists()
    assert ticket.deliveries.filter(template="assigned", user=three[0]).exists()
    assert left.deliveries.filter(template="opened").exists()


def test_a_ticket_passed_on_is_given_as_the_new_department_does(support, three):
    sales = make_department("Sales", store=support.stores.get(), workflow=support.workflow)
    ticket = make_ticket(department=sales)

    assert pass_on_ticket(ticket, to=support, by=make_person()).assignee == three[0]


def test_choosing_costs_the_same_with_three_members_and_with_thirty(support, three):
    support.assignment = Assignment.BALANCED
    support.save()
    ticket = write(support)
    few = queries_to_choose(ticket)
    for number in range(27):
        support.members.add(make_staff(f"Person{number}", support))
    given(support, 10)

    assert queries_to_choose(ticket) == few <= 5


def queries_to_choose(ticket):
    ticket = Ticket.objects.for_page().get(pk=ticket.pk)
    with CaptureQueriesContext(connection) as asked:
        choose_assignee(ticket)
    return len([query for query in asked if "SAVEPOINT" not in query["sql"]])


@pytest.mark.django_db(transaction=True)
def test_eight_tickets_at_once_are_spread_in_turn():
    department = make_department("Support", store=make_store(), assignment=Assignment.ROUND_ROBIN)
    people = [make_staff(f"Person{number}", department) for number in range(4)]
    department.members.set(people)
    customers = [make_customer(f"Kasia {number}") for number in range(8)]
    together, assignees = threading.Barrier(8), []

    def arrive(customer):
        try:
            together.wait(timeout=10)
            assignees.append(write(department, customer).assignee)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=arrive, args=[customer]) for customer in customers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert Counter(assignees) == dict.fromkeys(people, 2)
