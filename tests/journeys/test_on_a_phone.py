"""What must stay before one's eyes on a phone, and what the desk may not promise: only a browser shows it."""

import pytest

from tests.journeys.keyboard import ready
from tests.journeys.pages import sign_in

pytestmark = [pytest.mark.once, pytest.mark.slow]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def phone(new_context):
    page = new_context(viewport=PHONE, has_touch=True, reduced_motion="reduce").new_page()
    sign_in(page, "alice@narvan.example")
    return page


def box(page, selector):
    return page.locator(selector).first.bounding_box()


def test_the_composer_stays_at_the_foot_while_the_talk_is_read(phone):
    phone.goto("/desk/?view=open&q=rattles")
    phone.goto(phone.locator("main .row a[href^='/desk/tickets/']").first.get_attribute("href").split("#")[0])
    phone.locator(".rich").wait_for()
    phone.evaluate("window.scrollTo(0, 700)")

    composer = box(phone, ".composer")
    assert abs(composer["y"] + composer["height"] - PHONE["height"]) <= 1
    assert box(phone, ".warning")["y"] >= 0


def test_the_bar_of_the_chosen_stands_above_the_thumb_bar(phone):
    phone.goto("/desk/?view=open&layout=comfortable")
    ready(phone)
    phone.keyboard.press("j")
    phone.keyboard.press("x")
    phone.locator(".bulk").wait_for()

    bar = box(phone, ".bulk")
    assert bar["y"] + bar["height"] <= box(phone, ".thumb")["y"]


def test_views_in_the_rail_do_not_pass_for_keys(new_context):
    page = new_context(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(page, "alice@narvan.example")
    page.goto("/desk/?view=open&layout=comfortable")
    ready(page)
    page.keyboard.press("?")
    page.locator("dialog.sheet-of-keys[open] [data-names='KeyX']").wait_for()

    assert page.locator(".keys-own dd", has_text="Waiting for payment").count() == 0


def test_tickets_are_chosen_by_touch(phone, live_stack):
    numbers = [live_stack.new_ticket(), live_stack.new_ticket()]
    phone.goto("/desk/?view=open&sort=newest&layout=comfortable")
    boxes = [phone.locator(f".row-tick[value='{number}']") for number in numbers]
    assert not any(box.is_visible() for box in boxes)

    phone.locator(".choosing").tap()
    for box in boxes:
        box.tap()
    phone.locator("#bulk button[value='assign']").tap()

    phone.locator("h1").first.wait_for()
    asked = phone.locator("input[name='ticket']").evaluate_all("boxes => boxes.map((box) => box.value)")
    assert sorted(asked) == sorted(numbers)
