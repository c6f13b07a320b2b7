"""Every page, four languages, both themes, phone and desktop: accessible, no sideways scroll, nothing foreign, no policy broken.

`new_context` fails a test whose pages asked another host, broke the content policy or failed in a script.
A run looks at the pages everybody passes and at one in six of the others, each in one of five combinations, so that each language, theme,
width and direction is covered. Another draw (tests/drawing.py) looks at others in other combinations, so that over time each page is seen
in all of them. TEST_DRAW=all looks at every page in one combination, EVERY_COMBINATION=1 in all sixteen.
"""

import itertools
import math
import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests import drawing
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
#: Looked at in every run. Of the other pages one in so many is.
ALWAYS = [
    "home", "sign-in", "visitor's form", "my form", "my requests", "my conversation", "inbox", "ticket", "new ticket", "customer",
    "store settings", "a department",
]  # fmt: skip
SHARE = 6
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
    for who, pages in by_person(pages_in(language, theme, size)).items():
        context = new_context(viewport=SIZES[size], color_scheme=theme, reduced_motion="reduce", storage_state=signed_in(who))
        page = context.new_page()
        choose_language(page, language)
        for name, steps in pages.items():
            go(page, steps, live_stack)
            faults += [f"{name}: {fault}" for fault in faults_of(page, language)]
    assert not faults, "\n".join(faults)


def pages_in(language, theme, size):
    """The names of the pages to look at in this combination."""
    place = COMBINATIONS.index((language, theme, size))
    if COMBINATIONS is ALL:
        return list(PAGES)
    share = (place + int(drawing.the_draw() or 0)) % len(COMBINATIONS)
    return drawing.turn(list(PAGES)[share :: len(COMBINATIONS)], SHARE, ALWAYS)


def by_person(names):
    """{who: {name: steps}}"""
    pages = {who: {name: PAGES[name][1] for name in names if PAGES[name][0] == who} for who in PEOPLE}
    return {who: own for who, own in pages.items() if own}


def test_every_page_has_its_turn_in_each_combination(monkeypatch):
    assert all(pages_in(*combination) for combination in COMBINATIONS), "a combination in which nothing is looked at"
    monkeypatch.setenv(drawing.NAME, drawing.EVERYTHING)
    looked = Counter(name for combination in COMBINATIONS for name in pages_in(*combination))
    assert set(looked) == set(PAGES)
    assert set(looked.values()) == {len(ALL) if COMBINATIONS is ALL else 1}

    seen = set()
    for draw in range(math.lcm(SHARE, len(COMBINATIONS))):
        monkeypatch.setenv(drawing.NAME, str(draw))
        looked = [(name, combination) for combination in COMBINATIONS for name in pages_in(*combination)]
        assert set(ALWAYS) <= {name for name, _combination in looked}
        seen.update(looked)
    assert seen == set(itertools.product(PAGES, COMBINATIONS))


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
    pages = by_person(drawing.turn(PAGES, SHARE, ALWAYS)).get(who, {})
    page = new_context(java_script_enabled=False, storage_state=signed_in(who)).new_page()
    for name, steps in pages.items():
        go(page, steps, live_stack)
        assert page.locator("h1").count() == 1, name
        assert page.locator("main").inner_text().strip(), name
