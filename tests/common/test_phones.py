import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.phones import BadPhone, NotAMobile, format_phone, mask_email, mask_phone, parse_phone


@pytest.mark.parametrize(
    ("typed", "region", "number"),
    [
        ("۰۹۱۲ ۳۴۵ ۶۷۸۹", "IR", "+989123456789"),
        ("٠٩١٢٣٤٥٦٧٨٩", "IR", "+989123456789"),
        ("0912-345-6789", "IR", "+989123456789"),
        ("00989123456789", "IR", "+989123456789"),
        ("+98 912 345 6789", "PL", "+989123456789"),
        ("600 100 200", "PL", "+48600100200"),
        ("(600) 100-200", "PL", "+48600100200"),
        ("8 912 345-67-89", "RU", "+79123456789"),
        ("\u200e+48\u00a0600\u00a0100\u00a0200\u200e", "IR", "+48600100200"),
    ],
)
def test_numbers_as_people_write_them(typed, region, number):
    assert parse_phone(typed, region) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "abc",
        "+98..;rm",
        "0912",
        "+48 600 100 200 ext 4",
        "+48600100200;ext=4",
        "0912345678",
        "+999123456789",
        "1" * 60,
        "+48+600100200",
        "112",
        "tel:+48600100200",
        "0912\x00",
    ],
)
def test_what_cannot_be_a_number_is_refused(typed):
    with pytest.raises(BadPhone):
        parse_phone(typed, "IR")


def test_a_landline_is_refused_only_where_messages_must_arrive():
    assert parse_phone("021 8888 1234", "IR") == "+982188881234"
    with pytest.raises(NotAMobile):
        parse_phone("021 8888 1234", "IR", mobile=True)


@given(st.text(max_size=30), st.sampled_from(["IR", "PL", "RU"]))
def test_any_typing_gives_e164_or_a_refusal(typed, region):
    try:
        number = parse_phone(typed, region)
    except BadPhone:
        return
    assert number[0] == "+"
    assert number[1:].isascii()
    assert number[1:].isdigit()
    assert parse_phone(number, "PL") == number
    assert parse_phone(format_phone(number), "PL") == number


def test_numbers_are_shown_spaced_and_on_one_line():
    assert format_phone("+48600100200") == "+48\u00a0600\u00a0100\u00a0200"
    assert format_phone("not a number") == "not a number"
    assert format_phone(None) == ""


def test_masks_tell_the_owner_and_nobody_else():
    assert mask_phone("+48600100214") == "+48\u00a0•••\u00a0•••\u00a0214"
    assert mask_email("kasia@mail.example") == "k•••@mail.example"
    assert mask_phone("x") == "•••"
    assert mask_email("nobody") == mask_email("@x.example") == mask_email(None) == "•••"
