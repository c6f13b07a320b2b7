from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from common.calendar_names import MONTHS, PATTERNS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from common.moments import Reader, current_reader, format_moment, is_reader_known, reader_today, reading_as

NOW = datetime(2026, 11, 22, 8, 10, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 19, 8, 10, tzinfo=UTC)

ZONES = {"en": "Europe/London", "fa": "Asia/Tehran", "pl": "Europe/Warsaw", "ru": "Europe/Moscow"}


@pytest.fixture(autouse=True)
def on_a_sunday():
    with time_machine.travel(NOW, tick=False):
        yield


def said(moment, style="moment", **reader):
    with reading_as(**{"time_zone": ZONES[reader["language"]], **reader}):
        return format_moment(moment, style)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Thu 19 Nov, 8:10"), ("fa", "پنجشنبه ۲۸ آبان، ۱۱:۴۰"), ("pl", "czw. 19 lis, 9:10"), ("ru", "чт, 19 нояб., 11:10")],
)
def test_a_moment_of_this_year_in_four_languages(language, words):
    assert said(THURSDAY, language=language) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Saturday, 18 October 2025"),
        ("fa", "شنبه ۲۶ مهر ۱۴۰۴"),
        ("pl", "sobota, 18 października 2025"),
        ("ru", "суббота, 18 октября 2025 г."),
    ],
)
def test_a_long_day_has_its_months_in_the_right_case(language, words):
    assert said(datetime(2025, 10, 18, 12, tzinfo=UTC), "day_long", language=language) == words


def test_the_year_is_said_only_when_it_is_another_one():
    assert said(datetime(2025, 10, 18, 12, tzinfo=UTC), "day", language="en") == "18 Oct 2025"
    assert said(THURSDAY, "day", language="en") == "19 Nov"


def test_whether_it_is_another_year_is_decided_in_the_readers_calendar():
    early = datetime(2026, 2, 1, 12, tzinfo=UTC)  # 12 Bahman 1404: this year in London, last year in Tehran
    assert said(early, "day", language="en") == "1 Feb"
    assert said(early, "day", language="fa") == "۱۲ بهمن ۱۴۰۴"


def test_a_full_moment_always_has_its_year_and_never_says_today():
    assert said(NOW, "moment_full", language="en") == "Sun 22 Nov 2026, 8:10"
    assert said(NOW, "moment_full", language="fa") == "یکشنبه ۱ آذر ۱۴۰۵، ۱۱:۴۰"


def test_a_person_may_choose_the_other_calendar():
    assert said(THURSDAY, "day_long", language="fa", calendar="gregorian") == "پنجشنبه ۱۹ نوامبر ۲۰۲۶"
    assert said(THURSDAY, "day_long", language="pl", calendar="jalali") == "czwartek, 28 aban 1405"
    assert said(THURSDAY, "day_long", language="ru", calendar="jalali") == "четверг, 28 абана 1405 г."


def test_today_and_yesterday_are_the_readers_own():
    late_evening = datetime(2026, 11, 21, 21, 30, tzinfo=UTC)  # already Sunday in Tehran
    with translation.override("en"):
        assert format_moment(late_evening, reader=Reader("en", time_zone="Europe/London")) == "yesterday, 21:30"
        assert format_moment(late_evening, reader=Reader("en", time_zone="Asia/Tehran")) == "today, 1:00"
        assert format_moment(NOW + timedelta(days=1), reader=Reader("en", time_zone="UTC")) == "Mon 23 Nov, 8:10"


def test_a_deadline_of_today_is_the_clock_alone():
    assert said(NOW + timedelta(hours=2), "until", language="en") == "10:10"
    assert said(NOW + timedelta(days=1), "until", language="en") == "Mon 23 Nov, 8:10"
    assert said(date(2026, 11, 22), "until", language="en") == "22 Nov"


