"""How long the engine waits before another attempt, and since when a message waits by that."""

from datetime import timedelta

from django.conf import settings

# Pauses before the second, third, … attempt. After the last one the message has failed.
PAUSES = [timedelta(seconds=seconds) for seconds in settings.DELIVERY_PAUSES]
MAX_ATTEMPTS = len(PAUSES) + 1


def paused(attempts):
    """About how long a message has paused whose next attempt comes after so many. What was retried by a person counts from then on."""
    return sum(PAUSES[:attempts], timedelta())
