"""From an empty database to the first answered request, in a real browser, in Persian and in Polish. Every click is counted."""

import re
import time

import pytest

from tests import browser as chromium_finder
from tests.live import LiveStack

pytestmark = pytest.mark.slow

STORES = {
    "fa": {
        "locale": "fa-IR", "store": "کتری‌خانه", "owner": "لیلا احمدی", "customer": "نور کریمی", "subject": "بسته‌ام نرسیده",
        "text": "هفته‌ی پیش سفارش دادم.", "reply": "فردا به دستتان می‌رسد.", "department": "سفارش و ارسال", "direction": "rtl",
    },
    "pl": {
        "locale": "pl-PL", "store": "Dom Czajników", "owner": "Olga Nowicka", "customer": "Kasia Nowak", "subject": "Paczka nie dotarła",
        "text": "Zamówienie z zeszłego tygodnia.", "reply": "Paczka będzie jutro.", "department": "Zamówienia i dostawa", "direction": "ltr",
    },
}  # fmt: skip
#: Seconds a person needs to look at a page and press one button, and to think of the words of one field and type them.
PER_CLICK, PER_FIELD = 8, 20
TEN_MINUTES = 600


class Hand:
    """What a person does, counted."""

    def __init__(self):
        self.clicks = self.fields = 0

    def press(self, page, selector):
        self.clicks += 1
        page.locator(selector).first.click()

    def write(self, page, name, words):
        self.fields += 1
        page.locator(f"[name={name}]").first.fill(words)

    @property
    def seconds(self):
        return self.clicks * PER_CLICK + self.fields * PER_FIELD


def told_where_to_begin(stack):
    """What the start prints once the first page answers."""
    for _moment in range(200):
        if said := re.search(r"/setup/[0-9a-f]+/", stack.log.read_text()):
            return said.group()
        time.sleep(0.1)
    return pytest.fail("nobody said where to begin")


@pytest.mark.parametrize("language", STORES)
def test_an_owner_alone_gets_from_an_empty_database_to_the_first_answer_within_ten_minutes(chromium, live_environment, language):
    words, hand = STORES[language], Hand()
    with LiveStack(**live_environment(demo=False)) as stack:
        setup = told_where_to_begin(stack)
        contexts = [chromium.new_context(base_url=stack.url, locale=words["locale"]) for _person in range(2)]
        watches = [chromium_finder.Watch(context, stack.host) for context in contexts]
        owner, customer = (context.new_page() for context in contexts)
        owner.goto(setup)
        assert owner.locator("html").get_attribute("dir") == words["direction"]
        hand.write(owner, "store_name", words["store"])
        hand.write(owner, "name", words["owner"])
        hand.write(owner, "email", "owner@shop.example")
        hand.write(owner, "password", "a long and winding password")
        hand.press(owner, "main form button[type=submit]")

        # The guide: departments, the right to answer, and what can wait.
        owner.wait_for_url("**/control/guide/")
        hand.press(owner, "#door-departments form .btn-primary")
        assert words["department"] in owner.locator("#door-departments").inner_text()
        hand.press(owner, "#door-people form .btn-primary")
        for door in ("mail", "sms"):
            hand.press(owner, f"#door-{door} .guide-door-ways button")
        hand.press(owner, "#door-link > form button")
        assert owner.locator(".guide-door:not(.guide-door-done):not(:has(.chip)):not(#first-request)").count() == 0

        # A customer comes by the link.
        customer.goto(owner.locator(".portal-link bdi").inner_text())
        hand.press(customer, "a[href$='/tickets/new/']")
        hand.press(customer, "main a[href*='/tickets/new/']:not([href$='/tickets/new/'])")
        for name, typed in (("subject", "subject"), ("text", "text"), ("name", "customer")):
            hand.write(customer, name, words[typed])
        hand.write(customer, "contact", "kasia@mail.example")
        customer.wait_for_timeout(2100)  # a form that is sent within two seconds was sent by a program
        hand.press(customer, "main form button.btn-primary")
        customer.wait_for_url("**/sent/")

        # The owner finds it in the guide, and answers.
        owner.reload()
        hand.press(owner, "#first-request .btn-primary")
        hand.write(owner, "text", words["reply"])
        hand.press(owner, ".composer .as-reply button[type=submit]")
        owner.wait_for_load_state()
        assert words["reply"] in owner.locator(".talk, main").first.inner_text()
        owner.locator("leave-soon").wait_for(state="detached", timeout=60_000)  # it could be taken back so long
        owner.goto("/control/guide/")
        assert owner.locator("#first-request.guide-door-done").count() == 1
        print(f"{language}: {hand.clicks} clicks, {hand.fields} fields, {hand.seconds} s at {PER_CLICK} s a click, {PER_FIELD} s a field")
        for context in contexts:
            context.close()
    assert [fault for watch in watches for fault in watch.faults] == []
    assert hand.seconds < TEN_MINUTES
