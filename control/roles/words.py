"""Rights in words, gathered by the places they are on: “Repairs, Orders: answer, assign”."""

from permissions.rights import RIGHTS_ON


def right_words(rights):
    """[([place, …], [right, …]), …] of (kind, place, code), in the order of the rights pages; places with the same rights together."""
    order = {kind: place for place, kind in enumerate(RIGHTS_ON)}
    places = {}
    for kind, place, code in rights:
        places.setdefault((order[kind], place.pk, kind), (place, set()))[1].add(code)
    lines = {}
    for (_order, _pk, kind), (place, codes) in sorted(places.items(), key=lambda row: row[0]):
        words = tuple(str(right.label) for right in RIGHTS_ON[kind] if right.value in codes)
        lines.setdefault((kind, words), []).append(place)
    return [(found, words) for (_kind, words), found in lines.items()]
