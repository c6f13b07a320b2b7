from datetime import UTC, datetime

import pytest
from django.template import Context, Template

from common.moments import reading_as
from common.templatetags import formats


def drawn(source, language="en", **context):
    with reading_as(language=language, time_zone="Asia/Tehran"):
        return Template(source).render(Context(context))


def test_filters_are_there_in_every_template_without_loading():
    source = (
        "{{ at|moment_full }} · {{ at|day_long }} · {{ at|clock }} · {{ at|machine }} · {{ n|num }} · {{ n|digits }} · {{ n|filesize }}"
    )
    assert drawn(source, "fa", at=datetime(2026, 11, 19, 8, 10, tzinfo=UTC), n=12345) == (
        "پنجشنبه ۲۸ آبان ۱۴۰۵، ۱۱:۴۰ · پنجشنبه ۲۸ آبان ۱۴۰۵ · ۱۱:۴۰ · 2026-11-19T08:10:00+00:00 · ۱۲٬۳۴۵ · ۱۲۳۴۵ · ۱۲ کیلوبایت"
    )


def test_nothing_is_drawn_of_nothing():
    assert drawn("{{ x|moment }}{{ x|day }}{{ x|ago }}{{ x|num }}{{ x|digits }}{{ x|isolate }}{{ x|phone }}", x=None) == ""


def test_what_people_wrote_is_still_escaped():
    evil = "<script>alert(1)</script>"
    for name in ("isolate", "digits", "num", "phone", "initials", "callable_name", "tint"):
        assert "<" not in drawn(f"{{{{ x|{name} }}}}", "fa", x=evil)


def test_a_latin_word_beside_a_persian_number_stays_in_its_place():
    assert drawn("{{ x|isolate }}", x="آسیاب G2") == "\u2068آسیاب G2\u2069"
    assert drawn("{{ x|isolate }}", x="a\u2069b") == "\u2068ab\u2069"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Kasia Nowak", "KN"),
        ("kasia", "K"),
        ("Łucja Maria Żak", "ŁŻ"),
        ("نور احمدی", "ن"),
        ("Олег Панин", "ОП"),
        ("", "?"),
        (None, "?"),
        ("!!! ???", "?"),
        ('"Ola" (shop)', "OS"),
        ("ß test", "SST"),
    ],
)
def test_initials(name, letters):
    assert formats.initials(name) == letters


def test_nobody_is_called_without_the_ending_their_language_wants():
    assert drawn("{{ x|callable_name }}", "ru", x="Иван") == "Иван"
    assert drawn("{{ x|callable_name }}", "pl", x="Tomasz") == ""
    assert drawn("{{ x|callable_name }}", x=None) == ""


def test_a_tint_is_always_the_same_for_the_same_name():
    assert formats.tint("Kasia") == formats.tint(" kasia ")
    assert {formats.tint(f"name {n}") for n in range(100)} == {"p1", "p2", "p3", "p4", "p5", "p6"}
