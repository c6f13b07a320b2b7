"""What one run looks at, where looking at everything takes too long. Drawn anew in every run, so that over time all of it is looked at.

`make test` draws and names its draw at the end: TEST_DRAW=4711 draws the same again, TEST_DRAW=all leaves nothing out. Without
TEST_DRAW (a part that somebody runs while working) nothing is left out either.

    @pytest.mark.drawn(sqlite=7, postgres=3, always=["olga"])   so many of the parameters of this test, on each database
    DRAWN_FILES                                                 a share of whole files, on the second database alone
"""

import os
import random
from collections import defaultdict
from zlib import crc32

NAME, EVERYTHING = "TEST_DRAW", "all"
#: {folder: of how many files one is run} on the second database. They are pages over services whose own tests always run on both.
DRAWN_FILES = {
    "tests/control/": 4,
    "tests/portal/": 4,
    "tests/backoffice/": 4,
    "tests/accounts/": 4,
    "tests/attacks/": 2,
    "tests/callbacks/": 4,
}


def new_draw():
    return str(random.SystemRandom().randrange(1, 10_000))


def the_draw():
    """The number that this run draws by, or nothing where it leaves nothing out."""
    draw = os.environ.get(NAME, EVERYTHING)
    return "" if draw == EVERYTHING else draw


def left_out(items, *, second_database):
    """Which of these tests this run leaves out."""
    draw = the_draw()
    if not draw:
        return []
    groups = defaultdict(list)
    for item in items:
        if item.get_closest_marker("drawn"):
            groups[item.nodeid.partition("[")[0]].append(item)
    out = [item for name, group in groups.items() for item in _not_drawn(draw, name, group, second_database)]
    if second_database:
        out += [item for item in items if item not in out and _file_is_left_out(draw, item.nodeid)]
    return out


def _not_drawn(draw, name, group, second_database):
    marker = group[0].get_closest_marker("drawn")
    most = marker.kwargs["postgres" if second_database else "sqlite"]
    always = [item for item in group if set(marker.kwargs.get("always", ())) & set(map(str, item.callspec.params.values()))]
    others = [item for item in group if item not in always]
    dice = random.Random(f"{draw} {name} {second_database}")
    kept = dice.sample(others, k=min(len(others), max(0, most - len(always))))
    return [item for item in others if item not in kept]


def _file_is_left_out(draw, name):
    file = name.partition("::")[0]
    share = next((share for folder, share in DRAWN_FILES.items() if file.startswith(folder)), 1)
    return (crc32(file.encode()) + int(draw)) % share != 0
