import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.text import clean_line, clean_text, cut, excerpt, is_blank


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("x\r\nBcc: v@y.example", "x Bcc: v@y.example"),
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2067سلام\u2069", "سلام"),
        ("می‌خواهم", "می‌خواهم"),
        ("  two\t \u00a0 words \n", "two words"),
        ("a\u2028b\u0085c", "a b c"),
        ("\ud800lone", "lone"),
        (None, ""),
        (42, "42"),
    ],
)
def test_a_line_is_one_line_without_what_nobody_can_see(typed, kept):
    assert clean_line(typed) == kept


@pytest.mark.parametrize("typed", ["", "   ", "\u200c", "\u200b\u200e \u2060", "\n\t\r\n", "\ufeff\u00ad"])
def test_invisible_characters_alone_are_nothing(typed):
    assert clean_text(typed) == ""
    assert clean_line(typed) == ""
    assert is_blank(typed)


def test_a_text_keeps_its_lines_and_indentation():
    assert clean_text("a\r\n  b\rc\n\n\n\n\n\nd\x00\n") == "a\n  b\nc\n\n\nd"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    once = clean_text(text)
    assert clean_text(once) == once
    assert clean_line(clean_line(text)) == clean_line(text)


@given(st.text())
def test_a_clean_text_can_always_be_stored(text):
    cleaned = clean_text(text)
    cleaned.encode()
    assert "\x00" not in cleaned
    assert len(clean_line(text).splitlines()) <= 1


@given(st.text(), st.integers(1, 60))
def test_a_line_is_never_longer_than_asked(text, length):
    assert len(clean_line(text, length)) <= length
    assert len(excerpt(text, length)) <= length


@pytest.mark.parametrize(
    ("text", "length", "kept"),
    [
        ("👩‍👩‍👧 family", 3, "👩‍👩‍👧"),
        ("ab🇮🇷🇵🇱", 3, "ab"),
        ("ab🇮🇷🇵🇱", 4, "ab🇮🇷"),
        ("ab🇮🇷🇵🇱", 5, "ab🇮🇷"),
        ("e\u0301e\u0301", 3, "e\u0301"),
        ("👍🏽👍🏽", 3, "👍🏽"),
    ],
)
def test_cutting_never_splits_what_is_drawn_as_one(text, length, kept):
    # The first one is a single drawing longer than the limit: then it must be cut somewhere.
    assert cut(text, length) == kept or len(cut(text, length)) == length


def test_an_excerpt_ends_at_a_word_and_says_that_more_follows():
    assert excerpt("The grinder stopped after two days, and now it hums.", 30) == "The grinder stopped after two…"
    assert excerpt("short\ntext", 30) == "short text"
    assert excerpt("", 30) == ""


def test_a_letter_with_endless_marks_cannot_hold_the_cutter():
    assert len(cut("a" + "\u0301" * 100_000, 50)) == 50
