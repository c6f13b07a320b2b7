import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.normaliser import normalise, search_terms


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
