"""Cards that are dragged, views that are put in order: what only a browser shows."""

import pytest

from tests.journeys.pages import sign_in

pytestmark = pytest.mark.slow
BOARD = "/desk/?view=open&layout=board"


def lane_of(page, number):
    return page.evaluate("number => document.querySelector(`.card[data-number='${number}']`)?.closest('[data-lane]')?.dataset.lane", number)


@pytest.fixture
def number(live_stack):
    """A new ticket that Alice may move: its card stands in the first lane."""
    return live_stack.new_ticket()


def test_a_card_is_dragged_and_moved_by_its_menu_and_goes_back_where_it_may_not_go(new_context, live_stack, number):
    page = new_context().new_page()
    sign_in(page, "alice@narvan.example")
    page.goto(live_stack.url + BOARD)
    first, second = (page.locator(".lane").nth(nth).get_attribute("data-lane") for nth in (0, 1))
    page.locator(f".card[data-number='{number}']").drag_to(page.locator(".lane h2").nth(1))
    page.locator(f"[data-lane='{second}'] .card[data-number='{number}']:not(.is-moving)").wait_for()
    page.reload()
    assert lane_of(page, number) == second

    # By its menu, as keyboards and fingers do.
    card = page.locator(f".card[data-number='{number}']")
    card.locator("summary").click()
    card.locator(f"button[name=status][value='{first}']").click()
    page.locator(f"[data-lane='{first}'] .card[data-number='{number}']:not(.is-moving)").wait_for()
    page.reload()
    assert lane_of(page, number) == first

    # The card was drawn before somebody else moved the ticket on.
    page.evaluate("number => { document.querySelector(`.card[data-number='${number}']`).dataset.version = '1'; }", number)
    page.locator(f".card[data-number='{number}']").drag_to(page.locator(".lane h2").nth(1))
    page.wait_for_selector(".board-words.is-refusal")
    assert lane_of(page, number) == first


def test_views_are_dragged_into_another_order_which_stays(new_context, live_stack):
    page = new_context().new_page()
    sign_in(page, "alice@narvan.example")
    page.goto(f"{live_stack.url}/desk/views/")
    names = page.locator(".ordered").first.locator(".ordered-what > a")
    before = names.all_inner_texts()
    handle = page.locator(".ordered").first.locator("[data-handle]").nth(0)
    handle.wait_for(state="visible")
    start, end = handle.bounding_box(), page.locator(".ordered").first.locator("li").nth(2).bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + 5, end["y"] + end["height"] / 2 + 4, steps=40)
    with page.expect_navigation():
        page.mouse.up()

    assert names.all_inner_texts() == [*before[1:], before[0]]
    page.goto(f"{live_stack.url}/desk/")
    assert page.locator(".rail-views").first.locator("li a span").all_inner_texts()[: len(before)] == [*before[1:], before[0]]


def test_a_card_is_moved_without_script(new_context, live_stack, number):
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, "alice@narvan.example")
    page.goto(live_stack.url + BOARD)
    card = page.locator(f".card[data-number='{number}']")
    card.locator("summary").click()
    card.locator(".menu-list a").click()
    page.locator("button[name=status]:not([aria-pressed])").first.click()

    page.wait_for_url("**/desk/?view=open*")
    page.get_by_text(number).first.wait_for(state="attached")