@pytest.mark.parametrize(
    ("age", "short", "long"),
    [
        (timedelta(seconds=-30), "now", "just now"),
        (timedelta(seconds=59), "now", "just now"),
        (timedelta(minutes=25), "25 min", "25 minutes ago"),
        (timedelta(minutes=1), "1 min", "1 minute ago"),
        (timedelta(hours=23, minutes=59), "23 h", "23 hours ago"),
        (timedelta(days=2, hours=3), "2 d", "2 days ago"),
        (timedelta(days=400), "13 mo", "13 months ago"),
    ],
)
def test_ages(age, short, long):
    assert said(NOW - age, "ago", language="en") == short
    assert said(NOW - age, "ago_long", language="en") == long


def test_persian_ages_have_persian_digits():
    assert said(NOW - timedelta(days=25), "ago", language="fa").startswith("۲۵")


def test_nothing_is_said_of_nothing():
    for style in ("moment", "day", "ago", "machine", "clock"):
        assert format_moment(None, style) == ""


def test_machines_get_utc():
    assert said(THURSDAY, "machine", language="fa") == "2026-11-19T08:10:00+00:00"
    assert format_moment(date(2026, 11, 19), "machine") == "2026-11-19"


def test_a_naive_moment_counts_as_utc():
    assert said(datetime(2026, 11, 19, 8, 10), language="en") == "Thu 19 Nov, 8:10"  # noqa: DTZ001


def test_a_plain_day_has_no_hour_and_no_zone():
    with reading_as(language="en", time_zone="America/Los_Angeles"):
        assert format_moment(date(2026, 11, 19), "moment") == "19 Nov"
        assert format_moment(date(2026, 11, 19), "clock") == ""


def test_reading_as_puts_everything_back_even_after_an_error():
    with translation.override("pl"), timezone.override("Europe/Warsaw"):
        with pytest.raises(RuntimeError), reading_as(language="fa", time_zone="Asia/Tehran", calendar="jalali"):
            assert translation.get_language() == "fa"
            assert timezone.get_current_timezone_name() == "Asia/Tehran"
            raise RuntimeError
        assert translation.get_language() == "pl"
        assert timezone.get_current_timezone_name() == "Europe/Warsaw"
        assert not is_reader_known()
        assert current_reader() == Reader("pl", time_zone="Europe/Warsaw")


def test_dates_follow_the_language_of_the_words_around_them():
    with reading_as(language="fa", time_zone="UTC"), translation.override("en"):
        assert format_moment(THURSDAY) == "Thu 19 Nov, 8:10"


def test_an_unknown_time_zone_is_the_settings_own():
    assert said(THURSDAY, language="en", time_zone="Mars/Base") == "Thu 19 Nov, 8:10"
    assert said(THURSDAY, language="en", time_zone="../../etc/passwd") == "Thu 19 Nov, 8:10"


def test_today_begins_where_the_reader_lives():
    with time_machine.travel(datetime(2026, 11, 21, 21, 0, tzinfo=UTC), tick=False):
        assert reader_today(Reader("fa", time_zone="Asia/Tehran")) == date(2026, 11, 22)
        assert reader_today(Reader("pl", time_zone="Europe/Warsaw")) == date(2026, 11, 21)


@given(st.datetimes(timezones=st.just(UTC)), st.sampled_from(["en", "fa", "pl", "ru"]), st.sampled_from(["auto", "jalali", "gregorian"]))
def test_every_moment_has_words_for_every_reader(moment, language, calendar):
    for style in ("moment", "moment_full", "until", "day", "day_long", "day_numeric", "clock", "ago", "ago_long", "machine"):
        words = format_moment(moment, style, Reader(language, calendar, "Asia/Tehran"))
        assert words
        if language == "fa" and style != "machine":
            assert not any(c in "0123456789" for c in words)


def test_the_tables_are_complete():
    for language in PATTERNS:
        assert len(WEEKDAYS[language]) == len(SHORT_WEEKDAYS[language]) == 7
        for calendar in ("jalali", "gregorian"):
            assert len(set(MONTHS[calendar][language])) == len(set(SHORT_MONTHS[calendar][language])) == 12
