"""From ticking to saving: reviewed first, saved once, never over somebody else's change, never more than the granter may give."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from audit.models import AuditLine
from permissions.rights import DepartmentRight, RoleKey, StatusRight, StoreRight, WorkflowRight
from permissions.services import grant, grant_role, withdraw
from tests.control.rights.conftest import address, hidden, value, words
from tests.make import make_department, make_staff, make_store, make_ticket
from tickets.models import Ticket


def in_forty_days():
    return timezone.localdate() + timedelta(days=40)


def sees(person):
    return set(Ticket.objects.visible_to(person))


def test_nothing_is_saved_before_the_review_was_confirmed(as_olga, dan, support, boxes):
    ticket = make_ticket(department=support)
    ticks = boxes(dan, value(DepartmentRight.VIEW, support), value(WorkflowRight.VIEW_ALL, support.workflow))
    lines = AuditLine.objects.count()

    review = as_olga.post(address(dan, "review"), ticks)
    assert review.status_code == 200
    assert "Dan Mazur gets" in words(review) and "see tickets" in words(review)
    assert "Dan Mazur sees 0 now and 1 afterwards, of 1." in words(review)
    assert sees(dan) == set() and AuditLine.objects.count() == lines

    assert as_olga.post(address(dan, "saving"), hidden(review)).status_code == 302
    assert sees(dan) == {ticket}
    assert AuditLine.objects.count() == lines + 1


def test_the_review_names_no_ticket_the_granter_may_not_see(as_olga, olga, dan, support, boxes):
    make_ticket("A very private matter of Kasia Nowak", department=support)
    ticks = boxes(dan, value(DepartmentRight.VIEW, support), value(WorkflowRight.VIEW_ALL, support.workflow))
    assert "private matter" not in words(as_olga.post(address(dan, "review"), ticks))

    # Not even when it is about to be opened to themselves.
    ticks = boxes(olga, value(DepartmentRight.VIEW, support), value(WorkflowRight.VIEW_ALL, support.workflow))
    review = as_olga.post(address(olga, "review"), ticks)
    assert "sees 0 now and 1 afterwards" in words(review) and "private matter" not in words(review)

    grant_role(olga, support, RoleKey.OBSERVER)
    ticks = boxes(dan, value(DepartmentRight.VIEW, support), value(WorkflowRight.VIEW_ALL, support.workflow))
    said = words(as_olga.post(address(dan, "review"), ticks))
    assert "private matter" in said and "Nowak" not in said


def test_what_is_taken_is_told_and_taken(as_olga, dan, support, boxes):
    make_ticket(department=support)
    grant_role(dan, support, RoleKey.OBSERVER)

    review = as_olga.post(address(dan, "review"), boxes(dan, off=[value(DepartmentRight.VIEW, support)]))
    assert "Dan Mazur loses" in words(review) and "Dan Mazur sees 1 now and 0 afterwards" in words(review)

    as_olga.post(address(dan, "saving"), hidden(review))
    assert sees(dan) == set()


def test_the_way_back_from_the_review_keeps_the_ticks(as_olga, dan, support, boxes):
    ticked = value(DepartmentRight.VIEW, support)
    page = as_olga.post(address(dan), boxes(dan, ticked, until=in_forty_days().isoformat()))

    assert page.status_code == 200
    assert page.context["sheet"].boxes[ticked].is_changed
    assert f'value="{in_forty_days()}"' in page.content.decode()
    assert not page.context["sheet"].given


def test_an_end_is_kept_to_the_last_second_of_its_day(as_olga, dan, support, boxes):
    day = in_forty_days()
    ticks = boxes(dan, value(DepartmentRight.VIEW, support), until=day.isoformat())

    as_olga.post(address(dan, "saving"), hidden(as_olga.post(address(dan, "review"), ticks)))
    page = as_olga.get(address(dan))

    box = page.context["sheet"].boxes[value(DepartmentRight.VIEW, support)]
    assert timezone.localtime(box.own.ends_at).date() == day
    assert "It ends:" in words(page)


@pytest.mark.parametrize("until", ["31.31.2031", "2001-01-01", "9999-12-31", "x" * 500])
def test_a_wrong_day_is_told_at_its_field_and_the_ticks_stay(as_olga, dan, support, boxes, until):
    ticked = value(DepartmentRight.VIEW, support)
    page = as_olga.post(address(dan, "review"), boxes(dan, ticked, until=until))

    assert page.status_code == 422
    assert page.context["until"].errors["until"]
    assert page.context["sheet"].boxes[ticked].is_ticked


def test_a_day_without_anything_to_give_is_asked_about(as_olga, dan, support, boxes):
    grant_role(dan, support, RoleKey.OBSERVER)
    page = as_olga.post(address(dan, "review"), boxes(dan, off=[value(DepartmentRight.NOTE, support)], until=in_forty_days().isoformat()))

    assert page.status_code == 422 and "nothing that could end then" in words(page)


def test_somebody_elses_change_meanwhile_is_told_and_not_undone(as_olga, olga, dan, support, sales, boxes):
    see_support, see_sales = value(DepartmentRight.VIEW, support), value(DepartmentRight.VIEW, sales)
    review = as_olga.post(address(dan, "review"), boxes(dan, see_support))
    grant(dan, DepartmentRight.VIEW, sales)

    page = as_olga.post(address(dan, "saving"), hidden(review))

    assert page.status_code == 409 and "Somebody else changed these rights" in words(page)
    shown = page.context["sheet"]
    assert shown.boxes[see_support].is_changed and shown.boxes[see_sales].is_ticked and not shown.boxes[see_sales].is_changed
    assert see_support not in shown.given

    again = as_olga.post(address(dan, "review"), {"right": [see_support, see_sales], "shown": shown.shown})
    as_olga.post(address(dan, "saving"), hidden(again))
    assert {see_support, see_sales} <= as_olga.get(address(dan)).context["sheet"].given


def test_the_last_granter_stays_and_is_told_why(as_olga, olga, store, boxes):
    grants = value(StoreRight.GRANT_RIGHTS, store)
    page = as_olga.post(address(olga, "review"), boxes(olga, off=[grants]))

    assert page.status_code == 409 and "Nobody would be left who can give rights" in words(page)
    assert page.context["sheet"].boxes[grants].error and not page.context["sheet"].boxes[grants].is_ticked
    assert as_olga.post(address(olga, "saving"), boxes(olga, off=[grants])).status_code == 409
    assert as_olga.get(address(olga)).status_code == 200


def test_who_takes_the_right_to_grant_from_themselves_is_warned_and_lands_on_the_desk(as_olga, olga, store, boxes):
    grant(make_staff("Ewa", sees_customers=False), StoreRight.GRANT_RIGHTS, store)
    review = as_olga.post(address(olga, "review"), boxes(olga, off=[value(StoreRight.GRANT_RIGHTS, store)]))
    assert "these pages close for you" in words(review)

    assert as_olga.post(address(olga, "saving"), hidden(review)).url == "/desk/"
    assert as_olga.get("/control/rights/").status_code == 404


def test_foreign_departments_are_neither_shown_nor_given_nor_taken(as_olga, dan, support, boxes):
    foreign = make_department("Hidden branch", store=make_store())
    grant_role(dan, foreign, RoleKey.OBSERVER)
    alien = [value(DepartmentRight.REPLY, foreign), value(WorkflowRight.MOVE_TO_ALL, foreign.workflow), "department.0.view_tickets", "x"]

    assert "Hidden branch" not in words(as_olga.get(address(dan)))
    for wrong in alien:
        for part in ("review", "saving"):
            page = as_olga.post(address(dan, part), boxes(dan, value(DepartmentRight.VIEW, support), wrong))
            assert page.status_code == 422 and "not yours to give" in words(page)

    review = as_olga.post(address(dan, "review"), boxes(dan, value(DepartmentRight.VIEW, support)))
    as_olga.post(address(dan, "saving"), hidden(review))
    make_ticket("Of the branch", department=foreign)
    assert [ticket.subject for ticket in sees(dan)] == ["Of the branch"]


def test_statuses_shared_with_a_foreign_store_cannot_be_opened_by_a_role_either(as_olga, olga, dan, support):
    make_department("Hidden branch", store=make_store(), workflow=support.workflow)
    page = as_olga.get(address(dan))

    assert "shared with a store in which you do not give rights" in words(page)
    assert not page.context["sheet"].workflows
    answer = as_olga.post(address(dan, "role_review"), {"role": page.context["sheet"].roles[0].pk, "department": support.pk})
    assert answer.status_code == 422


def test_a_tampered_review_is_read_as_any_other_post(as_olga, dan, support, boxes):
    review = as_olga.post(address(dan, "review"), boxes(dan, value(DepartmentRight.VIEW, support)))
    sent = hidden(review)

    assert as_olga.post(address(dan, "saving"), sent | {"shown": ["nonsense"]}).status_code == 409
    assert as_olga.post(address(dan, "saving"), {}).status_code == 422
    assert as_olga.post(address(dan, "saving"), sent | {"right": ["store.1.grant_rights.more"]}).status_code == 422
    assert as_olga.get(address(dan)).context["sheet"].given == set()


def test_a_person_with_many_rights_in_many_departments_can_be_saved(as_olga, dan, support, boxes):
    many = {"right": [f"department.{number}.view_tickets" for number in range(1, 900)], "shown": ""}
    page = as_olga.post(address(dan, "review"), many)

    assert page.status_code == 422 and "not yours to give" in words(page)


def test_a_team_gets_rights_and_its_members_show_whence(as_olga, olga, dan, support, boxes):
    team = Group.objects.create(name="Accounting")
    dan.groups.add(team)
    ticket = make_ticket(department=support)
    status = ticket.status
    review = as_olga.post(address(team, "review"), boxes(team, value(DepartmentRight.VIEW, support), value(StatusRight.VIEW, status)))
    assert "Dan Mazur sees 0 now and 1 afterwards" in words(review)
    as_olga.post(address(team, "saving"), hidden(review))

    assert sees(dan) == {ticket}
    box = as_olga.get(address(dan)).context["sheet"].boxes[value(DepartmentRight.VIEW, support)]
    assert box.is_of_team and not box.own
    assert "Through the team Accounting." in words(as_olga.get(address(dan)))


def test_a_role_is_given_and_taken_back_after_a_review(as_olga, dan, support):
    ticket = make_ticket(department=support)
    page = as_olga.get(address(dan))
    role = next(role for role in page.context["sheet"].roles if role.key == RoleKey.OBSERVER)

    review = as_olga.post(address(dan, "role_review"), {"role": role.pk, "department": support.pk, "until": ""})
    assert "The role Observer is given in:" in words(review) and sees(dan) == set()
    as_olga.post(address(dan, "role_saving"), hidden(review))
    assert sees(dan) == {ticket}
    assert [(given, department) for given, department, _end in as_olga.get(address(dan)).context["sheet"].roles_given] == [(role, support)]

    review = as_olga.post(address(dan, "role_review"), {"role": role.pk, "department": support.pk, "taken": "1"})
    assert "Dan Mazur loses" in words(review)
    withdraw(dan, DepartmentRight.NOTE, support)
    assert as_olga.post(address(dan, "role_saving"), hidden(review)).status_code == 409
    review = as_olga.post(address(dan, "role_review"), {"role": role.pk, "department": support.pk, "taken": "1"})
    as_olga.post(address(dan, "role_saving"), hidden(review))
    assert sees(dan) == set()
