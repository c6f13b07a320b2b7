"""Asking for notices on a device, and what is refused there: the address is typed by a browser, so by anybody."""

import pytest
from django.test import Client

from notifications.models import PushSubscription
from notifications.push import browsers, devices, is_offered, pages
from notifications.push.keys import public_key
from tests.fakes.push import PushService
from tests.make import make_customer, make_staff
from tests.notifications.push import subscribed

pytestmark = pytest.mark.django_db

AT_DESK = "/desk/notices/devices/"
PRIVATE = [
    "https://127.0.0.1/x", "https://127.1/x", "https://2130706433/x", "https://0x7f000001/x", "https://0177.0.0.1/x", "https://[::1]/x",
    "https://[::ffff:127.0.0.1]/x", "https://[::]/x", "https://169.254.169.254/latest/meta-data/", "https://10.0.0.7/x", "https://localhost/x",
    "http://fcm.googleapis.com/fcm/send/x", "https://fcm.googleapis.com:6379/x", "https://fcm.googleapis.com@127.0.0.1/x",
    "https://fcm.googleapis.com.evil.example/x", "https://evil.example/?.push.apple.com", "https://user:word@fcm.googleapis.com/x",
    "file:///etc/passwd", "gopher://127.0.0.1:6379/_", "//127.0.0.1/x", "https://", "https://fcm.googleapis.com:port/x", "", "x" * 2000,
]  # fmt: skip


@pytest.fixture
def service(settings):
    settings.ALLOW_PRIVATE_HOSTS, settings.PUSH_SERVICES = True, ["127.0.0.1"]
    with PushService() as service:
        yield service


@pytest.fixture
def resolved(monkeypatch):
    """Every name leads where the test says."""
    found = {"address": "142.250.0.1"}

    def getaddrinfo(host, port, **_more):
        address = host if host.replace(".", "").isdigit() else found["address"]
        return [(2, 1, 6, "", (address, port))]

    monkeypatch.setattr("common.guarded.socket.getaddrinfo", getaddrinfo)
    return found


def form_of(endpoint):
    with PushService() as service:
        return service.browser("").form | {"endpoint": endpoint}


def test_only_the_push_services_of_browsers_are_taken(client, alice, resolved, monkeypatch):
    monkeypatch.setattr(pages, "LIMIT", (100, 600))
    client.force_login(alice)
    answers = {str(client.post(AT_DESK, form_of(endpoint), follow=True).content.count(b"cannot be used")) for endpoint in PRIVATE}
    assert not PushSubscription.objects.exists()
    assert answers == {"1"}, "one text for all of them"

    client.post(AT_DESK, form_of("https://fcm.googleapis.com/fcm/send/abc"))
    client.post(AT_DESK, form_of("https://updates.push.services.mozilla.com/wpush/v2/abc"))
    assert PushSubscription.objects.count() == 2


def test_a_known_name_that_leads_into_our_network_is_refused(client, alice, resolved):
    client.force_login(alice)
    resolved["address"] = "10.0.0.7"

    client.post(AT_DESK, form_of("https://fcm.googleapis.com/fcm/send/abc"))

    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize("part", [{"public_key": "AAAA"}, {"public_key": "not base64!"}, {"auth_secret": "AAAA"}, {"public_key": ""}])
def test_keys_that_no_browser_makes_are_refused(client, alice, service, part):
    client.force_login(alice)

    client.post(AT_DESK, service.browser("").form | part)

    assert not PushSubscription.objects.exists()


def test_the_keys_are_never_stored_in_the_open(client, alice, service):
    device = subscribed(client, alice, service)

    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT public_key, auth_secret, session_key FROM notifications_pushsubscription")
        stored = str(cursor.fetchall())
    assert not any(secret in stored for secret in (device.form["public_key"], device.form["auth_secret"], client.session.session_key))


def test_nobody_takes_another_persons_device_without_its_secret(client, alice, bob, service):
    device = subscribed(client, alice, service)
    stranger = Client()
    stranger.force_login(bob)

    stranger.post(AT_DESK, service.browser("").form | {"endpoint": device.endpoint})
    assert PushSubscription.objects.get().user == alice

    stranger.post(AT_DESK, device.form)
    assert PushSubscription.objects.get().user == bob, "the same browser, in which somebody else signed in"


