"""The bell in a real browser: what it shows without leaving the page, and without a script."""

import pytest

from tests.journeys.pages import ALICE, sign_in

pytestmark = pytest.mark.slow


def test_news_are_read_one_by_one_and_all_at_once_without_leaving_the_page(page):
    sign_in(page, ALICE)
    page.goto("/desk/day/")
    bell = page.locator(".bell-rail")
    bell.locator("summary").click()
    unread = bell.locator(".bell-unread")
    unread.first.wait_for()
    before = unread.count()
    assert before > 1

    unread.first.get_by_role("button").click()
    unread.nth(before - 1).wait_for(state="detached")
    assert unread.count() == before - 1
    bell.get_by_role("button", name="Mark all as read").click()
    unread.first.wait_for(state="detached")
    bell.locator("[data-count=notices]").wait_for(state="hidden")
    assert page.url.endswith("/desk/day/")

    page.keyboard.press("Escape")
    assert not bell.locator(".bell-list").is_visible()


def test_on_a_phone_the_bell_stands_in_the_bar_below_and_fits_the_screen(new_context):
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    sign_in(page, ALICE)
    page.goto("/desk/day/")
    page.locator(".bell-thumb summary").click()
    page.locator(".bell-thumb .bell-news li").first.wait_for()

    box = page.locator(".bell-thumb .bell-list").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_without_a_script_the_bell_leads_to_all_news(new_context):
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, ALICE)
    page.goto("/desk/day/")
    page.locator(".bell-rail summary").click()
    page.locator(".bell-rail").get_by_role("link", name="All news").click()

    assert page.url.endswith("/desk/notices/")
