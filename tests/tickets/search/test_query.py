"""Cutting what was typed into pieces: forgiving, linear, nothing lost."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.fulltext.wanted import MOST_WORDS, Wanted
from tickets.search.query import LIMIT, MOST_PIECES, QUOTES, Query, parse, spelled
from tickets.search.understood import Understood

NAMES = {spelled(one): name for one, name in {"status": "status", "وضعیت": "status", "от": "from", "از": "from", "پیش‌از": "before"}.items()}
NAMES |= {spelled(one): name for one, name in {"field": "field", "is": "is", "dział": "department", "od-dnia": "after"}.items()}
SIGNS = QUOTES + ":-−,، \t\u200c" + "aبя1"

plain_words = st.lists(st.text("aZłйЁکيۀ٣۳7ﻻ𝟜", min_size=1, max_size=8), min_size=1, max_size=MOST_PIECES)


def seen(typed):
    """The pieces as short text: “name:value|value”, words, "phrases", and a minus."""
    return [
        ("-" if piece.is_without else "")
        + (f"{piece.name}:{'|'.join(piece.values)}" if piece.name else f'"{piece.text}"' if piece.is_phrase else piece.text)
        for piece in parse(typed, NAMES).pieces
    ]


@pytest.mark.parametrize(
    ("typed", "pieces"),
    [
        ("grinder rattles", ["grinder", "rattles"]),
        ('"not heating" plate', ['"not heating"', "plate"]),
        ("“not heating” «не греет» „nie grzeje” ”x“", ['"not heating"', '"не греет"', '"nie grzeje"', '"x"']),
        ('"never closed', ['"never closed"']),
        ('grinder -plate -"not heating"', ["grinder", "-plate", '-"not heating"']),
        ("−цена", ["-цена"]),
        ("e-mail a - b", ["e-mail", "a", "-", "b"]),
        ("status:new", ["status:new"]),
        ("Status:New,open", ["status:New|open"]),
        ("وضعیت:باز،بسته", ["status:باز|بسته"]),
        ('status:"Waiting for payment" x', ["status:Waiting for payment", "x"]),
        ("-status:new", ["-status:new"]),
        ("status: new x", ["status:new", "x"]),
        ("status：new", ["status:new"]),
        ("DZIAŁ:sprzedaż dzial:x", ["department:sprzedaż", "department:x"]),
        ("od-dnia:1403", ["after:1403"]),
        ("پیش‌از:۱۴۰۳", ["before:۱۴۰۳"]),
        ("پیش از: ۱۴۰۳ کتاب", ["before:۱۴۰۳", "کتاب"]),
        ("کتاب از:رضا", ["کتاب", "from:رضا"]),
        ("-پیش از:۱۴۰۳", ["-before:۱۴۰۳"]),
        ('field:"order number"=12,5', ["field:order number=12|5"]),
        ("colour:red http://x.example:80/a?b=c 12:30", ["colour:red", "http://x.example:80/a?b=c", "12:30"]),
        ("status:", ["status:"]),
        ('status:"" x', ["x"]),
        ("", []),
        (" \u200b ", []),
    ],
)
def test_what_was_typed_is_cut_as_it_was_meant(typed, pieces):
    assert seen(typed) == pieces


def test_without_names_operators_are_words():
    assert [(piece.text, piece.name) for piece in parse("status:new -x").pieces] == [("status:new", ""), ("x", "")]


def test_a_piece_is_taken_away_by_its_place():
    query = parse('grinder status:new "not heating" status:new', NAMES)
    assert [query.without(piece) for piece in query.pieces] == [
        'status:new "not heating" status:new',
        'grinder "not heating" status:new',
        "grinder status:new status:new",
        'grinder status:new "not heating"',
    ]


def test_more_than_is_looked_at_is_said_to_be_cut():
    assert not parse("a " * MOST_PIECES).is_cut
    query = parse("a " * (MOST_PIECES + 1))
    assert query.is_cut
    assert len(query.pieces) == MOST_PIECES


@given(plain_words)
def test_plain_words_come_back_as_they_were_typed(words):
    typed = " ".join(words)[:LIMIT].strip()
    assert [piece.text for piece in parse(typed, NAMES).pieces] == typed.split()


@given(st.one_of(st.text(), st.text(SIGNS), st.none(), st.integers()))
def test_every_text_is_a_query(typed):
    query = parse(typed, NAMES)
    assert isinstance(query, Query)
    assert len(query.typed) <= LIMIT
    for piece in query.pieces:
        assert 0 <= piece.start < piece.end <= len(query.typed)
        assert not set(piece.text) & set(QUOTES)
        assert not piece.name or piece.values


@given(st.text(SIGNS, max_size=LIMIT))
def test_pieces_stand_in_order_and_apart(typed):
    pieces = parse(typed, NAMES).pieces
    assert all(one.end <= other.start for one, other in zip(pieces, pieces[1:], strict=False))


@given(st.text(SIGNS, max_size=LIMIT))
def test_taking_all_pieces_away_one_by_one_ends(typed):
    query = parse(typed, NAMES)
    for _step in range(len(query.pieces) + 1):
        if not query.pieces:
            return
        shorter = parse(query.without(query.pieces[0]), NAMES)
        assert len(shorter.typed) < len(query.typed)
        query = shorter


@pytest.mark.parametrize("evil", ['"' * 2**20, "-" * 2**20, "a:" * 2**19, ":" * 2**20, "status:" * 2**17, "پیش از:" * 2**17, ", " * 2**19])
def test_endless_texts_take_no_time(evil):
    start = time.perf_counter()
    parse(evil, NAMES)
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize("typed", ['"' + "a " * 149 + '"', "a-" * 150, " ".join(f'"{"a " * 10}{word}"' for word in "bcdefghijkl")])
def test_of_many_neighbours_the_first_are_looked_for(typed):
    """A database takes seconds for hundreds of them, in the portal too."""
    for query in (typed, f"-{typed}"):
        wanted = Understood(query).wanted

        assert 0 < sum(len(term.words) for term in [*wanted.terms, *wanted.without]) <= 2 * MOST_WORDS
    assert sum(len(term.words) for term in Wanted.of(typed).terms) <= MOST_WORDS
