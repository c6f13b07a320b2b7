"""A device asks, is told by the running product, and shows it: everything but the push service of the browser's maker.

A Chromium without the internet cannot subscribe at its maker's service. So PushManager is a stand-in here that hands out the address and
the keys of a browser of tests/fakes/push.py; what that one opened is then given to the real service worker by the browser's own tools.
"""

import json
import time

import pytest

from tests.fakes.push import PushService
from tests.journeys.pages import sign_in
from tests.live import LiveStack

STAND_IN = """
(() => {
  const given = %s, keys = { p256dh: given.public_key, auth: given.auth_secret };
  const held = { endpoint: given.endpoint, toJSON: () => ({ endpoint: given.endpoint, keys }), unsubscribe: async () => forget() };
  const forget = () => { localStorage.removeItem("subscribed"); return true; };
  PushManager.prototype.getSubscription = async () => localStorage.getItem("subscribed") ? held : null;
  PushManager.prototype.subscribe = async () => { localStorage.setItem("subscribed", "yes"); return held; };
})();
"""
SHOWN = """navigator.serviceWorker.getRegistrations()
  .then((all) => Promise.all(all.map((one) => one.getNotifications())))
  .then((lists) => lists.flat().map(({ title, body, dir, lang, data }) => ({ title, body, dir, lang, url: data.url })))"""
PUT_AWAY = """navigator.serviceWorker.getRegistrations()
  .then((all) => Promise.all(all.map((one) => one.getNotifications())))
  .then((lists) => lists.flat().forEach((one) => one.close()))"""


@pytest.fixture(scope="module")
def service():
    with PushService() as service:
        yield service


@pytest.fixture(scope="module")
def stack(live_environment, service):
    with LiveStack(**live_environment(ALLOW_PRIVATE_HOSTS="yes", PUSH_SERVICES="127.0.0.1")) as stack:
        yield stack


@pytest.fixture
def page(chromium, stack):
    context = chromium.new_context(base_url=stack.url, service_workers="allow")
    context.grant_permissions(["notifications"], origin=stack.url)
    yield context.new_page()
    context.close()


#: What the browser says when its push service gave it another address.
MOVED = """([before, now]) => change({
  oldSubscription: { endpoint: before.endpoint },
  newSubscription: { toJSON: () => ({ endpoint: now.endpoint, keys: { p256dh: now.public_key, auth: now.auth_secret } }) },
})"""


class Worker:
    """The service worker of the desk in this browser."""

    def __init__(self, page, stack):
        self.page, self.stack, self.registrations = page, stack, []
        self.tools = page.context.new_cdp_session(page)
        self.tools.on("ServiceWorker.workerRegistrationUpdated", lambda told: self.registrations.extend(told["registrations"]))
        self.tools.send("ServiceWorker.enable")

    def hears(self, told):
        """Gives it what the push service would have given. Returns what the device then shows, after a moment to ask and answer."""
        [registration] = {one["registrationId"] for one in self.registrations if one["scopeURL"] == f"{self.stack.url}/desk/"}
        pushed = {"origin": self.stack.url, "registrationId": registration, "data": json.dumps(told)}
        with self.page.context.expect_event("request", lambda request: "/receipts/" in request.url) as asked:
            self.tools.send("ServiceWorker.deliverPushMessage", pushed)
        asked.value.response()
        shown = []
        for _look in range(10):
            self.page.wait_for_timeout(100)
            shown = self.page.evaluate(SHOWN) or shown
        return shown


def wait_for_notice(browser, count):
    until = time.monotonic() + 30
    while len(browser.notices) < count and time.monotonic() < until:
        time.sleep(0.1)
    return browser.notices[count - 1]


def test_a_device_asks_after_a_click_shows_what_is_new_and_nothing_after_signing_out(page, stack, service):
    sign_in(page, "alice@narvan.example")
    page.goto("/desk/notices/choices/")
    browser = service.browser(page.locator("push-devices").get_attribute("key"))
    page.context.add_init_script(STAND_IN % json.dumps(browser.form))
    page.reload()

    page.get_by_role("button", name="Show notices on this device").click()
    page.get_by_text("This device shows notices from now on.").wait_for()
    page.get_by_text("this device", exact=True).wait_for()
    assert not page.get_by_role("button", name="Show notices on this device").is_visible()

    number = stack.new_ticket()
    told = wait_for_notice(browser, 1)
    worker = Worker(page, stack)
    page.wait_for_timeout(300)
    assert worker.hears(told) == [
        {
            "title": "Narvan",
            "body": "“The lid leaks” was given to you",
            "dir": "ltr",
            "lang": "en",
            "url": f"{stack.url}/desk/tickets/{number}/",
        }
    ]
    fate = f"from notifications.models import Delivery; print(Delivery.objects.get(pk={told['id']}).state)"
    assert stack.shell(fate).strip() == "delivered"

    moved = service.browser(browser.server_key)
    [script] = [one for one in page.context.service_workers if "/desk/" in one.url]
    script.evaluate(MOVED, [browser.form, moved.form])
    told_anew = "from notifications.models import PushSubscription; print(PushSubscription.objects.get().endpoint)"
    assert stack.shell(told_anew).strip() == moved.endpoint

    page.evaluate(PUT_AWAY)
    page.goto("/desk/notices/choices/")
    page.evaluate("document.querySelector('form[action*=logout]').submit()")
    page.wait_for_url(lambda address: "/desk/" not in address)
    assert worker.hears(told) == []
