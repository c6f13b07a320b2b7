"""Every page, four languages, both themes, phone and desktop: accessible, no sideways scroll, nothing foreign, no policy broken.

`new_context` fails a test whose pages asked another host, broke the content policy or failed in a script.
The suite looks at every page in two combinations, and at a third of the pages in each of three more, so that each language, theme, width
and direction is covered in a run; EVERY_COMBINATION=1 looks at every page in all sixteen.
"""

import itertools
import os
from pathlib import Path

import pytest

from tests.journeys.pages import PAGES, choose_language, go, sign_in

AXE = (Path(__file__).parent.parent / "vendor" / "axe-core-4.14.1.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}
CHOSEN = [
    ("en", "light", "desktop"),
    ("fa", "dark", "phone"),
    ("pl", "dark", "desktop"),
    ("ru", "light", "phone"),
    ("fa", "light", "desktop"),
]
# The last of CHOSEN share the pages among them.
WHOLE = 2
ALL = list(itertools.product(["en", "fa", "pl", "ru"], ["light", "dark"], SIZES))
COMBINATIONS = ALL if os.environ.get("EVERY_COMBINATION") else CHOSEN
PEOPLE = list(dict.fromkeys(who for who, _steps in PAGES.values()))

pytestmark = [pytest.mark.once, pytest.mark.slow, pytest.mark.xdist_group("pages")]


@pytest.mark.parametrize(("language", "theme", "size"), COMBINATIONS)
def test_every_page_is_accessible_and_fits(new_context, live_stack, language, theme, size):
    faults = []
    for who in PEOPLE:
        context = new_context(viewport=SIZES[size], color_scheme=theme, reduced_motion="reduce")
        page = context.new_page()
        if who:
            sign_in(page, who)
        choose_language(page, language)
        for name, (whose, steps) in pages_in(language, theme, size).items():
            if whose == who:
                go(page, steps, live_stack)
                faults += [f"{name}: {fault}" for fault in faults_of(page, language)]
    assert faults == []


def pages_in(language, theme, size):
    """The pages to look at in this combination, by name."""
    place = COMBINATIONS.index((language, theme, size))
    if COMBINATIONS is ALL or place < WHOLE:
        return PAGES
    names = list(PAGES)[place - WHOLE :: len(COMBINATIONS) - WHOLE]
    return {name: PAGES[name] for name in names}


def test_every_page_is_looked_at_in_three_combinations():
    looked = [name for combination in COMBINATIONS for name in pages_in(*combination)]

    assert {looked.count(name) for name in PAGES} == {len(ALL) if COMBINATIONS is ALL else WHOLE + 1}


def faults_of(page, language):
    if page.locator("html").get_attribute("lang") != language:
        yield f"speaks {page.locator('html').get_attribute('lang')}, not {language}"
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
        yield f"scrolls sideways ({page.evaluate('document.documentElement.scrollWidth')} px)"
    if page.locator("[style]").count():
        yield f"{page.locator('[style]').count()} inline style attributes"
    page.evaluate(AXE)
    result = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", TAGS)
    for violation in result["violations"]:
        places = ", ".join(
            node["target"][0] if isinstance(node["target"][0], str) else str(node["target"]) for node in violation["nodes"][:3]
        )
        yield f"{violation['id']} at {places}"


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_works_without_javascript(new_context, live_stack, who):
    with_scripts = new_context()
    page = with_scripts.new_page()
    if who:
        sign_in(page, who)
    plain = new_context(java_script_enabled=False, storage_state=with_scripts.storage_state())
    page = plain.new_page()
    for name, (whose, steps) in PAGES.items():
        if whose == who:
            go(page, steps, live_stack)
            assert page.locator("h1").count() == 1, name
            assert page.locator("main").inner_text().strip(), name
