"""Emergency access: for whom, for how long, before whose eyes."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from audit.choices import Deed
from audit.models import AuditLine
from notifications.choices import State, Template
from notifications.engine import deliver
from notifications.models import Delivery
from permissions.emergency import NEVER_IN_EMERGENCY
from permissions.querysets import departments_where, may_grant, stores_where
from permissions.rights import DepartmentRight, RoleKey, StoreRight
from permissions.roles import standard_role
from permissions.services import change_role, grant, withdraw
from tests.make import make_department, make_staff, make_ticket
from tickets.models import Ticket

PAGE = "/control/emergency/"
REASON = "Dan is ill and Kasia's grinder waits"


@pytest.fixture
def manager(store, support):
    """May take emergency access, and sees no ticket."""
    person = make_staff("Mina Rad", sees_customers=False)
    grant(person, StoreRight.TAKE_EMERGENCY, store)
    return person


@pytest.fixture
def as_manager(browser_of, manager):
    return browser_of(manager)


def take(browser, place, **typed):
    return browser.post(PAGE, {"department": place.pk, "hours": 4, "reason": REASON, **typed})


def test_the_page_exists_for_those_who_may(browser_of, as_manager, as_owner, alice, olga, kasia, root):
    assert as_manager.get(PAGE).status_code == 200
    assert as_owner.get(PAGE).status_code == 200
    for person in (alice, olga, kasia.user, root):
        assert browser_of(person).get(PAGE).status_code == 404
        assert browser_of(person).post(PAGE, {}).status_code == 404


def test_it_opens_the_department_for_the_hours_chosen_and_the_desk_says_so(as_manager, manager, support):
    ticket = make_ticket(department=support)

    assert take(as_manager, support).status_code == 302

    assert list(Ticket.objects.visible_to(manager)) == [ticket]
    ends = set(manager.departmentuserobjectpermission_set.values_list("ends_at", flat=True))
    assert len(ends) == 1 and timedelta(hours=3, minutes=59) < ends.pop() - timezone.now() <= timedelta(hours=4)
    page = as_manager.get("/desk/").content.decode()
    assert "Emergency access to" in page and f"{PAGE}{manager.pk}/{support.pk}/end/" in page
    assert AuditLine.objects.get(deed=Deed.EMERGENCY).reason == REASON


def test_the_others_who_give_rights_are_told_at_once(as_manager, manager, owner, support, settings, browser_of):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    take(as_manager, support)

    told = Delivery.objects.filter(template=Template.EMERGENCY)
    assert sorted(told.values_list("user", "channel")) == [(owner.pk, "in_app"), (owner.pk, "mail")]
    for delivery in told.filter(state=State.QUEUED):
        deliver(delivery.pk)
    letter = mail.outbox[-1]
    assert "Mina Rad took emergency access to Support" in letter.subject
    assert REASON in letter.body and PAGE in letter.body
    bell = browser_of(owner).get("/desk/notices/")
    assert REASON in bell.content.decode().replace("&#x27;", "'") and bell.context["has_unread"]
    assert browser_of(owner).get("/desk/counts/").json()["numbers"]["notices"] == "1"


def test_who_gives_no_rights_any_more_hears_nothing(as_manager, owner, support, store, browser_of, root):
    second = make_staff("Second", sees_customers=False)
    grant(second, StoreRight.GRANT_RIGHTS, store)
    take(as_manager, support)
    withdraw(second, StoreRight.GRANT_RIGHTS, store)

    letter = Delivery.objects.get(template=Template.EMERGENCY, user=second, channel="mail")
    deliver(letter.pk)

    assert Delivery.objects.get(pk=letter.pk).state == State.DROPPED
    assert "Mina Rad" not in browser_of(second).get("/desk/notices/").content.decode()


@pytest.mark.parametrize("typed", [{"reason": "ill"}, {"reason": ""}, {"hours": 500}, {"hours": ""}, {"department": 0}])
def test_a_mistake_is_said_beside_its_field_and_nothing_typed_is_lost(as_manager, manager, support, typed):
    answer = take(as_manager, support, **typed)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(typed)
    assert typed.get("reason", "grinder waits") in answer.content.decode()
    assert not departments_where(manager, DepartmentRight.VIEW).exists()


def test_not_where_the_right_was_not_given(as_manager, manager, repairs):
    assert take(as_manager, repairs).status_code == 422
    assert not departments_where(manager, DepartmentRight.VIEW).exists()


def test_nor_where_statuses_of_another_store_would_open_with_it(as_manager, manager, store, other_store):
    theirs = make_department("Theirs", store=other_store)
    ours = make_department("Ours", store=store, workflow=theirs.workflow)

    assert take(as_manager, ours).status_code == 422


def test_three_times_within_a_day_and_not_once_more(as_manager, manager, store, support):
    departments = [support, *(make_department(f"Department {number}", store=store) for number in range(3))]
    answers = [take(as_manager, department).status_code for department in departments]

    assert answers == [302, 302, 302, 422]
    assert departments_where(manager, DepartmentRight.VIEW).count() == 3


def test_sent_twice_it_is_taken_and_told_once(as_manager, owner, support):
    form_key = "k" * 22
    assert [take(as_manager, support, form_key=form_key).status_code for _twice in range(2)] == [302, 302]

    assert AuditLine.objects.filter(deed=Deed.EMERGENCY).count() == 1
    assert Delivery.objects.filter(template=Template.EMERGENCY, channel="in_app").count() == 1


def test_it_is_ended_by_oneself_or_by_whoever_gives_rights_and_by_nobody_else(
    browser_of, as_manager, manager, as_owner, alice, support, store
):
    end = f"{PAGE}{manager.pk}/{support.pk}/end/"
    take(as_manager, support)
    assert browser_of(alice).post(end).status_code == 404
    assert as_manager.get(end).status_code == 405
    assert departments_where(manager, DepartmentRight.VIEW).exists()

    as_owner.post(end)
    assert not departments_where(manager, DepartmentRight.VIEW).exists()
    assert "Emergency access to" not in as_manager.get("/desk/").content.decode()
    assert stores_where(manager, StoreRight.TAKE_EMERGENCY).exists()  # what was given before stays

    take(as_manager, support)
    as_manager.post(end)
    assert not departments_where(manager, DepartmentRight.VIEW).exists()


def test_ending_one_leaves_what_the_other_needs(as_manager, manager, store, support):
    bench = make_department("Bench", store=store, workflow=support.workflow)
    ticket = make_ticket(department=bench)
    take(as_manager, support)
    take(as_manager, bench)

    as_manager.post(f"{PAGE}{manager.pk}/{support.pk}/end/")

    assert list(Ticket.objects.visible_to(manager)) == [ticket]
    assert stores_where(manager, StoreRight.VIEW_CUSTOMERS).exists()


def test_it_ends_by_itself(as_manager, manager, support):
    take(as_manager, support)
    manager.departmentuserobjectpermission_set.update(ends_at=timezone.now() - timedelta(seconds=1))

    assert not departments_where(manager, DepartmentRight.VIEW).exists()
    assert "Emergency access to" not in as_manager.get("/desk/").content.decode()


def test_who_holds_it_all_is_told_so(as_owner, owner, support):
    answer = take(as_owner, support)

    assert answer.status_code == 422 and "You hold every right" in answer.content.decode()
    assert not AuditLine.objects.filter(deed=Deed.EMERGENCY).exists()


def test_ending_what_one_never_had_tells_nobody_that_the_department_is_there(browser_of, alice, kasia, support, olga):
    hidden = make_department("Fraud", is_public=False)

    for person in (kasia.user, alice, olga):
        browser = browser_of(person)
        there = browser.post(f"{PAGE}{person.pk}/{hidden.pk}/end/")
        nowhere = browser.post(f"{PAGE}{person.pk}/{hidden.pk + 99999}/end/")
        assert there.status_code == nowhere.status_code == 404
        assert "Fraud" not in browser.get("/desk/", follow=True).content.decode() + browser.get("/").content.decode()


def test_it_never_gives_what_would_outlive_it_whatever_a_senior_may_do(as_manager, manager, store, support):
    senior = standard_role(RoleKey.SENIOR)
    change_role(senior, by=None, store_rights=[*senior.store_rights, *NEVER_IN_EMERGENCY])

    assert take(as_manager, support).status_code == 302

    assert stores_where(manager, StoreRight.VIEW_CUSTOMERS).exists()
    assert not stores_where(manager, StoreRight.GRANT_RIGHTS).exists()
    assert not may_grant(manager)
    taken = AuditLine.objects.get(deed=Deed.EMERGENCY).after["rights"]
    assert not {right["right"] for right in taken} & set(NEVER_IN_EMERGENCY)
