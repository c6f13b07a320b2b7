"""How long something took, as people type it in four languages."""

import pytest
from django.utils import translation

from common.durations import DurationNotUnderstood, DurationTooLong, format_minutes, parse_minutes


@pytest.mark.parametrize(
    "typed, minutes",
    [
        ("1h 20m", 80),
        ("1h20", 80),
        ("1:20", 80),
        ("۱:۲۰", 80),
        ("٤٥", 45),
        ("90", 90),
        ("1.5h", 90),
        ("1,5 godz.", 90),
        ("۱٫۵ ساعت", 90),
        ("۱ ساعت و ۲۰ دقیقه", 80),
        ("1 godz. 20 min", 80),
        ("1 ч 20 мин", 80),
        ("2 hours", 120),
        ("24h", 1440),
    ],
)
def test_what_people_type_is_understood(typed, minutes):
    assert parse_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["", " ", "soon", "1h 2h", "20 30", "5 x", "1:99", "-5", "1h -5m", "<b>5</b>", "9" * 500])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises((DurationNotUnderstood, DurationTooLong)):
        parse_minutes(typed)


@pytest.mark.parametrize("typed", ["0", "0:00", "25h", "1441"])
def test_nothing_and_more_than_a_day_are_refused(typed):
    with pytest.raises(DurationTooLong):
        parse_minutes(typed)


@pytest.mark.parametrize("minutes", [1, 45, 60, 61, 119, 1440])
def test_what_is_shown_can_be_typed_again_in_english(minutes):
    with translation.override("en"):
        assert parse_minutes(format_minutes(minutes)) == minutes
