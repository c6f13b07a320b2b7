import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from automations.document import check, complete, publish, read_workflow
from automations.ready_made import READY_MADE
from notifications.models import ActionText
from statuses.models import Action, ActionLook, FiresSince, StatusKind, Workflow
from tests.make import fresh, make_action, make_department, make_staff, make_store, make_team, make_workflow

LETTERS = some.characters(exclude_categories=["Cs", "Cc"])
NAMES = some.dictionaries(some.sampled_from(["fa", "pl", "ru"]), some.text(LETTERS, min_size=1, max_size=20).filter(str.strip))
EVERY_NAME = NAMES.map(lambda words: {"en": "Name", **words})


def _actions(keys):
    return some.fixed_dictionaries(
        {
            "name": EVERY_NAME,
            "icon": some.sampled_from(["check2", "reply"]),
            "look": some.sampled_from(ActionLook.values),
            "target": some.sampled_from([None, *keys]),
            "gives_to": some.sampled_from(["keep", "nobody", "team", "person"]),
            "person": some.just("alice@shop.example"),
            "team": some.just("Night shift"),
            "department": some.sampled_from([None, "support"]),
            "for_customers": some.booleans(),
            "fires_since": some.sampled_from(FiresSince.values),
            "text": NAMES,
            "messages": some.lists(
                some.fixed_dictionaries(
                    {"text": some.just("thanks"), "recipient": some.sampled_from(["customer", "assignee", "watchers"])}
                ),
                max_size=2,
                unique_by=lambda message: message["recipient"],
            ),
        }
    )


@some.composite
def documents(draw):
    """Workflows without faults, of every shape."""
    keys = draw(some.lists(some.sampled_from(["one", "two", "three", "four"]), unique=True, min_size=0, max_size=4))
    keys = ["first", *keys, "last"]
    statuses = []
    for key in keys:
        kind = {"first": StatusKind.NEW, "last": StatusKind.CLOSED}.get(key) or draw(some.sampled_from(list(StatusKind)))
        actions = draw(some.lists(_actions(keys), max_size=3))
        statuses.append(
            {
                "key": key,
                "kind": kind.value,
                "name": draw(EVERY_NAME),
                "customer_name": draw(NAMES),
                "hue": draw(some.none() | some.floats(0, 360)),
                "chroma": draw(some.none() | some.floats(0, 0.4)),
                "shown_in_portal": draw(some.booleans()),
                "clock_runs": draw(some.booleans()),
                "reply_days": draw(some.none() | some.integers(0, 3650)),
                "after_customer_reply": draw(some.sampled_from([None, *keys])),
                "actions": [action | {"key": f"a{number}"} for number, action in enumerate(actions)],
            }
        )
    return complete({"key": "shop", "name": draw(EVERY_NAME), "statuses": statuses})[0]


@pytest.fixture
def workflow(db):
    make_store()
    workflow = Workflow.objects.create(key="shop", name="Shop")
    make_department("Support", key="support", workflow=workflow)
    make_staff("Alice", email="alice@shop.example")
    make_team("Night shift")
    ActionText.objects.create(key="thanks", name="Thanks", subject="Thanks", body="Thank you.")
    return workflow


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(documents())
def test_what_is_published_is_what_is_read(workflow, document):
    publish(workflow, document)

    assert read_workflow(fresh(workflow)) == document


@pytest.mark.django_db
@pytest.mark.parametrize("key", READY_MADE)
def test_every_ready_made_workflow_has_all_its_names_and_no_fault(key):
    ready = READY_MADE[key]
    document, faults = complete(ready.document)
    statuses = document["statuses"]
    names = [ready.name, ready.description, *(status["name"] for status in statuses)]
    names += [action["name"] for status in statuses for action in status["actions"]]

    assert faults == []
    assert all(list(name) == ["en", "fa", "pl", "ru"] for name in names)
    assert [check(document, language=language) for language in ("en", "fa", "pl", "ru")] == [[]] * 4


def test_what_was_archived_is_not_read(workflow):
    document = complete(READY_MADE["wishes"].document)[0]
    publish(workflow, document)
    publish(workflow, document | {"statuses": [{**document["statuses"][0], "actions": []}, document["statuses"][1]]})

    assert read_workflow(workflow)["statuses"][0]["actions"] == []
    assert Action.objects.filter(status__workflow=workflow, key="thank").get().archived_at is not None


@pytest.mark.django_db
def test_reading_costs_the_same_however_many_actions_there_are(django_assert_num_queries):
    workflow = make_workflow()
    for number in range(10):
        make_action(workflow.by_code["new"], f"Action {number}")

    with django_assert_num_queries(4):
        document = read_workflow(workflow)
    assert len(document["statuses"][0]["actions"]) == 10
