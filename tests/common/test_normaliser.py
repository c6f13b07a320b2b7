import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from common import normaliser
from common.normaliser import LONGEST, normalise, search_terms, token_spans, tokens

# Marks that take room of their own change places with others when a text is composed as a whole; no word holds them.
TEXTS = st.text(st.characters(exclude_categories=["Mc", "Cs"])) | st.text("иЙй\u0306\u0308еَ\u064fآا\u0653łŁ1۲ -ﷺ½ŉ\u0345α")
WORDS = st.lists(st.sampled_from("می نمی ها های تر کتاب خواهم ب a 1 - , NV-48215 и\u0306од".split()), max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كتاب يک", "کتاب یک"),
        ("می‌خواهم", "میخواهم"),
        ("خانهٔ", "خانه"),
        ("خانۀ", "خانه"),
        ("آب", "اب"),
        ("مدرسة", "مدرسه"),
        ("موسى", "موسی"),
        ("ســـلام", "سلام"),
        ("سَلامٌ", "سلام"),
        ("۱۲۳۴۵", "12345"),
        ("١٢٣٤٥", "12345"),
        ("ŁÓDŹ", "lodz"),
        ("Zażółć gęślą jaźń", "zazolc gesla jazn"),
        ("Ёлка", "елка"),
        ("ﻻ", "لا"),
        ("ＡＢＣ", "abc"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("soft\u00adhyphen", "softhyphen"),
        ("a \n\t b", "a b"),
    ],
)
def test_spellings_of_one_word_meet(one, other):
    assert normalise(one) == normalise(other)


def test_й_is_a_letter_of_its_own():
    assert normalise("Йод") == "йод"
    assert normalise("и\u0306од") == "йод"


@given(st.text())
def test_normalising_twice_changes_nothing_more(text):
    once = normalise(text)
    assert normalise(once) == once


@given(st.text())
def test_no_search_term_holds_a_space_or_a_sign_of_a_search_engine(text):
    for term in search_terms(text):
        assert term
        assert not set(term) & set(' \t\n"*():^%\\')


def test_each_word_once_in_the_order_typed():
    assert search_terms('grinder GRINDER "hums" OR k@mail.example') == ["grinder", "hums", "or", "k@mail.example"]
    assert search_terms("") == search_terms('"*()') == []
    assert len(search_terms(" ".join(f"w{n}" for n in range(5000)))) == 12


def folded_letter_by_letter(text):
    """The promise, spelled out: what `normalise` does in one go."""
    folded = unicodedata.normalize("NFKC", str(text or "")).casefold().translate(normaliser._LETTERS)
    letters = []
    for letter in folded:
        if letter.isdecimal():
            letters.append(str(unicodedata.decimal(letter)))
        elif letter == "й":
            letters.append(letter)
        else:
            letters.extend(c for c in unicodedata.normalize("NFKD", letter) if not normaliser._is_mark(c))
    return " ".join("".join(letters).translate(normaliser._LETTERS).split())


@given(TEXTS)
@example("И\u0306од")
def test_folding_in_one_go_is_folding_letter_by_letter(text):
    assert normalise(text) == folded_letter_by_letter(text)


@given(st.text() | WORDS)
def test_words_hold_letters_and_digits_only_and_stay_as_they_are_when_cut_again(text):
    words = tokens(text)

    assert all(word.isalnum() and len(word) <= LONGEST for word in words)
    assert tokens(" ".join(words)) == words or any(len(word) == LONGEST for word in words)


@given(TEXTS | WORDS)
def test_each_word_knows_its_place_in_the_text(text):
    spans = token_spans(text)

    assert [word for word, _start, _end in spans] == tokens(text)
    assert all(0 <= start < end <= len(text) for _word, start, end in spans)
    assert [start for _word, start, _end in spans] == sorted(start for _word, start, _end in spans)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("NV-48215, k@mail.example", ["nv", "48215", "k", "mail", "example"]),
        ("می‌خواهم می خواهم میخواهم", ["میخواهم"] * 3),
        ("كتاب‌ها، کتاب ها؛ کتابها", ["کتابها"] * 3),
        ("ها می", ["ها", "می"]),
        ("don't", ["don", "t"]),
        ("x" * 100, ["x" * LONGEST]),
    ],
)
def test_a_text_is_cut_into_words(text, words):
    assert tokens(text) == words


def test_a_word_is_marked_where_it_stands():
    text = "Der СВЕТ: می خواهم, ŁÓDŹ"
    assert [text[start:end] for _word, start, end in token_spans(text)] == ["Der", "СВЕТ", "می خواهم", "ŁÓDŹ"]