def test_a_person_has_so_many_devices_and_removes_only_their_own(client, alice, bob, service, monkeypatch):
    monkeypatch.setattr(devices, "MOST", 2)
    for _number in range(3):
        subscribed(client, alice, service)
    assert [row.user for row in devices.devices_of(alice)] == [alice, alice]

    row = devices.devices_of(alice).first()
    stranger = Client()
    stranger.force_login(bob)
    assert stranger.post(f"{AT_DESK}{row.pk}/removal/").status_code == 404
    assert client.post(f"{AT_DESK}{row.pk}/removal/").status_code == 302
    assert devices.devices_of(alice).count() == 1


def test_a_customers_devices_belong_to_the_portal_and_staffs_to_the_desk(client, service, support):
    customer = make_customer()
    subscribed(client, customer.user, service, at="/account/devices/")
    assert PushSubscription.objects.get().store == support.stores.first()
    assert client.post(AT_DESK, service.browser("").form).status_code == 404

    page = client.get("/account/profile/").content.decode()
    assert "Firefox · Linux" in page and "push-keeper" in page


WORKER = {"X-Requested-With": "push-worker"}


def changed(client, browser, *, at="/desk/push-worker/change/", before="", headers=WORKER):
    return client.post(at, browser.form | {"before": before}, headers=headers).status_code


def test_a_browser_whose_push_service_gave_it_another_address_goes_on_under_that(client, alice, service):
    old = subscribed(client, alice, service)
    row, new, newer = PushSubscription.objects.get(), service.browser(""), service.browser("")

    assert changed(client, new, before=old.endpoint) == 204
    assert changed(client, newer) == 204, "without the old address it is known by its session"
    assert changed(client, newer) == 204

    (now,) = devices.devices_of(alice)
    assert (now.pk, now.endpoint, now.public_key, now.agent) == (row.pk, newer.endpoint, newer.form["public_key"], "Firefox · Linux")


def test_nobody_elses_device_is_changed_and_no_other_site_can_ask_for_it(client, alice, bob, service):
    old = subscribed(client, alice, service)
    stranger = Client()
    stranger.force_login(bob)

    assert changed(stranger, service.browser(""), before=old.endpoint) == 404
    assert changed(stranger, old) == 404
    assert changed(client, service.browser(""), before=old.endpoint, headers={}) == 404
    assert changed(client, service.browser(""), before=old.endpoint, at="/push-worker/change/") == 404, "that is the portal"
    assert changed(Client(), service.browser(""), before=old.endpoint) == 404
    assert PushSubscription.objects.get().endpoint == old.endpoint


def test_an_address_of_no_push_service_is_not_changed_to(client, alice, service):
    old = subscribed(client, alice, service)

    for endpoint in ("https://evil.example/x", "", "https://10.0.0.7/x"):
        new = service.browser("")
        new.endpoint = endpoint
        assert changed(client, new, before=old.endpoint) == 404
    assert PushSubscription.objects.get().endpoint == old.endpoint


def test_the_worker_gets_our_key_where_the_browser_kept_none(client, alice, service):
    client.force_login(alice)

    assert client.get("/desk/push-worker/change/").content.decode() == client.get("/push-worker/change/").content.decode() == public_key()


def test_devices_are_added_and_changed_no_faster_than_a_person_could(client, alice, bob, service, monkeypatch):
    monkeypatch.setattr(pages, "LIMIT", (2, 600))
    subscribed(client, alice, service)
    subscribed(client, alice, service)

    assert client.post(AT_DESK, service.browser("").form).status_code == 429
    assert changed(client, service.browser("")) == 429
    assert PushSubscription.objects.count() == 2
    subscribed(Client(), bob, service)


def test_the_page_speaks_of_notices_on_devices_only_where_they_are_offered(client, alice, monkeypatch):
    client.force_login(alice)
    with_it = client.get("/desk/notices/choices/").content.decode()
    assert "push-devices" in with_it and "On my devices" in with_it

    is_offered.cache_clear()
    monkeypatch.setattr("notifications.push.find_spec", lambda name: None)
    try:
        without = client.get("/desk/notices/choices/").content.decode()
        assert "push" not in without.replace('class="push', "").replace(" push", "") and "On my devices" not in without
        assert client.get("/desk/push-worker.js").status_code == client.post(AT_DESK).status_code == 404
    finally:
        is_offered.cache_clear()


def test_the_worker_is_a_script_inside_its_place(client):
    make_staff("Alice")
    answer = client.get("/push-worker.js")

    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "text/javascript; charset=utf-8", "no-cache")
    assert b"showNotification" in answer.content and b"pushsubscriptionchange" in answer.content


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox · Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome · Android"),
        ("curl/8", ""),
    ],
)
def test_a_browser_is_called_by_names_people_know(words, name):
    assert browsers.agent_words(words) == name
