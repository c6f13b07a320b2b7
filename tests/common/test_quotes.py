"""Quotes are folded and nothing is lost: in four languages, from the usual mail programs, and for whatever else arrives."""

import random
import re
import time

import pytest

from common.html import sanitise_html, text_to_html
from common.quotes import fold_quotes

FOLD = re.compile(r'<details class="quoted"><summary>.*?</summary>|</details>', re.DOTALL)
LONG = "I would like to have it repaired, since it is a present and the burr is loose. " * 4


def unfolded(html):
    return FOLD.sub("", str(html))


def words(html):
    return " ".join(re.sub(r"<[^<>]*>", " ", html).split())


def outside(html):
    """What is read without opening a fold."""
    return words(re.sub(r"<details.*?</details>", "", str(html), flags=re.DOTALL))


WHO_WROTE = [
    "On Thu, 19 Nov 2026 at 10:12, Kasia Nowak wrote:",
    "On Thu, 19 Nov 2026 at 10:12, Kasia Nowak <kasia@mail.example> wrote:",
    "W dniu 19.11.2026 o 10:12, Kasia Nowak pisze:",
    "czw., 19 lis 2026 o 10:12 Kasia Nowak <kasia@mail.example> napisał(a):",
    "Dnia 19 listopada 2026 10:12 Kasia Nowak napisała:",
    "чт, 19 нояб. 2026 г. в 10:12, Kasia Nowak <kasia@mail.example>:",
    "19.11.2026 10:12, Kasia Nowak пишет:",
    "Четверг, 19 ноября 2026, 10:12 от Касии Новак написала:",
    "در تاریخ پنجشنبه ۱۹ نوامبر ۲۰۲۶ ساعت ۱۰:۱۲ کاسیا نواک نوشت:",
    "در پنجشنبه، ۲۸ آبان ۱۴۰۵ کاسیا نواک <kasia@mail.example> نوشته است:",
]


@pytest.mark.parametrize("line", WHO_WROTE)
def test_who_wrote_goes_with_its_quote_in_text(line):
    html = text_to_html(f"Thank you, it works.\n\n{line}\n> It rattles.\n> Since Monday.")
    folded = fold_quotes(html)

    assert outside(folded) == "Thank you, it works."
    assert words(unfolded(folded)) == words(html)


@pytest.mark.parametrize("line", WHO_WROTE)
def test_who_wrote_goes_with_its_quote_in_html(line):
    line = line.replace("<", "&lt;").replace(">", "&gt;")
    html = sanitise_html(
        f'<div dir="ltr">Thank you.</div><br><div class="gmail_quote"><div>{line}<br></div><blockquote>It rattles.</blockquote></div>'
    )
    folded = fold_quotes(html)

    assert outside(folded) == "Thank you."
    assert unfolded(folded) == html


@pytest.mark.parametrize(
    "head",
    [
        "-----Original Message-----\nFrom: Kasia\nSent: Thursday",
        "From: Kasia Nowak\nSent: Thursday, 19 November 2026\nTo: Shop\nSubject: Re",
        "Od: Kasia Nowak\nWysłano: czwartek, 19 listopada 2026\nDo: Sklep",
        "От: Кася Новак\nОтправлено: 19 ноября 2026\nКому: Магазин",
        "از: کاسیا نواک\nتاریخ: ۱۹ نوامبر ۲۰۲۶\nبه: فروشگاه",
        "________________________________\nFrom: Kasia\nDate: Thursday",
    ],
)
def test_what_follows_the_head_of_an_older_mail_is_folded_to_the_end(head):
    html = text_to_html(f"Thank you.\n\n{head}\n\nIt rattles.\n\nSince Monday.")
    folded = fold_quotes(html)

    assert outside(folded) == "Thank you."
    assert unfolded(folded) == html


def test_answers_between_quotes_stay_in_sight():
    folded = fold_quotes(text_to_html("> Does it rattle?\n> Always?\nYes.\n> Since when?\n> Since Monday?\nSince May."))
    assert outside(folded) == "Yes. Since May."


@pytest.mark.parametrize(
    "text",
    [
        "5 > 4, and that is that.",
        "> one line that somebody picked out\nTwo words on it.",
        "From: the first day\nit rattled.",
        "On Monday she wrote: hello",
        "Prices: -- and ---- more",
    ],
)
def test_what_is_no_quote_is_left_as_it_is(text):
    html = text_to_html(text)
    assert fold_quotes(html) == html


def test_a_short_quote_that_nothing_introduces_is_meant_to_be_read():
    html = sanitise_html("<p>You said:</p><blockquote>It rattles.</blockquote><p>Does it still?</p>")
    assert fold_quotes(html) == html


def test_a_long_quote_is_folded():
    html = sanitise_html(f"<p>Yes.</p><blockquote>{LONG}</blockquote>")
    assert outside(fold_quotes(html)) == "Yes."


def test_a_message_that_is_nothing_but_a_quote_stays_open():
    html = sanitise_html(f"<blockquote>{LONG}</blockquote>")
    assert fold_quotes(html) == html


PIECES = [
    "<p>", "</p>", "<div>", "</div>", "<blockquote>", "</blockquote>", "<br>", "<b>", "</b>", "&gt; quoted", "words", "\n", "<ul><li>", "</li></ul>",
    "On Thu, 19 Nov 2026, Kasia wrote:", "From: Kasia<br>Sent: Thursday", "-----Original Message-----", LONG, "<img alt='>'>", '<a href="https://a.example/?b=>">x</a>',
]  # fmt: skip


@pytest.mark.parametrize("seed", range(300))
def test_whatever_comes_no_word_is_lost_or_moved_and_all_is_closed(seed):
    dice = random.Random(seed)
    html = sanitise_html("".join(dice.choice(PIECES) for _piece in range(dice.randint(1, 40))))
    folded = str(fold_quotes(html))

    assert words(unfolded(folded)) == words(html)
    assert folded.count("<details") == folded.count("</details>")
    assert sanitise_html(unfolded(folded)) == unfolded(folded)
    for fold in re.findall(r"</summary>(.*?)</details>", folded, re.DOTALL):
        assert sanitise_html(fold) == fold, "a fold holds whole elements"


@pytest.mark.parametrize("piece", ["<blockquote>", "&gt; x<br>", "From: ", "On x ", "<div>", "<p>&gt; a<br>", "-- ", '"<a'])
def test_it_is_linear(piece):
    html = sanitise_html(piece * 20_000)
    started = time.perf_counter()
    fold_quotes(html)
    assert time.perf_counter() - started < 3
