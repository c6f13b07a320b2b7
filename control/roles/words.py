"""Rights in words, gathered by the place they are on: “Repairs: answer, assign”."""

from permissions.rights import RIGHTS_ON


def right_words(rights):
    """[(place, [right, …]), …] of (kind, place, code), in the order of the rights pages."""
    order = {kind: place for place, kind in enumerate(RIGHTS_ON)}
    places = {}
    for kind, place, code in rights:
        places.setdefault((order[kind], place.pk, kind), (place, set()))[1].add(code)
    return [
        (place, [str(right.label) for right in RIGHTS_ON[kind] if right.value in codes])
        for (_order, _pk, kind), (place, codes) in sorted(places.items(), key=lambda row: row[0])
    ]
