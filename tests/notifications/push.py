"""What tests of notices on devices share: a push service, and people signed in with browsers that listen to it."""

from notifications.push.keys import public_key


def signed_in(client, user):
    client.force_login(user)
    return client.session.session_key


def subscribed(client, user, service, *, at="/desk/notices/devices/"):
    """A browser (tests/fakes/push.py) in which this person is signed in and has asked for notices."""
    signed_in(client, user)
    browser = service.browser(public_key())
    answer = client.post(at, browser.form, headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"})
    assert answer.status_code == 302, answer.content
    return browser
