"""Covering a customer in what people wrote: no identifier survives, and nothing else is touched."""

import time
import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from common.html import sanitise_html, text_to_html
from common.normaliser import normalise
from customers.masking import OPEN, Mask
from customers.models import Customer

KASIA = Customer(
    name="Kasia Nowak", email="kasia.nowak85@mail.example", phone="+48601220214", company="Nowak Meble Sp. z o.o.", language="pl"
)
ALIREZA = Customer(name="علی‌رضا کاظمی", email="alireza@mail.example", phone="+989123456789", language="fa")
FYODOR = Customer(name="Фёдор Новиков", phone="+79161234567", language="ru")
BRIEN = Customer(name="Anna-Maria O'Brien", email="info@mail.example", language="en")


@pytest.mark.parametrize(
    ("customer", "written", "shown"),
    [
        (KASIA, "Dear Kasia, it is sent. NOWAK!", "Dear •••, it is sent. •••!"),
        (KASIA, "Yours, Kasia Nowak", "Yours, •••"),
        (KASIA, "Pani Kasi Nowak, droga Kasiu, rozmowa z Nowakiem", "Pani •••, droga •••, rozmowa z •••"),
        (KASIA, "Ka\u0301sia K\u200basia", "•••"),
        (KASIA, "from nowak meble, Gdynia", "from •••, Gdynia"),
        (KASIA, "scanKasiaNowak.jpg KASIANOWAK1.png img_kasia-2.pdf", "scan•••.jpg •••1.png img_•••-2.pdf"),
        (KASIA, "my login is kasia.nowak85", "my login is •••"),
        (KASIA, "https://x.example/Kasia%20Nowak?x=1", "•••"),
        (KASIA, "tel. 601 220 214", "tel. •••"),
        (KASIA, "601-220-214; +48 601220214; 0048601220214; (48) 601.22.02.14", "•••; •••; •••; •••"),
        (KASIA, "۶۰۱ ۲۲۰ ۲۱۴ and ٦٠١٢٢٠٢١٤", "••• and •••"),
        (KASIA, "write to Jan@Firma.example or call 0048 512 330 440", "write to ••• or call •••"),
        (KASIA, "It arrived broken, says Now…", "It arrived broken, says •••…"),
        (KASIA, "so call me, +48 601 2…", "so call me, •••…"),
        (KASIA, "or write to some.body@ma…", "or write to •••…"),
        (KASIA, "nothing is to be known of the grinder, order 60…", "nothing is to be known of the grinder, order 60…"),
        (ALIREZA, "عليرضا كاظمي هستم", "••• هستم"),
        (ALIREZA, "علی رضا کاظمی‌ام", "•••‌ام"),
        (ALIREZA, "۰۹۱۲ ۳۴۵ ۶۷۸۹ یا +98-912-345-67-89", "••• یا •••"),
        (ALIREZA, "از ٠٢١٨٨٧٧٦٦٥٥ زنگ زدم", "از ••• زنگ زدم"),
        (FYODOR, "Письмо Новикову от Федора", "Письмо ••• от •••"),
        (FYODOR, unicodedata.normalize("NFD", "Фёдор Новиков"), "•••"),
        (FYODOR, "8 (916) 123-45-67", "•••"),
        (BRIEN, "AnnaMaria; Maria O’Brien and anna", "•••; ••• and •••"),
    ],
)
def test_who_it_is_is_covered_however_it_is_written(customer, written, shown):
    assert Mask.of(customer).text(written) == shown


@pytest.mark.parametrize("customer", [KASIA, ALIREZA, FYODOR, BRIEN, Customer(name="علی", language="fa"), Customer()])
@pytest.mark.parametrize(
    "text",
    [
        "Order 100482913 of 2026-11-03 10:30 cost 1 299,00 zł, ticket 482910, invoice FV/2026/11/1042.",
        "Parcel 00359007734567890123, order #512330440, account PL61 1090 1014 0000 0712 1981 2874.",
        "سفارش ۱۰۰۴۸۲۹۱۳ در ۱۴۰۵/۰۸/۱۲ به مبلغ ۱٬۲۵۰٬۰۰۰ تومان، تیکت ۴۸۲۹۱۰",
        "Kasianka and Nowakowski, رضایی، Новиковский; the market in Annapolis\n\n\tline",
        "See https://shop.example/a%20b?x=1&y=2 (12.5 kg, 3 x 40 cm, 10:15-11:45)",
        "•••",
        "",
    ],
)
def test_what_tells_nothing_stays_as_it_is(customer, text):
    mask = Mask.of(customer)
    html = str(text_to_html(text))

    assert mask.text(text) == text
    assert mask.html(html) == html


