"""Every page, four languages, both themes, phone and desktop: accessible, no sideways scroll, nothing foreign, no policy broken.

`new_context` fails a test whose pages asked another host, broke the content policy or failed in a script.
The suite looks at every page in one of five combinations, another one with each draw (tests/drawing.py), so that each language, theme,
width and direction is covered in a run, and each page in all of them over time; EVERY_COMBINATION=1 looks at every page in all sixteen.
"""

import itertools
import os
from functools import cache
from pathlib import Path

import pytest

from tests.drawing import the_draw
from tests.journeys.pages import PAGES, choose_language, go, sign_in

AXE = (Path(__file__).parent.parent / "vendor" / "axe-core-4.14.1.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong is described and leaves the browser; describing what is right takes longer than finding out.
RUN_AXE = """async tags => {
    const result = await axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
    return result.violations.map(({id, nodes}) => [id, nodes.slice(0, 3).map(({target}) => target[0])]);
}"""
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}
CHOSEN = [
    ("fa", "dark", "phone"),
    ("en", "light", "desktop"),
    ("pl", "dark", "desktop"),
    ("ru", "light", "phone"),
    ("fa", "light", "desktop"),
]
ALL = list(itertools.product(["en", "fa", "pl", "ru"], ["light", "dark"], SIZES))
COMBINATIONS = ALL if os.environ.get("EVERY_COMBINATION") else CHOSEN
PEOPLE = list(dict.fromkeys(who for who, _steps in PAGES.values()))

pytestmark = [pytest.mark.once, pytest.mark.slow, pytest.mark.xdist_group("pages")]


@pytest.fixture(scope="module")
def signed_in(chromium, live_stack):
    """signed_in(who): what a browser keeps of somebody who signed in; each signs in once for all combinations.

    At the end everybody speaks their own language again: later files meet the same people.
    """
    own = {}

    @cache
    def of(who):
        context = chromium.new_context(base_url=live_stack.url)
        if who:
            page = context.new_page()
            sign_in(page, who)
            own[who] = page.locator("html").get_attribute("lang")
        kept = context.storage_state()
        context.close()
        return kept

    yield of
    for who, language in own.items():
        context = chromium.new_context(base_url=live_stack.url, storage_state=of(who))
        choose_language(context.new_page(), language)
        context.close()


@pytest.mark.parametrize(("language", "theme", "size"), COMBINATIONS)
def test_every_page_is_accessible_and_fits(new_context, live_stack, signed_in, language, theme, size):
    faults = []
    for who in PEOPLE:
        context = new_context(viewport=SIZES[size], color_scheme=theme, reduced_motion="reduce", storage_state=signed_in(who))
        page = context.new_page()
        choose_language(page, language)
        for name, (whose, steps) in pages_in(language, theme, size).items():
            if whose == who:
                go(page, steps, live_stack)
                faults += [f"{name}: {fault}" for fault in faults_of(page, language)]
    assert not faults, "\n".join(faults)


def pages_in(language, theme, size):
    """The pages to look at in this combination, by name."""
    place = COMBINATIONS.index((language, theme, size))
    if COMBINATIONS is ALL:
        return PAGES
    share = (place + int(the_draw() or 0)) % len(COMBINATIONS)
    return {name: PAGES[name] for name in list(PAGES)[share :: len(COMBINATIONS)]}


def test_every_page_is_looked_at_in_its_combinations():
    looked = [name for combination in COMBINATIONS for name in pages_in(*combination)]

    assert {looked.count(name) for name in PAGES} == {len(ALL) if COMBINATIONS is ALL else 1}


def faults_of(page, language):
    if page.locator("html").get_attribute("lang") != language:
        yield f"speaks {page.locator('html').get_attribute('lang')}, not {language}"
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
        yield f"scrolls sideways ({page.evaluate('document.documentElement.scrollWidth')} px)"
    if page.locator("[style]").count():
        yield f"{page.locator('[style]').count()} inline style attributes"
    page.evaluate(AXE)
    for name, places in page.evaluate(RUN_AXE, TAGS):
        yield f"{name} at {', '.join(map(str, places))}"


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_works_without_javascript(new_context, live_stack, signed_in, who):
    page = new_context(java_script_enabled=False, storage_state=signed_in(who)).new_page()
    for name, (whose, steps) in PAGES.items():
        if whose == who:
            go(page, steps, live_stack)
            assert page.locator("h1").count() == 1, name
            assert page.locator("main").inner_text().strip(), name
