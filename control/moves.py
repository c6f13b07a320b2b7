"""What the buttons “up” and “down” beside a row send, and a row that was dragged: how many places, negative for up."""

PLACES = {"up": -1, "down": 1}


def places_asked_for(request):
    """By how many places to move; none when neither button was pressed."""
    asked = request.POST.get("move", "")
    if asked in PLACES:
        return PLACES[asked]
    digits = asked.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 3):
        return 0
    return -int(digits) if asked.startswith("-") else int(digits)
