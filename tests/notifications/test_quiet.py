"""Quiet hours hold on the clock of the place, also when the clocks change."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.quiet import is_quiet, next_time, quiet_until

ZONES = ["Europe/Warsaw", "Asia/Tehran", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "UTC"]
moments = st.integers(0, 10 * 365 * 24 * 60).map(lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
times = st.integers(0, 24 * 60 - 1).map(lambda minutes: time(*divmod(minutes, 60)))


@given(moments, times, times, st.sampled_from(ZONES))
def test_when_the_quiet_ends_it_is_later_and_not_quiet(moment, start, end, zone):
    until = quiet_until(moment, start, end, zone)

    if until is None:
        assert not is_quiet(moment, start, end, zone)
    else:
        assert is_quiet(moment, start, end, zone)
        assert until > moment and not is_quiet(until, start, end, zone)
        assert until - moment <= timedelta(hours=50)


@given(moments, times, st.sampled_from(ZONES))
def test_the_next_time_is_the_first_that_the_clocks_show(moment, wanted, zone):
    found = next_time(moment, wanted, zone)

    assert moment < found <= moment + timedelta(hours=50)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("moment", "zone", "until"),
    [
        (datetime(2026, 7, 1, 21, 0, tzinfo=UTC), "Europe/Warsaw", datetime(2026, 7, 2, 6, 0, tzinfo=UTC)),
        (datetime(2026, 7, 1, 19, 59, tzinfo=UTC), "Europe/Warsaw", None),
        (datetime(2026, 7, 1, 19, 0, tzinfo=UTC), "Asia/Tehran", datetime(2026, 7, 2, 4, 30, tzinfo=UTC)),
        # The night the clocks go forward is an hour shorter, the one they go back an hour longer.
        (datetime(2026, 3, 28, 21, 30, tzinfo=UTC), "Europe/Warsaw", datetime(2026, 3, 29, 6, 0, tzinfo=UTC)),
        (datetime(2026, 10, 24, 20, 30, tzinfo=UTC), "Europe/Warsaw", datetime(2026, 10, 25, 7, 0, tzinfo=UTC)),
    ],
)
def test_from_ten_to_eight_where_the_person_lives(moment, zone, until):
    assert quiet_until(moment, time(22), time(8), zone) == until


def test_without_hours_or_with_the_same_twice_it_is_never_quiet():
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    for start, end in [(None, None), (time(8), None), (time(9), time(9))]:
        assert quiet_until(noon, start, end, "UTC") is None


def test_an_end_that_the_clocks_skip_and_one_that_they_show_twice():
    spring = quiet_until(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), time(1), time(2, 30), "Europe/Warsaw")
    assert spring == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    autumn = next_time(datetime(2026, 10, 25, 0, 40, tzinfo=UTC), time(2, 30), "Europe/Warsaw")
    assert autumn == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
