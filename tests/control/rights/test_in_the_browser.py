"""The matrix by keyboard: arrow keys in the page's direction, a glow for what is changed, and the bar that counts it."""

import pytest

from tests.journeys.pages import choose_language, sign_in

pytestmark = [pytest.mark.once, pytest.mark.slow, pytest.mark.xdist_group("pages")]


@pytest.mark.parametrize(("language", "forward", "said"), [("en", "ArrowRight", "1 change not saved yet"), ("fa", "ArrowLeft", "۱")])
def test_boxes_are_reached_and_changed_without_a_mouse(new_context, language, forward, said):
    page = new_context().new_page()
    sign_in(page, "olga@narvan.example")
    choose_language(page, language)
    page.goto("/control/rights/")
    page.locator(".who a", has_text="Bob").first.click()
    boxes = page.locator(".matrix tbody tr").first.locator(".box input")

    boxes.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press(forward)
    reached = page.locator(".matrix tbody tr").nth(1).locator(".box").nth(1)
    assert reached.locator("input:focus").count() == 1

    page.keyboard.press("Space")
    assert "box-changed" in reached.get_attribute("class")
    assert said in page.locator("[data-changes]").inner_text()

    page.keyboard.press("Space")
    assert "box-changed" not in reached.get_attribute("class")
