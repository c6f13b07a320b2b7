"""What was found, marked in the text as somebody wrote it."""

import re
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from common.fulltext.hits import Hits
from common.fulltext.wanted import Term, Wanted
from common.normaliser import tokens

LETTERS = "abzłŁéßяёйЁاآأيیىكکةۀؤئ۱١1२\u200c\u064b\u0640 -.<>&\"'"  # without ه and what folds to it, which makes endings that stand apart


def marked(words, text, *, exact=False):
    terms = [Term(tuple(tokens(words)), is_exact=True)] if exact else Wanted.of(words).terms
    return re.sub("</?mark>", "|", str(Hits(terms).marked(text)))


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("grinder", "The GRINDER and its grinders", "The |GRINDER| and its |grinders|"),
        ("grinders", "a grinder", "a |grinder|"),
        ("rind", "a grinder", "a grinder"),
        ("lodz", "z Łodzi do ŁÓDŹ", "z |Łodzi| do |ŁÓDŹ|"),
        ("paczki", "Paczka, paczkę", "|Paczka|, |paczkę|"),
        ("елка", "Ёлки", "|Ёлки|"),
        ("посылками", "посылку", "|посылку|"),
        ("йод", "иод йод", "иод |йод|"),
        ("strasse", "Straße", "|Straße|"),
        ("کتاب", "كتاب‌های کتابها", "|كتاب‌های| |کتابها|"),
        ("کتاب‌ها", "کتاب ها و كتابها", "|کتاب| ها و |كتابها|"),
        ("می‌خواهم", "می خواهم می‌خواهم میخواهم", "|می خواهم| |می‌خواهم| |میخواهم|"),
        ("سلام", "سَلامٌ ســـلام", "|سَلامٌ| |ســـلام|"),
        ("خانه", "خانۀ خانهٔ", "|خانۀ| |خانهٔ|"),
        ("آدرس", "ادرس", "|ادرس|"),
        ("1234", "۱۲۳۴ ١٢٣٤ 1234", "|۱۲۳۴| |١٢٣٤| |1234|"),
        ("8215", "NV-48215", "NV-4|8215|"),
        ("nv-48215", "NV-48215 nv48215", "|NV-48215| |nv48215|"),
        ("600100200", "tel. 600 100-200", "tel. |600 100-200|"),
        ("o'brien", "John O’Brien", "John |O’Brien|"),
        ("b", "<b>&amp;</b>", "&lt;|b|&gt;&amp;amp;&lt;/|b|&gt;"),
        ("grinder", "", ""),
        ("", "text", "text"),
    ],
)
def test_hits_are_marked_in_every_spelling(words, text, found):
    assert marked(words, text) == found


def test_a_phrase_is_marked_as_a_whole_and_exactly():
    assert marked("not heating", "not  heating, not heatings. It is heating", exact=True) == "|not  heating|, not heatings. It is heating"
    assert marked("heating", "heating heatings", exact=True) == "|heating| heatings"


def test_what_is_covered_is_explained_beside_the_marks():
    html = str(Hits(Wanted.of("grinder").terms).marked("••• and <grinder>"))
    assert html.startswith('<span class="covered"')
    assert html.endswith("&lt;<mark>grinder</mark>&gt;")


def test_the_line_holds_the_words_around_the_first_hit():
    line = str(Hits(Wanted.of("grinder").terms).line("word " * 100 + "the\n\ngrinder <hums> " + "more " * 100))
    assert line.startswith("… ")
    assert "the <mark>grinder</mark> &lt;hums&gt;" in line
    assert line.endswith(" …")
    assert len(line) < 260
    assert Hits(Wanted.of("grinder").terms).line("nothing") == ""


def test_all_words_or_not():
    hits = Hits(Wanted.of("grinder hums").terms)
    assert hits.has_all("the grinder", "hums")
    assert not hits.has_all("the grinder")
    assert (hits.count("grinder grinder"), hits.count("it hums, the grinder"), hits.count("")) == (1, 2, 0)


@given(st.text(LETTERS), st.data())
def test_every_word_of_a_text_is_found_in_it(text, data):
    words = [word for word in tokens(text) if len(word) > 2]
    assume(words)
    word = data.draw(st.sampled_from(words))
    assert Hits([Term((word,))]).first(text), (word, text)


@given(st.text(LETTERS + "markspn"), st.text(LETTERS, min_size=1))
def test_marks_are_the_only_tags_and_the_text_stays(text, words):
    html = str(Hits(Wanted.of(words).terms).marked(text))
    plain = re.sub("</?mark>", "", html)
    assert "<" not in plain
    assert plain == str(Hits([]).marked(text))
    assert html.count("<mark>") == html.count("</mark>")


@pytest.mark.parametrize(
    "evil", ["a" * 200_000, "1" * 200_000, "1 " * 100_000, "ا\u064b" * 100_000, "می " * 60_000, "- " * 100_000, "a-" * 100_000]
)
def test_endless_texts_are_marked_in_time(evil):
    terms = Wanted.of("aaab 1111112 می‌خواهم a-b").terms + (Term(("a", "b"), is_exact=True),)
    start = time.perf_counter()
    Hits(terms).marked(evil)
    assert time.perf_counter() - start < 2
