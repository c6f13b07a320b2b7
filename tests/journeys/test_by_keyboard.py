"""The desk by keyboard alone, on an English, a Persian and a Russian keyboard."""

import re

import pytest

from tests.journeys.keyboard import Keyboard, focused, ready
from tests.journeys.pages import choose_language, sign_in

pytestmark = [pytest.mark.once, pytest.mark.slow]

ALICE, OLGA = "alice@narvan.example", "olga@narvan.example"
DESKTOP = {"width": 1440, "height": 900}


@pytest.fixture
def at_the_desk(new_context):
    """at_the_desk(language): the page of Alice, or of somebody else, and the keyboard before it."""

    def sit_down(language="en", who=ALICE):
        page = new_context(viewport=DESKTOP).new_page()
        sign_in(page, who)
        choose_language(page, language)
        page.goto("/desk/")
        ready(page)
        return page, Keyboard(page, language)

    return sit_down


def wait_for_ticket(page):
    page.wait_for_url(re.compile(r"/desk/tickets/\w+/"))
    ready(page)


def fact(live_stack, number, expression):
    """What the product's own database says of the ticket `t`."""
    code = f"from tickets.models import Ticket; t = Ticket.objects.get(number='{number}'); print({expression})"
    return live_stack.shell(code).strip()


@pytest.fixture(scope="module")
def unassigned(live_stack):
    """Three tickets that nobody has, in a store whose replies leave at once."""
    live_stack.shell("from stores.models import Store; Store.objects.update(undo_seconds=0)")
    live_stack.shell(
        "from accounts.models import User; from tickets.models import Ticket; from tickets.services.lifecycle import assign_ticket; "
        "olga = User.objects.get(email='olga@narvan.example'); "
        "tickets = Ticket.objects.still_open().filter(assignee__isnull=False, assignee__email__startswith='alice').order_by('pk')[:3]; "
        "[assign_ticket(each, to=None, by=olga) for each in tickets]"
    )


@pytest.mark.parametrize("language", ["en", "fa", "ru"])
def test_taking_the_oldest_ticket_answering_and_closing_takes_four_keys_after_reading(at_the_desk, live_stack, unassigned, language):
    page, keyboard = at_the_desk(language, OLGA)
    page.goto("/desk/?view=unassigned&sort=oldest")  # the order is kept from then on
    ready(page)
    keyboard.press("g", "i")
    page.wait_for_url("**/desk/")
    ready(page)
    keyboard.press("g", "u")
    page.wait_for_url("**view=unassigned")
    ready(page)
    oldest = page.locator("main .row a[href^='/desk/tickets/']").first.get_attribute("href").split("#")[0]
    keyboard.press("j", "o")
    wait_for_ticket(page)
    assert oldest in page.url
    before = keyboard.pressed

    keyboard.press("i")
    page.locator(".toast").wait_for()
    ready(page)
    assert not focused(page).startswith("BODY")
    keyboard.press("p")
    page.locator(".menu-answers button[data-text]").first.wait_for()
    assert focused(page).startswith("INPUT")
    keyboard.press("Enter")
    assert page.locator("#id_text").input_value() != ""
    with page.expect_navigation():
        keyboard.press("Ctrl+Shift+Enter")

    assert keyboard.pressed - before <= 4
    ready(page)
    number = oldest.split("/")[3]
    assert fact(live_stack, number, "t.is_closed, t.assignee.email") == f"True {OLGA}"


@pytest.mark.parametrize("language", ["en", "fa", "ru"])
def test_letters_are_letters_in_the_text_and_keys_outside(at_the_desk, language):
    page, keyboard = at_the_desk(language)
    keyboard.press("j", "r")
    wait_for_ticket(page)
    page.locator("#id_text_rich:focus").wait_for()
    address = page.url
    keyboard.press("e", "n", "a")
    assert page.url == address
    assert len(page.locator("#id_text").input_value()) == 3

    keyboard.press("Escape")
    assert "id_text" not in focused(page) and not focused(page).startswith("BODY")
    keyboard.press("n")
    assert page.locator("[name=mode][value=note]").is_checked()
    assert "id_text" in focused(page)
    keyboard.press("Escape", "s")
    page.locator(".prop[open]").wait_for()
    page.locator("[name=status]:focus").wait_for(state="attached")
    keyboard.press("Escape")
    assert focused(page).startswith("SUMMARY")
    keyboard.press("k")
    assert page.evaluate("document.activeElement.classList.contains('say')")


