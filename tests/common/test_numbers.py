import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.numbers import ascii_digits, format_number, format_size, local_digits

LANGUAGES = ["en", "fa", "pl", "ru"]


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "1,234,567.5"),
        ("fa", "۱٬۲۳۴٬۵۶۷٫۵"),
        ("pl", "1\u00a0234\u00a0567,5"),
        ("ru", "1\u00a0234\u00a0567,5"),
        ("fa-ir", "۱٬۲۳۴٬۵۶۷٫۵"),
    ],
)
def test_each_language_groups_and_points_its_own_way(language, written):
    assert format_number(1_234_567.5, language=language) == written


def test_four_digits_stay_together_in_polish_and_russian():
    assert [format_number(1234, language=language) for language in LANGUAGES] == ["1,234", "۱٬۲۳۴", "1234", "1234"]


def test_decimals_are_rounded_half_to_even_when_asked():
    assert format_number("2.345", 2, language="en") == "2.34"
    assert format_number(3, 1, language="fa") == "۳٫۰"


def test_a_negative_number_keeps_its_sign_in_front_in_persian():
    assert format_number(-3, language="fa") == "\u200e−۳"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12), st.sampled_from(LANGUAGES))
def test_no_digit_is_lost_in_writing(number, language):
    written = [c for c in ascii_digits(format_number(number, language=language)) if c.isdigit()]
    assert written == [c for c in f"{number:f}" if c.isdigit()]


def test_what_is_not_finite_is_a_dash():
    assert format_number(float("nan")) == format_number(float("inf")) == "–"


def test_digits_of_all_scripts_become_ascii():
    assert ascii_digits("۱۲ ٣٤ ４५ x") == "12 34 45 x"


@given(st.text())
def test_only_digits_change(text):
    assert len(ascii_digits(text)) == len(text)
    assert local_digits(text, "en") == text


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (2_400_000, "2.4 MB"),
        (999_600, "1.0 MB"),
        (31_000_000, "31 MB"),
        (2_000_000_000, "2.0 GB"),
    ],
)
def test_sizes_are_said_in_words(size, said):
    assert format_size(size, "en") == said
