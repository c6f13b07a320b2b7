"""The frames, and the skeletons that docs/contributors/face.md shows: what is written there can be drawn."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings as project
from django.template import engines
from django.template.loader import render_to_string
from django.utils import translation

pytestmark = pytest.mark.once

SKELETONS = dict(
    re.findall(r"<!-- page: (\S+) -->\n```django\n(.*?)```", (project.BASE_DIR / "docs/contributors/face.md").read_text(), re.S)
)


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "tests.face.urls"


class AnyForm(forms.Form):
    files = forms.FileField(label="Files", required=False)


def a_page(**more):
    kinds = {"new": "new", "open": "open", "theirs": "waiting_for_customer", "others": "waiting_for_others", "closed": "closed"}
    statuses = {name: SimpleNamespace(pk=pk, kind=kind, name=name, hue=None) for pk, (name, kind) in enumerate(kinds.items())}
    return {
        "store": SimpleNamespace(name="Narvan", logo_url=None, site_url=""),
        "user": SimpleNamespace(is_authenticated=True, is_staff=False),
        "languages": [{"code": "en", "name": "English", "current": True}, {"code": "fa", "name": "فارسی", "current": False}],
        "csrf_token": "token",
        "form": AnyForm(),
        "attachment": SimpleNamespace(pk=1, name="a.mp4", size=1, content_type="video/mp4", is_image=False, thumbnail=None),
        "page": {"next_url": "?x"},
        "desk_facts": {"sees_customers": True},
        "view_name": "mine",
        **statuses,
        **more,
    }


def test_all_key_pages_are_shown():
    assert set(SKELETONS) == {
        "portal-home", "portal-new-ticket", "portal-tickets", "portal-conversation", "survey", "sign-in",
        "desk-inbox", "desk-ticket", "desk-customer",
    }  # fmt: skip


@pytest.mark.parametrize("name", SKELETONS)
def test_the_skeleton_of_a_page_can_be_drawn(name):
    html = engines["django"].from_string(SKELETONS[name]).render(a_page())
    assert html.count("<main") == 1
    assert html.count("<h1") == 1
    assert "{#" not in html
    assert " style=" not in html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("frame", ["base/portal.html", "base/desk.html", "base/calm.html", "errors/error.html"])
def test_a_frame_is_drawn_even_when_nothing_is_known(frame):
    assert "<main" in render_to_string(frame, {})


def test_the_page_says_its_language_and_direction():
    with translation.override("fa"):
        html = render_to_string("base/calm.html", {})
    assert '<html lang="fa" dir="rtl" data-face="portal">' in html
    assert "vazirmatn-persian.woff2" in html
    assert "inter-latin" not in html


def test_the_theme_a_person_chose_is_kept():
    assert 'data-theme="dark"' in render_to_string("base/desk.html", {"theme": "dark"})
    assert "data-theme" not in render_to_string("base/desk.html", {"theme": ""})


def test_owners_colours_come_as_a_style_sheet():
    assert '<link rel="stylesheet" href="/look/narvan-abc.css">' in render_to_string(
        "base/portal.html", {"look_url": "/look/narvan-abc.css"}
    )


def test_an_error_page_gives_its_reference_and_one_way_on():
    html = render_to_string("errors/error.html", {"status": 500, "title": "Broken", "words": "Ours.", "reference": "k7x2"})
    assert "k7x2" in html
    assert html.count('class="btn btn-primary"') == 1
