"""The owner of one store changes nothing by which another store would change."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from custom_fields.models import ActionField, CustomerAccess, Field, FieldKind
from notifications.models import ActionMessage, ActionText
from permissions.querysets import departments_where
from permissions.rights import DepartmentRight, StoreRight
from permissions.services import grant, roles_of
from tests.make import fresh, make_action, make_department, make_field, make_staff, make_store, make_workflow
from tickets.models import ReplyTemplate

pytestmark = pytest.mark.django_db
GIVEN = {"place": "ticket", "kind": "text", "customer_access": "edits", "label_en": "Taken over"}


@pytest.fixture
def support():
    return make_department("Support", store=make_store())


@pytest.fixture
def theirs():
    """A department of another store, with a workflow of its own."""
    return make_department("Elsewhere", store=make_store(name="Another", address="another"), workflow=make_workflow("Foreign"))


@pytest.fixture
def as_owner(support, theirs):
    """Who sets up the first store only."""
    olga = make_staff("Olga", sees_customers=False)
    grant(olga, StoreRight.CHANGE_SETTINGS, support.stores.get())
    client = Client()
    client.force_login(olga)
    return client


def fields_of_others(support, theirs):
    asked = make_field("Asked by a foreign action", place="action")
    action = make_action(theirs.workflow.by_code["new"])
    ActionField.objects.create(action=action, field=asked)
    return [
        make_field("Everywhere", kind=FieldKind.SECRET, customer_access=CustomerAccess.NONE),
        make_field("In both", departments=[support, theirs]),
        make_field("Of customers", place="customer"),
        asked,
    ]


def test_fields_that_other_stores_ask_for_stay_as_they_are(as_owner, support, theirs):
    for field in fields_of_others(support, theirs):
        for place, data in (("", GIVEN), ("place/", {"move": "up"}), ("removal/", {"seal": "0"}), ("restoration/", {})):
            assert as_owner.post(f"/control/fields/{field.pk}/{place}", data).status_code in {403, 404}, (field, place)
        assert str(fresh(field).label) == str(field.label)
        assert fresh(field).archived_at is None


@pytest.mark.parametrize("given", [{}, {"place": "customer"}])
def test_no_field_is_asked_in_stores_of_others(as_owner, given):
    assert as_owner.post("/control/fields/new/", GIVEN | given).status_code == 422
    assert not Field.objects.exists()


def test_fields_of_the_own_departments_are_the_owners(as_owner, support):
    as_owner.post("/control/fields/new/", GIVEN | {"departments": [support.pk]})
    field = Field.objects.get()

    as_owner.post(f"/control/fields/{field.pk}/", GIVEN | {"label_en": "Order", "departments": [support.pk]})

    assert str(fresh(field).label) == "Order"
    assert as_owner.post(f"/control/fields/{field.pk}/", GIVEN).status_code == 422
    assert list(field.departments.all()) == [support]


def test_texts_that_foreign_workflows_send_keep_their_words(as_owner, theirs):
    text = ActionText.objects.create(name="Thanks", subject="Thanks", body="Thanks", sms="")
    ActionMessage.objects.create(action=make_action(theirs.workflow.by_code["new"]), text=text, recipient="customer")
    words = {"name": "Mine", "subject_en": "Mine", "body_en": "Mine", "save": "1"}

    assert as_owner.post(f"/control/texts/actions/{text.pk}/", words).status_code == 403
    assert fresh(text).name == "Thanks"


def test_a_workflow_that_others_follow_is_followed_by_nobody_elses_choice(as_owner, support, theirs):
    foreign = theirs.workflow

    as_owner.post(f"/control/departments/{support.pk}/workflow/", {"to": foreign.pk})
    answer = as_owner.post(
        "/control/departments/new/", {"name_en": "Mine", "workflow": foreign.pk, "assignment": "manual", "icon": "chat-dots"}
    )

    assert fresh(support).workflow_id != foreign.pk
    assert answer.status_code == 422


def test_the_guide_opens_no_department_that_another_store_has_as_well(support, theirs):
    shared = make_department("Shared", store=support.stores.get())
    shared.stores.add(theirs.stores.get())
    olga, client = make_staff("Olga", sees_customers=False), Client()
    for right in (StoreRight.CHANGE_SETTINGS, StoreRight.GRANT_RIGHTS):
        grant(olga, right, support.stores.get())
    client.force_login(olga)

    client.post("/control/guide/answering/")

    assert list(departments_where(olga, DepartmentRight.VIEW)) == [support]
    assert list(roles_of(olga).values_list("department", flat=True)) == [support.pk]


def test_the_lists_ask_the_same_whatever_stands_in_them(as_owner, support, theirs):
    def queries(page):
        with CaptureQueriesContext(connection) as caught:
            assert as_owner.get(page).status_code == 200
        return len(caught)

    fields_of_others(support, theirs)
    queries("/control/fields/")  # the first page of all asks for what is kept afterwards
    before = queries("/control/fields/")
    for number in range(5):
        make_field(f"More {number}", departments=[support, theirs])

    queries("/control/fields/")  # fields are settings: what was kept is asked for once more
    assert queries("/control/fields/") == before


def test_nobody_prepares_answers_for_a_department_that_another_store_has_as_well(as_owner, support, theirs):
    support.stores.add(theirs.stores.get())
    given = {"scope": "department", "department": support.pk, "line_en": "Hello", "text_en": "Hello"}

    assert as_owner.post("/control/answers/new/", given).status_code == 422
    assert not ReplyTemplate.objects.exists()
