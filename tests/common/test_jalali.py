from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.jalali import DateNotUnderstood, NoSuchDay, days_in_month, from_jalali, is_leap, parse_date, to_jalali

DAYS = st.dates(min_value=date(1800, 1, 1), max_value=date(2200, 12, 31))


@pytest.mark.parametrize(
    ("day", "jalali"),
    [
        (date(2026, 11, 22), (1405, 9, 1)),
        (date(2026, 3, 21), (1405, 1, 1)),
        (date(2025, 3, 20), (1403, 12, 30)),  # the last day of a leap year
        (date(2024, 3, 20), (1403, 1, 1)),
        (date(1979, 2, 11), (1357, 11, 22)),
    ],
)
def test_known_days_agree_with_the_calendar_on_the_wall(day, jalali):
    assert to_jalali(day) == jalali
    assert from_jalali(*jalali) == day


@given(DAYS)
def test_there_and_back_is_the_same_day(day):
    assert from_jalali(*to_jalali(day)) == day


@given(DAYS)
def test_the_day_after_is_the_next_one_in_both_calendars(day):
    year, month, number = to_jalali(day)
    if number < days_in_month(year, month):
        expected = (year, month, number + 1)
    else:
        expected = (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)
    assert to_jalali(day + timedelta(days=1)) == expected


def test_leap_years_of_our_time():
    assert [year for year in range(1395, 1416) if is_leap(year)] == [1395, 1399, 1403, 1408, 1412]


@pytest.mark.parametrize(
    "typed",
    [
        "۱۴۰۵/۰۹/۰۱",
        "1405-9-1",
        "2026-11-22",
        "22.11.2026",
        "٢٠٢٦/١١/٢٢",
        "1/9/1405",
        " ۱۴۰۵ / ۹ / ۱ ",
        "\u2067۱۴۰۵/۰۹/۰۱\u2069",
        "1405.09.01",
    ],
)
def test_one_day_typed_in_many_ways(typed):
    assert parse_date(typed) == date(2026, 11, 22)


@pytest.mark.parametrize(
    "typed", ["", "tomorrow", "1405", "1405/9", "05/09/01", "1405//09/01", "1405-09-01-02", "1405/09/01; drop", "۱۴۰۵", "½/1/2026"]
)
def test_what_is_not_a_date_is_refused_with_examples(typed):
    with pytest.raises(DateNotUnderstood):
        parse_date(typed)


@pytest.mark.parametrize("typed", ["1404/12/30", "1405/07/31", "1405/13/1", "2026-02-29", "32.1.2026", "0000/1/1", "2026-0-1", "1405/0/1"])
def test_days_that_never_come_are_refused(typed):
    with pytest.raises(NoSuchDay):
        parse_date(typed)


@given(st.text(alphabet="0123456789۰۱۲۳/-. ", max_size=14))
def test_any_typing_gives_a_date_or_a_refusal(typed):
    try:
        assert isinstance(parse_date(typed), date)
    except (DateNotUnderstood, NoSuchDay):
        pass
