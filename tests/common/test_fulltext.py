"""What is looked for and what is stored, before any database is asked."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.fulltext.cutting import GAP, indexed
from common.fulltext.stemming import SHORTEST, stems
from common.fulltext.wanted import MOST_TERMS, Term, Wanted
from common.normaliser import tokens


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("orders", "order"),
        ("order", "orders"),
        ("batteries", "battery"),
        ("battery", "batteries"),
        ("młynki", "młynek"),
        ("młynek", "młynków"),
        ("paczka", "paczek"),
        ("faktury", "fakturą"),
        ("zamówienia", "zamówień"),
        ("кофемолки", "кофемолок"),
        ("посылок", "посылка"),
        ("заказы", "заказов"),
        ("счёта", "счет"),
        ("کتاب‌ها", "کتاب"),
        ("کتاب", "کتاب‌هایم"),
        ("سفارش ها", "سفارش"),
    ],
)
def test_a_word_is_found_in_another_ending(asked, written):
    (one,), (other,) = tokens(asked), tokens(written)
    assert any(other.startswith(stem) for stem in stems(one))


@given(st.text().map(tokens).filter(bool))
def test_the_word_itself_is_always_covered_and_no_stem_is_too_short(words):
    for word in words:
        assert any(word.startswith(stem) for stem in stems(word))
        assert all(len(stem) >= SHORTEST or stem == word for stem in stems(word))


def test_stems_are_the_same_in_every_thread():
    words, found = [f"заказ{ending}" for ending in ("ы", "ов", "ам", "ами")] * 50, []
    stems.cache_clear()
    threads = [threading.Thread(target=lambda: found.append([stems.__wrapped__(word) for word in words])) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[("заказ",)] * len(words)] * 4


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Order NV-48215", {"nv48215", "48215", "8215"} - {"48215"}),
        ("NV48215", {"48215", "8215"}),
        ("+48 601 220 999", {"48601220999", "601220999", "0999"}),
        ("۰۹۱۲۳۴۵۶۷۸۹", {"6789", "9123456789"}),
        ("code 1234", set()),
        ("no number", set()),
    ],
)
def test_the_ends_of_long_numbers_stand_behind_the_words(text, ends):
    words, _gap, more = indexed(text).partition(f" {GAP} ")

    assert words.split() == tokens(text)
    assert ends <= set(more.split())
    assert bool(more) == bool(ends)


@given(st.text(st.sampled_from("0123456789 -/.ab"), max_size=2000))
def test_numbers_without_end_make_no_document_without_end(text):
    assert len(indexed(text)) <= len(" ".join(tokens(text))) + 201 * 21


def test_plain_words_are_wanted_each_once():
    assert Wanted.of("grinder GRINDER hums").terms == (Term(("grinder",)), Term(("hums",)))
    assert Wanted.of("k@mail.example NV-48215").terms == (Term(("k", "mail", "example")), Term(("nv", "48215")))
    assert Wanted.of("601 220 999 می خواهم").terms == (Term(("601", "220", "999")), Term(("میخواهم",)))
    assert not Wanted.of(" *()' \x00")
    assert len(Wanted.of(" ".join(f"word{n}x" for n in range(500))).terms) == MOST_TERMS


@pytest.mark.parametrize("words", [(), ("",), ('a" OR "b',), ("a'b",), ("a*",)])
def test_a_term_takes_nothing_but_words(words):
    with pytest.raises(ValueError):
        Term(words)
