from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from common.drawing import draw, escaped, joined


@given(st.lists(st.one_of(st.text(), st.integers(), st.none(), st.text().map(mark_safe)), min_size=2, max_size=2))
def test_values_are_escaped_as_djangos_format_html_does(values):
    assert draw('<b title="{}">{}</b>', *values) == format_html('<b title="{}">{}</b>', *values)


def test_what_is_safe_stays_as_it_is_and_what_is_drawn_is_safe():
    inner = draw("<i>{}</i>", "<")
    assert draw("<b>{}</b>", inner) == "<b><i>&lt;</i></b>"
    assert escaped(joined([inner, inner])) == "<i>&lt;</i><i>&lt;</i>"


def test_lazy_words_are_escaped_when_they_are_drawn():
    assert escaped(gettext_lazy("<b>")) == "&lt;b&gt;"


class Drawn:
    def __html__(self):
        return "<hr>"


def test_what_knows_how_to_draw_itself_is_asked():
    assert draw("{}", Drawn()) == "<hr>"
