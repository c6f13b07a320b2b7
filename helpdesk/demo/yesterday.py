"""What makes the bell ring and the first page of the day speak: a mention, watched tickets, and some work of yesterday."""

from datetime import timedelta

from django.utils import timezone


def stories():
    """As STORIES in stories.py. Their hours are counted from yesterday's clock, so that they fall on yesterday whenever the demo is built."""
    now = timezone.localtime()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)

    def yesterday(clock):
        return (now - (midnight - timedelta(hours=24 - clock))) / timedelta(hours=1)

    return [
        (
            "repairs",
            "marta",
            "The steam wand drips",
            [
                (yesterday(8.2), "customer", "open", "Since this morning the steam wand drips when the machine is off."),
                (
                    yesterday(9.0),
                    "alice",
                    "reply",
                    "Please unscrew the tip and rinse it: grains of lime keep it from closing. Does it still drip?",
                ),
                (yesterday(11.5), "customer", "reply", "Dry as a bone. Thank you!"),
                (yesterday(11.8), "alice", "close", "Good to hear. Rinse the tip once a month, and it stays so."),
                (yesterday(13.0), "customer", "rate", 5, "Answered the same morning."),
            ],
        ),
        (
            "orders",
            "hanna",
            "Can the parcel come on Saturday?",
            [
                (yesterday(14.0), "customer", "open", "I am not at home during the week. Can the parcel come on Saturday?"),
                (yesterday(14.4), "alice", "reply", "Yes, in your town the carrier delivers on Saturdays. I have asked for it."),
                (yesterday(15.0), "alice", "assign", "negar"),
                (yesterday(15.1), "alice", "watch", ""),
                (1.6, "customer", "reply", "Saturday morning would be best, before noon."),
                (1.2, "negar", "mention", "Alice, which of the two carriers did you ask?", "alice"),
            ],
        ),
    ]
