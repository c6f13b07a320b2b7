"""What the buttons “up” and “down” beside a row send."""

PLACES = {"up": -1, "down": 1}


def places_asked_for(request):
    """By how many places to move; none when neither button was pressed."""
    return PLACES.get(request.POST.get("move"), 0)
