"""The pages of the mail server."""

import pytest

from notifications.models import MailAccount

MAIL = {"host": "127.0.0.1", "port": "2525", "security": "none", "user": "olga", "password": "hunter2", "sender": "help@shop.example"}


@pytest.fixture(autouse=True)
def _private(settings):
    settings.ALLOW_PRIVATE_HOSTS = True


def test_a_mail_server_is_saved_tried_and_forgotten_and_its_password_never_shown(as_olga, store):
    assert as_olga.post("/control/senders/mail/", MAIL).status_code == 302
    page = as_olga.get("/control/senders/mail/").content.decode()
    assert "127.0.0.1" in page and "hunter2" not in page and "One is kept." in page
    assert "E-mails leave through 127.0.0.1." in as_olga.get("/control/senders/").content.decode()

    tried = as_olga.post("/control/senders/mail/test/", {"to": "olga@shop.example"}).content.decode()
    assert "The server cannot be reached." in tried
    as_olga.post("/control/senders/mail/removal/")
    assert not MailAccount.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"), [({"host": ""}, "This field is required."), ({"port": "99999"}, "65535"), ({"sender": "x"}, "e-mail")]
)
def test_mistakes_stay_beside_their_field(as_olga, store, changes, said):
    answer = as_olga.post("/control/senders/mail/", MAIL | changes)

    assert answer.status_code == 422 and said in answer.content.decode() and not MailAccount.objects.exists()


def test_a_private_host_is_refused_beside_its_field(as_olga, store, settings):
    settings.ALLOW_PRIVATE_HOSTS = False
    answer = as_olga.post("/control/senders/mail/", MAIL)

    assert answer.status_code == 422 and "This server cannot be used." in answer.content.decode()


def test_only_who_changes_settings_comes_in(browser_of, alice, store):
    for address in ("/control/senders/", "/control/senders/mail/", "/control/texts/", "/control/texts/reply/", "/control/texts/actions/"):
        assert browser_of(alice).get(address).status_code == 404
