"""Days as their reader counts them."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.moments import reading_as
from reports.periods import DAY, OWN, PERIODS, STEPS, period_of, step_words

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def _on_a_friday(time_machine):
    time_machine.move_to(datetime.fromisoformat("2026-03-20T12:00:00+00:00"), tick=False)


def test_thirty_days_end_today_and_are_compared_with_the_thirty_before():
    period = period_of("30")

    assert (period.span.first, period.span.last) == (date(2026, 2, 19), date(2026, 3, 20))
    assert (period.before.first, period.before.last) == (date(2026, 1, 20), date(2026, 2, 18))
    assert period.newer is None


def test_a_month_that_still_runs_is_compared_with_as_many_days_of_the_one_before():
    period = period_of("month")

    assert (period.span.first, period.span.last) == (date(2026, 3, 1), date(2026, 3, 20))
    assert (period.before.first, period.before.last) == (date(2026, 2, 1), date(2026, 2, 20))


def test_a_month_that_is_over_is_compared_with_the_whole_one_before():
    period = period_of("month", date(2026, 2, 10))

    assert (period.span.first, period.span.last) == (date(2026, 2, 1), date(2026, 2, 28))
    assert (period.before.first, period.before.last) == (date(2026, 1, 1), date(2026, 1, 31))
    assert (period.older, period.newer) == (date(2026, 1, 31), date(2026, 3, 1))


def test_thirty_days_of_march_are_never_compared_with_days_of_march(time_machine):
    time_machine.move_to(datetime.fromisoformat("2026-03-30T12:00:00+00:00"))

    assert period_of("month").before.last == date(2026, 2, 28)


def test_who_reads_jalali_has_jalali_months_and_years():
    with reading_as(language="fa", time_zone="Asia/Tehran"):
        month, year = period_of("month"), period_of("year")

        assert month.span.first == date(2026, 2, 20)  # 1 Esfand 1404
        assert year.span.first == date(2025, 3, 21)  # 1 Farvardin 1404
        assert str(month) == "اسفند ۱۴۰۴"
        # The day begins with the midnight of Tehran.
        assert month.span.begin.isoformat() == "2026-02-20T00:00:00+03:30"


def test_weeks_begin_on_saturday_or_monday():
    def weeks():
        return [span.first for span in period_of("30").steps("week")][1:3]

    assert weeks() == [date(2026, 2, 23), date(2026, 3, 2)]
    with reading_as(language="fa"):
        assert weeks() == [date(2026, 2, 21), date(2026, 2, 28)]


def test_steps_are_called_by_their_days_or_month():
    steps = period_of("year", date(2025, 6, 1)).steps("month")

    assert [step_words(span, "month") for span in steps[:2]] == ["Jan 2025", "Feb 2025"]
    with reading_as(language="ru"):
        assert step_words(steps[4], "month") == "май 2025"
    assert step_words(period_of("7").steps("day")[0], "day") == "14 Mar"


@given(st.sampled_from(sorted(PERIODS)), st.dates(date(2001, 1, 1), date(2026, 3, 20)), st.integers(0, 1000), st.sampled_from(["en", "fa"]))
def test_periods_stand_side_by_side_and_steps_fill_them(key, day, length, language):
    with reading_as(language=language):
        first = max(day - length * DAY, date(2000, 1, 1))
        period = period_of(key, day, first=first, last=day)
        assert period.before.last < period.span.first <= period.span.last
        assert period.before.last + DAY == period.span.first or key in {"month", "year"}
        if key == OWN:
            assert (period.span.first, period.span.last) == (first, day)
        for step in period.steps_offered:
            spans = period.steps(step)
            assert (spans[0].first, spans[-1].last) == (period.span.first, period.span.last)
            assert all(one.last + DAY == other.first for one, other in zip(spans, spans[1:], strict=False))
            assert len(spans) <= 95
        assert period.step("nonsense") in STEPS
        if period.newer:
            assert period_of(key, period.newer, first=period.newer, last=period.newer).span.last > period.span.last


def test_a_day_of_a_change_of_clocks_has_twenty_three_hours():
    with reading_as(language="pl", time_zone="Europe/Warsaw"):
        span = period_of(OWN, first=date(2025, 3, 30), last=date(2025, 3, 30)).span
        assert span.end - span.begin == timedelta(hours=24)  # of the clock on the wall
        assert span.end.timestamp() - span.begin.timestamp() == 23 * 3600
