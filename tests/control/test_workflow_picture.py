"""The picture of a workflow, and what differs between two of them, on plain documents."""

import copy

import pytest

from automations.document import complete
from automations.ready_made import READY_MADE
from control.workflows.differing import Difference, moved_keys
from control.workflows.picture import Picture


@pytest.fixture
def document():
    return complete(copy.deepcopy(READY_MADE["simple"].document))[0]


def test_statuses_stand_in_lanes_by_their_kind_and_do_not_overlap(document):
    boxes = list(Picture(document).boxes.values())

    assert {box.key: box.lane for box in boxes} == {"new": 0, "open": 1, "answered": 1, "waiting": 2, "closed": 3}
    assert len({(box.x, box.y) for box in boxes}) == len(boxes)


def test_the_picture_is_mirrored_for_languages_from_right_to_left(document):
    left, right = Picture(document), Picture(document, from_right=True)

    assert [box.x for box in right.boxes.values()] == [left.width - box.x - left.wide for box in left.boxes.values()]
    assert right.boxes["new"].x > right.boxes["closed"].x


def test_what_happens_by_itself_is_told_apart(document):
    arrows = Picture(document).arrows

    assert [arrow.words for arrow in arrows if arrow.how == "timed"] == ["Close after silence"]
    assert "Take it" in [arrow.words for arrow in arrows if arrow.how == "done"]


def test_a_workflow_of_thirty_statuses_and_three_hundred_actions_is_drawn_without_labels(document):
    many = copy.deepcopy(document)
    for number in range(25):
        status = copy.deepcopy(document["statuses"][1]) | {"key": f"s{number}"}
        status["actions"] = [status["actions"][0] | {"key": f"a{each}", "target": f"s{(number + each) % 25}"} for each in range(1, 11)]
        many["statuses"].append(status)

    picture = Picture(many)
    assert len(picture.boxes) == 30
    assert not any(arrow.label for arrow in picture.arrows)


def test_an_empty_workflow_is_drawn_too():
    assert Picture({"name": {}, "statuses": []}).boxes == {}


@pytest.mark.django_db
def test_differences_name_what_is_new_gone_changed_and_moved(document):
    new = copy.deepcopy(document)
    new["statuses"][0]["name"]["en"] = "Fresh"
    new["statuses"][0]["actions"].pop()
    new["statuses"].insert(1, new["statuses"].pop(2))
    new["statuses"].append(copy.deepcopy(document["statuses"][4]) | {"key": "done", "name": {"en": "Done"}})
    gone = new["statuses"].pop(3)

    signs = [(change.sign, change.title.replace("\u2068", "").replace("\u2069", "")) for change in Difference(document, new).changes]

    assert gone["key"] == "waiting"
    assert signs == [
        ("changed", "Status Fresh"),
        ("gone", "Action Solved in Fresh"),
        ("moved", "Status In work"),
        ("new", "Status Done"),
        ("gone", "Status Waiting for customer"),
    ]
    assert Difference(document, document).changes == []


@pytest.mark.parametrize(
    ("old", "new", "moved"), [("abcd", "abcd", ""), ("abcd", "dabc", "d"), ("abcd", "bacd", "a"), ("abcd", "abxd", ""), ("", "ab", "")]
)
def test_as_few_rows_as_explain_it_have_moved(old, new, moved):
    assert moved_keys([{"key": key} for key in old], [{"key": key} for key in new]) == set(moved)
