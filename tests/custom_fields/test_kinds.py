"""What each kind of field takes, keeps, shows, finds and exports."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from common.fields import JalaliDateField, NumberField
from common.numbers import NumberNotUnderstood, format_number, parse_number
from custom_fields.kinds import KINDS, kind_of
from custom_fields.models import Field, FieldKind
from tickets.models import FieldValue

LANGUAGES = ["en", "fa", "pl", "ru"]
OPTIONS = [{"key": "technical", "label": {"en": "Technical", "fa": "فنی"}}, {"key": "financial", "label": {"en": "Financial"}}]
numbers = st.decimals(min_value=-(10**13), max_value=10**13, places=6) | st.integers(-(10**13), 10**13).map(Decimal)
days = st.dates(min_value=date(1800, 1, 1), max_value=date(2299, 12, 31))


def field(kind, **more):
    return Field(pk=1, key="thing", kind=kind, label="Thing", options=OPTIONS, **more)


def cleaned(kind, typed, language="en", **more):
    with translation.override(language):
        return kind_of(field(kind)).form_field(field(kind), required=False, **more).clean(typed)


@given(number=numbers, language=st.sampled_from(LANGUAGES))
def test_a_number_shown_in_a_language_is_read_back_as_itself(number, language):
    assert parse_number(format_number(number, language=language), language) == number


@given(number=numbers, language=st.sampled_from(LANGUAGES))
def test_a_form_takes_back_the_number_it_shows(number, language):
    with translation.override(language):
        asked = NumberField()

        assert asked.clean(asked.prepare_value(number)) == number


@given(day=days, language=st.sampled_from(LANGUAGES))
def test_a_form_takes_back_the_day_it_shows(day, language):
    with translation.override(language):
        asked = JalaliDateField()

        assert asked.clean(asked.prepare_value(day)) == day


@given(number=numbers)
def test_a_number_comes_back_from_the_history_as_it_was(number):
    kind = KINDS[FieldKind.NUMBER]

    assert kind.from_plain(kind.plain(number)) == number


@pytest.mark.parametrize("typed", ["1405/09/01", "۱۴۰۵/۰۹/۰۱", "2026-11-22", "22.11.2026", "٢٠٢٦-١١-٢٢"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_is_understood_in_either_calendar_and_any_digits(typed, language):
    assert cleaned(FieldKind.DATE, typed, language) == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("language", "typed", "number"),
    [
        ("en", "12,500.5", "12500.5"),
        ("fa", "۱۲٬۵۰۰٫۵", "12500.5"),
        ("fa", "12,500", "12500"),
        ("pl", "12 500,5", "12500.5"),
        ("pl", "1,250", "1.250"),
        ("ru", "12500.5", "12500.5"),
        ("ru", "−3", "-3"),
        ("en", ".5", "0.5"),
    ],
)
def test_numbers_are_read_as_people_write_them(language, typed, number):
    assert parse_number(typed, language) == Decimal(number)


@pytest.mark.parametrize("typed", ["1,5", "12,50", "1 2", "1e9", "NaN", "Infinity", "-", ".", "", "1.2.3", "0x10", "1'00", "5 %"])
def test_what_is_no_number_or_could_be_two_is_refused(typed):
    with pytest.raises(NumberNotUnderstood):
        parse_number(typed, "en")


@pytest.mark.parametrize("typed", ["1" * 15, "0.1234567", "9" * 5000])
def test_a_number_longer_than_its_column_is_refused_in_words(typed):
    with pytest.raises(ValidationError):
        cleaned(FieldKind.NUMBER, typed)


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "ftp://shop.example",
        "data:text/html,x",
        "not a page",
        "https://",
        "//shop.example",
        "https://x." + "a" * 3000,
    ],
)
def test_a_link_leads_to_a_page_or_is_refused(typed):
    with pytest.raises(ValidationError):
        cleaned(FieldKind.LINK, typed)


def test_a_link_without_its_beginning_gets_one():
    assert cleaned(FieldKind.LINK, " shop.example/orders/7 ") == "https://shop.example/orders/7"


def test_a_phone_number_is_kept_in_one_form_and_shown_spaced():
    asked = kind_of(field(FieldKind.PHONE))

    assert cleaned(FieldKind.PHONE, "۰۹۱۲ ۳۴۵ ۶۷۸۹") == "+989123456789"
    assert asked.words(field(FieldKind.PHONE), "+989123456789") == "+98\u00a0912\u00a0345\u00a06789"


@pytest.mark.parametrize("kind", [FieldKind.CHOICE, FieldKind.SEVERAL, FieldKind.YES_NO])
def test_only_what_is_in_the_list_can_be_chosen(kind):
    with pytest.raises(ValidationError):
        cleaned(kind, ["<b>", "1"] if kind == FieldKind.SEVERAL else "<b>")


def test_several_are_kept_in_the_order_of_the_list_one_row_each():
    kind = kind_of(field(FieldKind.SEVERAL))
    chosen = cleaned(FieldKind.SEVERAL, ["financial", "technical"])
    rows = [FieldValue(field=field(FieldKind.SEVERAL), **columns) for columns in kind.rows(chosen)]

    assert chosen == ("technical", "financial")
    assert kind.read(list(reversed(rows))) == chosen


def test_options_are_read_in_the_language_of_the_reader_and_found_in_all():
    kind, asked = kind_of(field(FieldKind.CHOICE)), field(FieldKind.CHOICE)
    with translation.override("fa"):
        assert kind.words(asked, "technical") == "فنی"

    assert kind.words(asked, "technical", "en") == "Technical"
    assert kind.found_by(asked, "technical") == "Technical فنی"
    assert kind.words(asked, "gone") == "gone"


@pytest.mark.parametrize("kind", FieldKind)
def test_what_is_left_empty_is_no_value(kind):
    assert cleaned(kind, [] if kind == FieldKind.SEVERAL else "") in (None, "")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FieldKind.TEXT, "A-17"),
        (FieldKind.LONG_TEXT, "one\ntwo"),
        (FieldKind.NUMBER, Decimal("12.5")),
        (FieldKind.DATE, date(2026, 11, 22)),
        (FieldKind.CHOICE, "technical"),
        (FieldKind.YES_NO, False),
        (FieldKind.EMAIL, "kasia@mail.example"),
        (FieldKind.LINK, "https://shop.example"),
    ],
)
def test_what_is_stored_and_told_comes_back_as_it_was(kind, value):
    asked, rows = kind_of(field(kind)), [FieldValue(**columns) for columns in kind_of(field(kind)).rows(value)]

    assert asked.read(rows) == value
    if kind != FieldKind.YES_NO:
        assert asked.from_plain(asked.plain(value)) == value
    assert asked.words(field(kind), value)


def test_a_secret_tells_nothing_but_that_it_is_there():
    secret = kind_of(field(FieldKind.SECRET))

    assert (secret.plain("hunter2"), secret.found_by(None, "hunter2")) == (True, "")
    assert "hunter2" not in secret.words(None, "hunter2") + secret.cell(None, "hunter2")


def test_a_secret_never_comes_back_to_the_page():
    asked = kind_of(field(FieldKind.SECRET)).form_field(field(FieldKind.SECRET))

    assert "hunter2" not in asked.widget.render("secret", "hunter2")
