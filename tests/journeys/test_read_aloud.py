"""What a screen reader is told of the inbox, the board and a ticket: names, roles and the order they come in."""

import re

import pytest

from tests.journeys.pages import choose_language, sign_in

pytestmark = [pytest.mark.once, pytest.mark.slow]
DESKTOP = {"width": 1440, "height": 900}


@pytest.fixture
def read_aloud(new_context):
    """read_aloud(address, then=None): the tree of the page's main part, as lines; `then` is the link that is followed first."""

    def of(address, then=None):
        page = new_context(viewport=DESKTOP).new_page()
        sign_in(page, "alice@narvan.example")
        choose_language(page, "en")
        page.goto(address)
        if then:
            page.goto(page.locator(then).first.get_attribute("href"))
        return page, page.locator("main").aria_snapshot()

    return of


def places(tree, *patterns):
    """Where each stands in the tree; all must be there."""
    found = [re.search(pattern, tree) for pattern in patterns]
    assert all(found), [pattern for pattern, match in zip(patterns, found, strict=True) if not match]
    return [match.start() for match in found]


def nameless(tree):
    """What can be pressed and says nothing of what it does."""
    return re.findall(r"- (?:button|link|checkbox|textbox|combobox|searchbox)(?: \[[^\]]*\])*:?$", tree, re.MULTILINE)


def test_the_inbox_says_its_name_what_narrows_it_and_whose_turn_each_ticket_is(read_aloud):
    _page, tree = read_aloud("/desk/?view=open&layout=comfortable")

    order = places(
        tree, r'heading "All open" \[level=1\]', r'search "This list"', r'heading "Late', r"checkbox .*\d{6}", r'link "Coffee grinder'
    )
    assert order == sorted(order)
    assert nameless(tree) == []
    # A row: the box, whose turn it is in words, its subject, who wrote, when.
    row = tree[tree.index('link "Coffee grinder') - 300 : tree.index('link "Coffee grinder') + 700]
    assert re.search(r'img "[^"]+"|text: .*Customer answered', row)
    assert "Kasia Nowak" in row


def test_the_board_is_a_row_of_named_lanes_with_a_menu_on_each_card(read_aloud):
    page, tree = read_aloud("/desk/?view=open&layout=board")

    assert re.search(r'region "New', tree) and re.search(r'region "Waiting for customer', tree)
    assert nameless(tree) == []
    names = page.locator(".card summary").evaluate_all(
        "rows => rows.map(row => (row.getAttribute('aria-label') || row.textContent).trim())"
    )
    assert names and all(names)
    page.goto("/desk/?view=open&layout=comfortable")


def test_a_ticket_reads_title_facts_warning_talk_answer_and_then_the_customer(read_aloud):
    _page, tree = read_aloud("/desk/?view=open&q=rattles", then="main .row a[href^='/desk/tickets/']")

    order = places(
        tree,
        r'heading "Coffee grinder rattles after two weeks" \[level=1\]',
        r"Status",
        r"Send no replacement before the old unit is back",
        r"My G2 grinder",
        r'radio "Reply" \[checked\]',
        r'button "Send reply"',
        r'heading "Tags"',
    )
    assert order == sorted(order)
    assert nameless(tree) == []
    assert re.search(r'radio "Note"', tree) and re.search(r"Kasia.? sees this", tree)
