from types import SimpleNamespace

import pytest
from django.template import engines
from django.utils import translation

pytestmark = pytest.mark.once


def draw(source, **context):
    return engines["django"].from_string(source).render(context).strip()


def a_status(**values):
    return SimpleNamespace(**({"pk": 12, "kind": "open", "name": "In work", "hue": None} | values))


def test_arrows_turn_on_right_to_left_pages_and_clocks_do_not():
    assert 'class="icon icon-turn"' in draw('{% icon "reply" %}')
    assert 'class="icon"' in draw('{% icon "clock" %}')


def test_an_icon_alone_says_its_name():
    assert draw('{% icon "x-lg" label="Remove" %}').endswith('<span class="visually-hidden">Remove</span>')


def test_a_status_wears_its_owners_colour_only_when_it_has_one():
    assert "data-status" not in draw("{% status s %}", s=a_status())
    assert 'data-kind="open" data-status="12"' in draw("{% status s %}", s=a_status(hue=20.0))


def test_names_of_statuses_and_people_are_escaped():
    assert "<b>" not in draw("{% status s %}{% avatar n title=True %}{% turn 'open' n %}", s=a_status(name="<b>"), n="<b>x</b>")


@pytest.mark.parametrize(
    ("kind", "sign"),
    [
        ("waiting_for_customer", "open"),
        ("new", "waiting_for_customer"),
        ("open", "waiting_for_customer"),
        ("waiting_for_others", "waiting_for_customer"),
        ("closed", "closed"),
    ],
)
def test_customers_see_the_turn_from_their_own_chair(kind, sign):
    html = draw("{% turn kind 'words' %}", kind=kind)
    assert f"#i-mark-{sign}" in html
    assert ("turn-yours" in html) == (kind == "waiting_for_customer")


def test_nobody_is_read_aloud():
    assert "Nobody" in draw('{% avatar "" %}')
    assert 'aria-hidden="true"' in draw('{% avatar "Alice Warren" %}')


def test_a_panel_holds_what_stands_inside_it():
    html = draw('{% panel title="Notes" more_url="/all/" more_label="All" %}{{ word }}{% endpanel %}', word="<i>")
    assert "<h2>Notes</h2>" in html
    assert '<a href="/all/">All</a>' in html
    assert "&lt;i&gt;" in html


def test_pages_without_neighbours_show_no_links():
    assert draw("{% pagination page %}", page={"previous_url": "", "next_url": ""}) == ""
    assert 'rel="next" href="?after=3"' in draw("{% pagination page %}", page={"next_url": "?after=3"})


@pytest.mark.parametrize(
    ("content_type", "sign"),
    [
        ("image/png", "image"),
        ("application/pdf", "pdf"),
        ("video/mp4", "play"),
        ("application/zip", "zip"),
        ("text/csv", "spreadsheet"),
        ("text/plain", "text"),
    ],
)
def test_a_file_shows_its_kind(settings, content_type, sign):
    settings.ROOT_URLCONF = "tests.face.urls"
    attachment = SimpleNamespace(pk=1, name="a.bin", size=10, content_type=content_type, is_image=False, thumbnail=None)
    assert f"#i-file-earmark-{sign}" in draw("{% file a %}", a=attachment)


def test_persian_words_get_persian_digits_in_the_rail():
    with translation.override("fa"):
        assert "۹" in draw("{% load i18n %}{{ n|num }}", n=9)
