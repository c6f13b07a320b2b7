import copy

import pytest

from automations import shape
from automations.document import check, complete
from automations.ready_made import READY_MADE
from custom_fields.models import Field
from departments.models import Department
from tests.make import make_department, make_store

pytestmark = pytest.mark.django_db


def simple():
    return complete(copy.deepcopy(READY_MADE["simple"].document))[0]


def with_action(**fields):
    """The simple workflow with one more action in its first status."""
    document = simple()
    action = {name: part.default for name, part in shape.ACTION.items()} | {"key": "mine", "name": {"en": "Mine"}} | fields
    document["statuses"][0]["actions"].append(action)
    return document


def faults(document, **how):
    return [(str(fault.place), fault.words) for fault in check(document, **how) if not fault.is_warning]


def places(document):
    return {place for place, _words in faults(document)}


def test_a_workflow_without_a_first_state_is_refused_in_words():
    document = simple()
    document["statuses"] = [status | {"actions": []} for status in document["statuses"] if status["kind"] == "closed"]
    document["statuses"][0]["after_customer_reply"] = None

    assert [words for _place, words in faults(document)] == [
        "A new ticket has nowhere to begin: every status is closed, or there is none. Add one that is not closed."
    ]
    assert "nowhere to begin" in faults(document | {"statuses": []})[0][1]


def test_a_workflow_that_nothing_closes():
    document = simple()
    document["statuses"] = [{**document["statuses"][0], "actions": [], "after_staff_reply": None}]

    assert [words for _place, words in faults(document)] == ["Tickets could never be closed: no status is of the kind “closed”. Add one."]


def test_names_are_needed_in_the_stores_first_language():
    make_store(language="pl")
    document = simple()
    document["statuses"][0]["name"] = {"en": "New"}
    document["statuses"][0]["actions"][0]["name"] = {"en": "Take"}

    assert places(document) == {"statuses.new.name", "statuses.new.actions.take.name"}
    assert faults(document, language="en") == []


def test_what_leads_to_a_status_that_is_gone():
    document = with_action(target="nowhere")
    document["statuses"][1]["after_staff_reply"] = "nowhere"

    assert places(document) == {"statuses.new.actions.mine.target", "statuses.open.after_staff_reply"}


def test_circular_timed_actions_are_named_with_their_way():
    document = with_action(target="waiting", fires_after_hours=2)
    document["statuses"][3]["actions"].append({**document["statuses"][0]["actions"][-1], "key": "back", "target": "new"})

    found = faults(document)

    assert {place for place, _words in found} == {
        "statuses.new.actions.mine.fires_after_hours",
        "statuses.waiting.actions.back.fires_after_hours",
    }
    assert "Tickets would go round for ever by themselves" in found[0][1]


def test_a_timed_answer_leads_where_answers_lead():
    document = with_action(deed="reply", text={"en": "Hello"}, fires_after_hours=2)
    document["statuses"][3]["actions"].append(
        {**document["statuses"][0]["actions"][-1], "key": "back", "deed": "move", "text": {}, "target": "new"}
    )

    assert places(document) == {"statuses.new.actions.mine.fires_after_hours", "statuses.waiting.actions.back.fires_after_hours"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"deed": "reply"}, "text"),
        ({"deed": "note", "text": {"fa": "سلام"}}, "text"),
        ({"deed": "pass_on"}, "department"),
        ({"gives_to": "choice"}, "gives_to"),
        ({"gives_to": "doer"}, "gives_to"),
        ({"fields": [{"field": "serial", "required": True}]}, "fields"),
    ],
)
def test_what_is_done_by_itself_can_neither_write_nor_choose(changes, field):
    Field.objects.create(key="serial", label="Serial number")

    assert places(with_action(fires_after_hours=24, target="open", **changes)) == {f"statuses.new.actions.mine.{field}"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"deed": "note"}, "for_customers"),
        ({"deed": "delete"}, "for_customers"),
        ({"deed": "pass_on"}, "department"),
        ({"gives_to": "choice"}, "gives_to"),
        ({"gives_to": "doer"}, "gives_to"),
    ],
)
def test_what_customers_cannot_do(changes, field):
    assert places(with_action(for_customers=True, **changes)) == {f"statuses.new.actions.mine.{field}"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"deed": "pass_on", "department": "nowhere"}, "department"),
        ({"gives_to": "person"}, "person"),
        ({"gives_to": "person", "person": "nobody@shop.example"}, "person"),
        ({"gives_to": "team", "team": "Nobody"}, "team"),
        ({"fields": [{"field": "nothing", "required": False}]}, "fields"),
        ({"messages": [{"text": "nothing", "recipient": "customer", "address": ""}]}, "messages"),
        ({"deed": "note", "text": {"en": "Hello {costumer}"}}, "text"),
    ],
)
def test_what_is_not_there(changes, field):
    assert places(with_action(**changes)) == {f"statuses.new.actions.mine.{field}"}


def test_a_variable_that_is_mistyped_is_named_with_the_nearest():
    assert "{costumer}" in faults(with_action(deed="reply", text={"en": "Hello {costumer}"}))[0][1]


def test_an_archived_department_is_not_there():
    department = make_department("Support", key="support")
    assert faults(with_action(deed="pass_on", department="support")) == []

    Department.objects.filter(pk=department.pk).update(archived_at="2026-01-01T00:00Z")
    assert places(with_action(deed="pass_on", department="support")) == {"statuses.new.actions.mine.department"}


@pytest.mark.parametrize(
    "broken",
    [
        None,
        [],
        "workflow",
        {"key": "shop", "name": "Shop", "statuses": []},
        {"key": "shop", "name": {"en": "Shop"}, "statuses": "none"},
        {"key": "shop", "name": {"en": "Shop"}, "statuses": [None, 3, {"actions": [None]}]},
        {"key": "../x", "name": {"en": "Shop"}, "statuses": []},
        {"key": "shop", "name": {"en": "x" * 500}, "statuses": []},
        {"key": "shop", "name": {"en": "Shop"}, "statuses": [{"key": "a", "name": {"en": "A"}, "hue": "red"}]},
        {"key": "shop", "name": {"en": "Shop"}, "statuses": [{"key": "a", "name": {"xx": "A"}}]},
        {"key": "shop", "name": {"en": "Shop"}, "statuses": [{"key": "a", "name": {"en": "A"}}, {"key": "a", "name": {"en": "B"}}]},
        {"key": "shop", "name": {"en": "Shop"}, "statuses": [], "surprise": 1},
    ],
)
def test_a_broken_document_is_refused_in_words_and_never_breaks(broken):
    found = check(broken)

    assert found
    assert all(fault.words and not fault.is_warning for fault in found)


def test_checking_costs_the_same_however_many_actions_there_are(django_assert_max_num_queries):
    document = simple()
    for status in document["statuses"]:
        status["actions"] += [with_action(key=f"a{number}")["statuses"][0]["actions"][-1] | {"key": f"a{number}"} for number in range(20)]

    with django_assert_max_num_queries(7):
        check(document)
