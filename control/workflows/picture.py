"""A workflow as a picture: statuses in lanes by their kind, arrows between them. Numbers only; the template draws them.

The list of statuses says the same in words, so the picture may leave labels out where there are too many.
"""

from dataclasses import dataclass

from automations.naming import name_of
from common.text import cut
from statuses.models import StatusKind

WIDE, HIGH, LANE, ROW, EDGE, TOP = 156, 38, 236, 76, 20, 44
LANES = [StatusKind.NEW, StatusKind.OPEN, StatusKind.WAITING_FOR_CUSTOMER, StatusKind.WAITING_FOR_OTHERS, StatusKind.CLOSED]
MOST_LABELS, LONGEST = 9, 20


@dataclass
class Box:
    key: str
    name: str
    kind: str
    hue: float | None
    lane: int
    x: int
    y: int
    has_faults: bool = False

    @property
    def short(self):
        return self.name if len(self.name) <= LONGEST else cut(self.name, LONGEST - 1).rstrip() + "…"

    @property
    def middle_x(self):
        return self.x + WIDE // 2

    @property
    def middle_y(self):
        return self.y + HIGH // 2


@dataclass
class Arrow:
    """`how`: done (by somebody), timed (by itself), reply (where answers lead)."""

    path: str
    how: str
    words: str
    label: str = ""
    x: int = 0
    y: int = 0


class Picture:
    """`boxes`, `arrows`, `lanes` ((kind, x)), `width`, `height`. Mirrored for languages written from right to left."""

    wide, high = WIDE, HIGH

    def __init__(self, document, *, from_right=False, faulty=()):
        used = [kind for kind in LANES if any(status["kind"] == kind for status in document["statuses"])]
        self.from_right = from_right
        self.width = EDGE * 2 + LANE * max(len(used) - 1, 0) + WIDE
        self.boxes, heights = {}, dict.fromkeys(used, 0)
        for status in document["statuses"]:
            lane = used.index(status["kind"])
            # Every second lane stands half a row lower, so that arrows over a lane pass between its boxes.
            x, y = self._x(EDGE + lane * LANE), TOP + heights[status["kind"]] * ROW + lane % 2 * ROW // 2
            heights[status["kind"]] += 1
            key = status["key"]
            self.boxes[key] = Box(key, name_of(status), status["kind"], status["hue"], lane, x, y, key in faulty)
        self.height = max((box.y + HIGH for box in self.boxes.values()), default=TOP) + EDGE
        self.lanes = [(StatusKind(kind).label, self._x(EDGE + place * LANE) + WIDE // 2) for place, kind in enumerate(used)]
        ways = list(_ways(document, self.boxes))
        labelled = sum(1 for _from, _to, how, _words in ways if how != "reply") <= MOST_LABELS
        self._ports = {}
        self.arrows = [self._arrow(*way, labelled) for way in ways]

    def _x(self, x):
        return self.width - x - WIDE if self.from_right else x

    def _arrow(self, start, end, how, words, labelled):
        a, b = self.boxes[start], self.boxes[end]
        forward = b.lane > a.lane
        out = 1 if (forward or a.lane == b.lane) != self.from_right else -1
        back = -out if a.lane != b.lane else out
        x1, y1 = self._port(a, out)
        x2, y2 = self._port(b, back)
        reach = max(36, abs(x2 - x1) * 0.45) if a.lane != b.lane else 30 + min(abs(y2 - y1), 120) * 0.2
        path = f"M{x1} {y1} C{round(x1 + out * reach)} {y1} {round(x2 + back * reach)} {y2} {x2} {y2}"
        arrow = Arrow(path, how, words)
        if labelled and how != "reply":
            arrow.label = cut(words, 22)
            arrow.x, arrow.y = _on_curve((x1, x1 + out * reach, x2 + back * reach, x2)), _on_curve((y1, y1, y2, y2)) - 4
        return arrow

    def _port(self, box, side):
        """The next free spot on this side of the box, from the middle outward."""
        taken = self._ports[box.key, side] = self._ports.get((box.key, side), -1) + 1
        step = (taken + 1) // 2 * (1 if taken % 2 else -1)
        return (box.x + (WIDE if side > 0 else 0), box.middle_y + max(-15, min(15, step * 6)))


def _on_curve(spots, part=0.35):
    """Where the arrow is after this part of its way, nearer to where it begins: there the arrows still lie apart."""
    rest = 1 - part
    a, b, c, d = spots
    return round(rest**3 * a + 3 * rest**2 * part * b + 3 * rest * part**2 * c + part**3 * d)


def _ways(document, boxes):
    """(from, to, how, words), each way once: several actions that lead the same way share their arrow."""
    ways = {}
    for status in document["statuses"]:
        for action in status["actions"]:
            if action["target"] in boxes and action["target"] != status["key"]:
                how = "timed" if action["fires_after_hours"] else "done"
                ways.setdefault((status["key"], action["target"], how), []).append(name_of(action))
        for name in ("after_customer_reply", "after_staff_reply"):
            if status[name] in boxes and status[name] != status["key"]:
                ways.setdefault((status["key"], status[name], "reply"), [])
    for (start, end, how), names in ways.items():
        yield start, end, how, " · ".join(names)
