"""Putting rows into the order an owner wants."""


def move_row(rows, row, places):
    """Move the row by so many places (negative: up) and number all of `rows` anew, which are given in their order.

    A row at the end stays there. Only what changed its place is written; a row that is not among them changes nothing.
    Returns whether the row has moved.
    """
    ordered = list(rows)
    if row not in ordered:
        return False
    here = ordered.index(row)
    moved = ordered.pop(here)
    ordered.insert(max(0, here + places), moved)
    for place, each in enumerate(ordered):
        if each.position != place:
            each.position = place
            each.save(update_fields=["position"])
    return ordered.index(row) != here
