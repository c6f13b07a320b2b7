"""News between processes: whoever changed something wakes those who show it to people.

    wake()                          after the commit of the present transaction: there is news
    ear = Ear(); ear.open()         in an event loop, once per process
    await ear.wait(5)               until there may be news, or until the time is over

A wake-up carries nothing. What is new is read from the database, which is the truth, so a wake-up that gets lost only delays. With REDIS_URL
it goes through Redis to every process on every machine; without, it reaches this process alone, and the others look into the database
themselves every now and then (docs/contributors/live.md).
"""

from common.bus.ears import Ear
from common.bus.waking import wake

__all__ = ["Ear", "wake"]
