import re
import time
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.html import html_to_text, linkify, sanitise_html, text_to_html

FILE = "/files/12345678-1234-1234-1234-123456789012/picture.png"


@pytest.mark.parametrize(
    "vector",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<svg/onload=alert(1)>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="JaVaScRiPt:alert(1)">x</a>',
        '<a href=" &#106;avascript:alert(1)">x</a>',
        '<a href="java\tscript:alert(1)">x</a>',
        '<a href="data:text/html,<script>alert(1)</script>">x</a>',
        '<a href="vbscript:x">x</a>',
        '<a href="//evil.example">x</a>',
        '<a href="/desk/">x</a>',
        "<iframe src=https://evil.example></iframe>",
        "<form action=https://evil.example><input name=password></form>",
        '<p style="background:url(https://evil.example)">x</p>',
        '<p class="btn" id="main">x</p>',
        "<meta http-equiv=refresh content=0;url=https://evil.example>",
        "<base href=https://evil.example>",
        "<link rel=stylesheet href=https://evil.example>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<img src=http://127.0.0.1:9/x>",
        '<img srcset="https://evil.example 1x">',
        "<video poster=https://evil.example><source src=https://evil.example></video>",
        f"<img src={FILE}/../../../desk/>",
        "<!--[if IE]><script>alert(1)</script><![endif]-->",
        "<<script>script>alert(1)<</script>/script>",
    ],
)
def test_nothing_that_runs_loads_or_submits_survives(vector):
    kept = sanitise_html(f"<p>before</p>{vector}<p>after</p>").lower()
    assert "<p>before</p>" in kept
    for sign in (
        "<script",
        "onerror",
        "onload",
        "javascript:",
        "data:",
        "vbscript:",
        "evil.example",
        "<svg",
        "<form",
        "<input",
        "style",
        "class",
        "id=",
        "<meta",
        "<base",
        "127.0.0.1",
        "/desk/",
    ):
        assert not re.search(rf"<[^>]*{re.escape(sign.lstrip('<'))}", kept), (sign, kept)


def test_letters_keep_their_markup_direction_and_links():
    html = '<p dir="rtl" lang="fa">سلام <b>نور</b></p><ul><li>یک</li></ul><a href="https://x.example/?a=1&amp;b=2">x</a>'
    assert sanitise_html(html) == html.replace('b=2">', 'b=2" rel="noopener nofollow">')
    assert sanitise_html('<a href="mailto:k@x.example">k</a><a href="tel:+48600100200">t</a>').count("href") == 2
    assert sanitise_html('<p dir="sideways" lang="\'">x</p>') == "<p>x</p>"


def test_only_pictures_of_our_own_files_stay():
    assert sanitise_html(f'<img src="{FILE}" alt="k" width="40" height="9000000">') == f'<img src="{FILE}" alt="k" width="40">'
    assert sanitise_html('a<img src="https://x.example/1.gif" alt="k > 1">b') == "ab"


@given(st.text())
def test_text_shows_every_sign_as_typed(text):
    html = text_to_html(text)
    assert set(re.findall(r"</?([a-z]+)", html)) <= {"p", "br", "a"}
    assert unescape(sanitise_html(html)) == unescape(html)


def test_text_becomes_paragraphs_each_with_its_own_direction():
    assert text_to_html("one\ntwo <b>\n\n \nسلام") == '<p dir="auto">one<br>two &lt;b&gt;</p>\n<p dir="auto">سلام</p>'
    assert text_to_html("") == text_to_html("\u200c\n") == ""


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("see https://x.example/a?b=1&c=2.", "https://x.example/a?b=1&amp;c=2"),
        ("(https://x.example/a_(b))", "https://x.example/a_(b)"),
        ("«https://x.example/a»", "https://x.example/a"),
        ("ببینید: https://x.example/سلام، بعد", "https://x.example/سلام"),
        ("HTTPS://X.example", "HTTPS://X.example"),
        ("write to kasia+1@mail.example!", "mailto:kasia+1@mail.example"),
    ],
)
def test_addresses_become_links_without_the_end_of_the_sentence(text, address):
    assert f'href="{address}"' in linkify(text)


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "http://", "https://]", "http://[", "a@b", "@x.example", 'https://"onclick=1', "ftp://x.example"]
)
def test_what_is_not_an_address_is_no_link(text):
    assert "href" not in linkify(text)


def test_html_becomes_the_text_one_would_have_typed():
    mail = '<a href="mailto:k@x.example">k@x.example</a>'
    html = f'<p>Hi <a href="https://a.example/x">there</a>,<br>see</p><ul><li>one</li><li>two</li></ul><p>{mail}</p>'
    assert html_to_text(html) == "Hi there (https://a.example/x),\nsee\n\n- one\n- two\n\nk@x.example"
    assert html_to_text("<p>a&nbsp;&lt;b&gt;</p><script>1</script><style>p{}</style><pre>x\n  y</pre>") == "a\u00a0<b>\n\nx\n  y"
    assert html_to_text("") == html_to_text("<p><br></p>") == ""


@given(st.text())
def test_text_comes_back_from_html_with_its_words(text):
    words = "".join(c for c in text if c.isalnum())
    assert "".join(c for c in html_to_text(text_to_html(text)) if c.isalnum()) == words


SLOW = {
    "links": "http://x ",
    "one link": "http://",
    "exclamations": "a!",
    "tags": "<",
    "deep": "<div>",
    "brackets": "(",
    "at": "@",
    "addresses": "a@a.",
    "entities": "&#",
    "lines": "\n",
    "spaced lines": " \n",
    "joiners": "\u200c",
    "ends": "http://x" + ")" * 90,
    "anchors": "<a href=",
    "comments": "<!--",
    "markdown": "[x](",
}


@pytest.mark.parametrize("name", SLOW)
@pytest.mark.parametrize("convert", [text_to_html, sanitise_html, html_to_text])
def test_a_hundred_kilobytes_of_anything_take_less_than_a_second(convert, name):
    evil = (SLOW[name] * 100_000)[:100_000]
    start = time.process_time()
    convert(evil)
    assert time.process_time() - start < 1
