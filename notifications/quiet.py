"""Quiet hours, on the clock of wherever a person lives: pure functions over plain values. They may pass midnight."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


def is_quiet(moment: datetime, start: time | None, end: time | None, zone: str) -> bool:
    """Whether it is quiet there at this moment. Without both ends, or with the same twice, it never is."""
    if start is None or end is None or start == end:
        return False
    now = moment.astimezone(ZoneInfo(zone)).time()
    return start <= now < end if start < end else now >= start or now < end


def quiet_until(moment: datetime, start: time | None, end: time | None, zone: str) -> datetime | None:
    """When it stops being quiet there, in UTC's order of things after `moment`; None when it is not quiet now.

    An end that the clocks skip comes when they have skipped it; of one that they show twice the first counts that is still to come.
    """
    until = moment
    while is_quiet(until, start, end, zone):
        until = next_time(until, end, zone)
    return None if until == moment else until


def next_time(moment: datetime, wanted: time, zone: str) -> datetime:
    """The next moment after this one at which the clocks there show this time of day."""
    place = ZoneInfo(zone)
    day = moment.astimezone(place).date()
    shown = (
        datetime.combine(day + timedelta(days=days), wanted.replace(fold=fold), tzinfo=place).astimezone(moment.tzinfo)
        for days in range(3)
        for fold in (0, 1)
    )
    return min(each for each in shown if each > moment)