WORDS = some.text(alphabet=some.characters(blacklist_categories=("Cs",)), max_size=30)
SPOKEN = ["Kasia", "NOWAK", "nowak, kasia", "kasia.nowak85@mail.example", "601 220 214", "+48-601-220-214", "۰۰۴۸۶۰۱۲۲۰۲۱۴", "Nowak Meble"]


def tells(text):
    """Whether anything of Kasia can be read in it."""
    folded = normalise(text.replace("\u200c", " "))
    digits = "".join(sign for sign in folded if sign.isdigit())
    letters = "".join(sign if sign.isalpha() else " " for sign in folded).split()
    return bool({"kasia", "nowak"} & set(letters)) or "601220214" in digits


@settings(max_examples=150, deadline=None)
@given(some.lists(some.one_of(some.sampled_from(SPOKEN), WORDS), max_size=8))
def test_no_identifier_survives_in_any_company(parts):
    assume(not any(tells(part) for part in parts if part not in SPOKEN))
    text = " ".join(parts)
    mask = Mask.of(KASIA)
    html = mask.html(sanitise_html(text_to_html(text)))

    assert not tells(mask.text(text))
    assert mask.text(mask.text(text)) == mask.text(text)
    for found in SPOKEN:
        assert found not in html


MARKUP = ["<b>", "</b>", "<a href='https://x.example/?q=Kasia'>", "<p title='x'>", "<", "&amp;", "&nbsp;", "Ka", "sia"]


@settings(max_examples=100, deadline=None)
@given(some.lists(some.one_of(some.sampled_from(MARKUP), WORDS)))
def test_html_stays_as_safe_and_as_whole_as_it_was(parts):
    html = sanitise_html("".join(parts))
    covered = Mask.of(KASIA).html(html)
    without_mark = covered.replace(' class="covered" role="img" aria-label="hidden customer data"', "")

    assert sanitise_html(without_mark) == sanitise_html(sanitise_html(without_mark))
    assert normalise(sanitise_html(without_mark)) == normalise(without_mark.replace(' title="hidden customer data"', ""))
    assert "?q=Kasia" not in covered


@pytest.mark.parametrize(
    ("html", "covered"),
    [
        ("<p>Ka<b>si</b>a &amp; 601 <i>220</i><br>214</p>", "<p>•••<b></b> &amp; •••<i></i><br></p>"),
        ('<a href="mailto:jan@x.example">write</a>', "<a>write</a>"),
        ('<a href="tel:+48601220214" title="Kasia">call</a>', '<a title="•••">call</a>'),
        ('<a href="https://x.example/kasia-nowak">here</a>', "<a>here</a>"),
        ('<a href="https://x.example/%4Basia">here</a>', "<a>here</a>"),
        ('<p lang="en-kasia">a</p>', "<p>a</p>"),
        ("<p>&lt;script&gt;Kasia&lt;/script&gt;</p>", "<p>&lt;script&gt;•••&lt;/script&gt;</p>"),
        (
            '<img alt="Kasia&quot;&gt;" src="/files/11111111-1111-4111-8111-111111111111/kasia.jpg">',
            '<img alt="•••&quot;&gt;" src="/files/11111111-1111-4111-8111-111111111111/file">',
        ),
    ],
)
def test_tags_and_attributes_hide_nothing(html, covered):
    mark = '<span class="covered" role="img" aria-label="hidden customer data" title="hidden customer data">•••</span>'

    assert Mask.of(KASIA).html(html).replace(mark, "•••") == covered


def test_nothing_is_covered_for_those_who_may_know():
    assert OPEN.text("Kasia Nowak") == "Kasia Nowak"
    assert OPEN.html("<b>Kasia</b>") == "<b>Kasia</b>"


def test_words_are_parted_into_those_for_everybody_and_those_that_tell():
    kept, hidden = Mask.of(KASIA).parted("kasia's grinder, call 601 220 214 now")

    assert kept.split() == ["'s", "grinder,", "call", "now"]
    assert hidden.split() == ["kasia's", "601", "220", "214"]


HOSTILE = ["a!", "<<<<", "((((", "&#&#", "http://", "1 ", "+48", "6-", "%41", "a@a.", "601 220 214,"]
HARD_NAMES = ["a " * 59 + "b", "a" * 59 + " " + "a" * 59]


@pytest.mark.once
@pytest.mark.parametrize(
    ("sign", "name"), [*((sign, "Kasia Nowak") for sign in HOSTILE), *((sign, name) for sign in ("a", "a ") for name in HARD_NAMES)]
)
def test_no_input_makes_it_slow(sign, name):
    mask = Mask.of(Customer(name=name, email=KASIA.email, phone=KASIA.phone, language="pl"))
    text = (sign * 100_000)[:100_000]
    html = text_to_html(text)

    for cover, words in ((mask.text, text), (mask.html, html)):
        started = time.process_time()
        cover(words)
        assert time.process_time() - started < 1
