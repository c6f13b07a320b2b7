"""Imports go down, never up, never sideways. docs/floor-plan.md draws the floors."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

FLOORS = [
    ["common"],
    ["accounts"],
    ["audit"],
    ["stores", "customers", "statuses"],
    ["departments", "custom_fields"],
    ["permissions", "faq", "shop", "forum"],
    ["tickets"],
    ["notifications"],
    ["surveys", "sla", "automations", "webhooks"],
    ["reports", "exports"],
    ["portal", "backoffice", "control", "callbacks", "api", "mailbox", "chat"],
    ["helpdesk"],
]
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
ROOMS = sorted(room for room in FLOOR_OF if (ROOT / room).is_dir())

pytestmark = pytest.mark.once


def imports_of(source):
    """(line, room) of every import in a piece of code, also inside functions and of modules named in plain text imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.lineno, node.module.partition(".")[0]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in {"import_module", "import_string"}:
            yield from ((node.lineno, text.partition(".")[0]) for text in _texts(node.args))


def _texts(arguments):
    return [argument.value for argument in arguments if isinstance(argument, ast.Constant) and isinstance(argument.value, str)]


def fault(room, other):
    """What is wrong with `room` importing `other`, or None."""
    if other == room or other not in FLOOR_OF:
        return None
    if FLOOR_OF[other] > FLOOR_OF[room]:
        return "is above it"
    return "is its neighbour" if FLOOR_OF[other] == FLOOR_OF[room] else None


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_from_lower_floors_only(room):
    faults = [
        f"{path.relative_to(ROOT)}:{line} imports {other}, which {wrong}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for line, other in imports_of(path.read_text())
        if (wrong := fault(room, other))
    ]
    assert faults == []


def test_every_room_stands_on_the_plan():
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert rooms - set(FLOOR_OF) == set()


def test_the_plan_notices_what_climbs():
    assert fault("tickets", "surveys") == "is above it"
    assert fault("portal", "backoffice") == "is its neighbour"
    assert fault("portal", "tickets") is None
    assert fault("tickets", "django") is None
    assert list(imports_of("def f():\n    from portal.views import x\nimport_string('backoffice.urls')")) == [
        (2, "portal"),
        (3, "backoffice"),
    ]
