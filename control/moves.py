"""What the buttons “up” and “down” beside a row send, and what a row sends that was dragged to another place."""

PLACES = {"up": -1, "down": 1}
FARTHEST = 500


def places_asked_for(request):
    """By how many places to move; none when nothing sensible was asked."""
    dragged = request.POST.get("places", "")
    if dragged.removeprefix("-").isdecimal() and dragged.isascii() and len(dragged) < 5:
        return max(-FARTHEST, min(FARTHEST, int(dragged)))
    return PLACES.get(request.POST.get("move"), 0)
