"""Files of the face: fresh, light, borrowed openly, and fit for a strict content security policy and both directions."""

import importlib.util
import re

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

ROOT = settings.BASE_DIR
STATIC = ROOT / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "notifications" not in path.parts]  # mails carry their look themselves
CSS = [path for path in sorted((STATIC / "css").rglob("*.css")) if path.name not in {"portal.css", "desk.css"}]


def script(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def short(path):
    return str(path.relative_to(ROOT))


def test_the_joined_style_sheets_are_fresh():
    assert script("bundle_css").stale() == [], "run python scripts/bundle_css.py"


def test_borrowed_files_are_as_listed():
    assert script("vendor").check() == []


@pytest.mark.parametrize(("name", "most"), [("inter-latin", 24), ("inter-polish", 6), ("inter-russian", 12), ("vazirmatn-persian", 35)])
def test_fonts_stay_light(name, most):
    assert (STATIC / "fonts" / f"{name}.woff2").stat().st_size <= most * 1024


def test_pages_carry_no_style_and_no_script():
    wrong = []
    for path in PAGES:
        text = path.read_text()
        if re.search(r"\sstyle=|<style|javascript:|\son(click|change|submit|load|input)=|hx-on", text):
            wrong.append(short(path))
        wrong += [short(path) for tag in re.findall(r"<script\b[^>]*>", text) if " src=" not in tag and "application/json" not in tag]
    assert wrong == []


def test_nothing_is_loaded_from_another_host():
    wrong = [short(path) for path in PAGES if re.search(r"""(src|href)="(https?:)?//(?!\w*\{)""", path.read_text())]
    wrong += [short(path) for path in CSS if re.search(r"url\((?!\.\./fonts/)", path.read_text())]
    assert wrong == []


PHYSICAL = re.compile(
    r"(?:^|[;{\s])(?:(?:margin|padding|border)-(?:left|right|top|bottom)[\w-]*|left|right|top|bottom"
    r"|(?:min-|max-)?(?:width|height)|border-(?:top|bottom)-(?:left|right)-radius|float)\s*:|text-align:\s*(?:left|right)"
)


@pytest.mark.parametrize("path", CSS, ids=short)
def test_styles_know_no_left_and_right(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    text = re.sub(r"@(?:media|container)[^{]*", "", text)
    assert PHYSICAL.findall(text) == []


def test_letters_are_tracked_only_where_persian_is_not():
    for path in CSS:
        for value in re.findall(r"letter-spacing:\s*([^;}]+)", path.read_text()):
            assert value.startswith(("var(--track", "0", "inherit", ".3em")), short(path)  # .3em: digits of a code, which never join


def test_every_icon_named_in_a_template_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="i-([\w-]+)"', (STATIC / "icons.svg").read_text()))
    named = {}
    for path in TEMPLATES:
        for name in re.findall(r"""\{%\s*icon\s+["']([\w-]+)["']""", path.read_text()):
            named.setdefault(name, short(path))
        for name in re.findall(r"""\bicon(?:_name)?=["']([\w-]+)["']""", path.read_text()):
            named.setdefault(name, short(path))
    assert {name: place for name, place in named.items() if name not in drawn} == {}


def test_each_part_names_its_variables_first():
    parts = [path for folder in ("components", "base", "desk") for path in (ROOT / "templates" / folder).rglob("*.html")]
    assert [short(path) for path in parts if not path.read_text().startswith("{#")] == []


def test_comments_of_templates_end_on_their_line():
    """A {# that does not would be shown to everybody."""
    wrong = [short(path) for path in TEMPLATES for line in path.read_text().splitlines() if line.count("{#") != line.count("#}")]
    assert wrong == []