def test_the_focus_is_never_lost(at_the_desk):
    page, keyboard = at_the_desk()
    keyboard.press("j", "Enter")
    wait_for_ticket(page)
    for keys, lands in (
        (["s", "ArrowDown", "Enter"], "SUMMARY"),
        (["w"], "BUTTON"),
        (["a", "Enter"], "SUMMARY"),
        (["e"], "BUTTON"),
        (["e"], "BUTTON"),
    ):
        *opening, last = keys
        for key in opening:
            keyboard.press(key)
            page.wait_for_timeout(150)
        with page.expect_navigation():
            keyboard.press(last)
        ready(page)
        page.locator("body :focus").first.wait_for(state="attached")
        assert focused(page).startswith(lands), keys

    keyboard.press("n")
    keyboard.type("Looked at the scale.")
    with page.expect_navigation():
        keyboard.press("Ctrl+Enter")
    ready(page)
    page.locator("body :focus").first.wait_for(state="attached")

    keyboard.press("g", "o")
    page.wait_for_url("**view=open")
    ready(page)
    assert page.evaluate("document.activeElement.closest('.row') !== null")


def test_the_neighbours_of_a_ticket_are_those_of_the_list(at_the_desk):
    page, keyboard = at_the_desk()
    page.goto("/desk/?view=open&sort=newest")
    ready(page)
    rows = [link.get_attribute("href").split("#")[0] for link in page.locator("main .row .row-subject a").all()]
    keyboard.press("j", "j", "o")
    wait_for_ticket(page)
    keyboard.press("]")
    page.wait_for_url(f"**{rows[2]}*")
    ready(page)
    keyboard.press("[")
    page.wait_for_url(f"**{rows[1]}*")


def test_the_sheet_shows_what_is_on_the_page(at_the_desk):
    page, keyboard = at_the_desk("fa")
    keyboard.press("?")
    sheet = page.locator("dialog.sheet-of-keys[open]")
    sheet.locator("[data-names='KeyX']").wait_for()
    assert sheet.locator("[data-names='KeyP']").is_hidden()
    keyboard.press("j", "Escape")
    sheet.wait_for(state="detached")
    assert page.locator(".row-at").count() == 0

    keyboard.press("j", "o")
    wait_for_ticket(page)
    keyboard.press("?")
    sheet.locator("[data-names='KeyP']").wait_for()
    assert sheet.locator("[data-names='KeyX']").is_hidden()


def test_letters_switched_off_do_nothing_but_ctrl_works(at_the_desk):
    page, keyboard = at_the_desk()
    page.goto("/desk/keys/")
    page.locator("button[name=letters]").click()
    page.locator("button[name=letters][value=on]").wait_for()
    page.goto("/desk/")
    ready(page)
    keyboard.press("j", "j")
    assert page.locator(".row-at").count() == 0
    keyboard.press("Ctrl+k")
    page.locator("dialog.palette[open]").wait_for()
    keyboard.press("Escape")
    page.goto("/desk/keys/")
    page.locator("button[name=letters][value=on]").click()
    page.locator("button[name=letters][value=off]").wait_for()


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_palette_goes_to_a_setting_a_ticket_and_does_what_is_asked(at_the_desk, live_stack, language):
    page, keyboard = at_the_desk(language, OLGA)
    keyboard.press("Ctrl+k")
    page.locator("dialog.palette[open]").wait_for()
    keyboard.type("smtp")
    page.locator("[role=option]").first.wait_for()
    keyboard.press("Enter")
    page.wait_for_url("**/control/senders/**")

    page.goto("/desk/?view=open&sort=newest")
    ready(page)
    number = page.locator("main .row .row-subject a").first.get_attribute("href").split("/")[3]
    keyboard.press("Ctrl+k")
    keyboard.type(number.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")) if language == "fa" else number)
    keyboard.press("Enter")  # before the answer came: it waits
    page.wait_for_url(f"**/desk/tickets/{number}/**")
    ready(page)

    keyboard.press("Ctrl+k")
    keyboard.type(">")
    page.locator("[role=option]:has(kbd:text-is('E'))").wait_for()  # what the page itself declares, with its key
    keyboard.press("Escape")
    others = "[p for p in __import__('tickets.audience').audience.people_who_see(t) if p != t.assignee and 'olga' not in p.email]"
    name, address = fact(live_stack, number, f"'{{0.name}}|{{0.email}}'.format({others}[0])").split("|")
    keyboard.press("Ctrl+k")
    keyboard.type(f"> {name.split()[0].lower()}")
    page.locator("[role=option][aria-selected=true]", has_text=name).wait_for()
    with page.expect_navigation():
        keyboard.press("Enter")
    ready(page)
    assert fact(live_stack, number, "t.assignee.email") == address
    assert not focused(page).startswith("BODY")
