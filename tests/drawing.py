"""What one run looks at, where looking at everything takes too long. Drawn anew in every run, so that over time all of it is looked at.

`make test` draws and names its draw at the end: TEST_DRAW=4711 draws the same again, TEST_DRAW=all leaves nothing out. Without
TEST_DRAW (a part that somebody runs while working) nothing is left out either.

    @pytest.mark.drawn(sqlite=7, postgres=3, always=["olga"])   so many of the parameters of this test, on each database
    TURNS                                                       one in so many tests of a folder or a file, on each database
    turn(names, 4)                                              one in four of what a test goes through by itself
"""

import os
import random
from collections import defaultdict
from zlib import crc32

NAME, EVERYTHING = "TEST_DRAW", "all"
#: {folder, file or test: (of how many tests one is run on SQLite, and on the second database)}; the first that fits counts. What is drawn on
#: SQLite starts browsers or products; on the second database also pages, over services whose own tests always run on both.
TURNS = {
    "tests/journeys/test_every_page.py": (1, 1),  # draws its pages itself
    "tests/journeys/test_ticket_life.py": (1, 1),
    "tests/journeys/test_actions_at_work.py": (1, 1),
    "tests/journeys/": (3, 9),
    "tests/faults/test_experiments.py": (3, 3),
    "tests/faults/test_live_pages.py": (3, 3),
    "tests/faults/test_eight_writers.py": (3, 3),
    "tests/test_bench.py::test_every_kind_of_page_is_measured_and_none_fails": (3, 3),
    "tests/notifications/test_push_in_the_browser.py": (3, 9),
    "tests/control/rights/test_in_the_browser.py": (3, 3),
    "tests/helpdesk/test_generating_killed.py": (3, 3),
    "tests/helpdesk/": (1, 3),
    "tests/control/": (1, 6),
    "tests/portal/": (1, 6),
    "tests/backoffice/tickets/test_orders.py": (1, 2),  # what comes first is the database's own matter
    "tests/backoffice/": (1, 6),
    "tests/accounts/": (1, 6),
    "tests/attacks/test_at_the_same_moment.py": (1, 1),  # so are locks
    "tests/attacks/test_two_clocks.py": (1, 1),
    "tests/attacks/": (1, 4),
    "tests/callbacks/": (1, 6),
}


def new_draw():
    return str(random.SystemRandom().randrange(1, 10_000))


def the_draw():
    """The number that this run draws by, or nothing where it leaves nothing out."""
    draw = os.environ.get(NAME, EVERYTHING)
    return "" if draw == EVERYTHING else draw


def turn(names, share, always=()):
    """Those that are always looked at, and of the others one in `share`; each of them in one of `share` draws that follow one another."""
    draw = the_draw()
    return [name for name in names if not draw or name in always or (crc32(name.encode()) + int(draw)) % share == 0]


def left_out(items, *, second_database):
    """Which of these tests this run leaves out."""
    draw = the_draw()
    if not draw:
        return []
    marked, plain = defaultdict(list), []
    for item in items:
        if item.get_closest_marker("drawn"):
            marked[item.nodeid.partition("[")[0]].append(item)
        else:
            plain.append(item)
    out = [item for name, group in marked.items() for item in _not_drawn(draw, name, group, second_database)]
    return out + [item for item in plain if not turn([item.nodeid], _share(item.nodeid, second_database))]


def _not_drawn(draw, name, group, second_database):
    marker = group[0].get_closest_marker("drawn")
    most = marker.kwargs["postgres" if second_database else "sqlite"]
    always = [item for item in group if set(marker.kwargs.get("always", ())) & set(map(str, item.callspec.params.values()))]
    others = [item for item in group if item not in always]
    dice = random.Random(f"{draw} {name} {second_database}")
    kept = dice.sample(others, k=min(len(others), max(0, most - len(always))))
    return [item for item in others if item not in kept]


def _share(name, second_database):
    return next((shares for place, shares in TURNS.items() if name.startswith(place)), (1, 1))[second_database]
