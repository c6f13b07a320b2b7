"""The pages of mail: providers, the bounce mailbox, addresses that do not work, signatures."""

import pytest
from django.utils import timezone

from notifications import addresses, mail_providers
from notifications.models import AddressState, BounceMailbox, MailAccount, MailSignature
from tests.make import fresh, make_department, make_store

BOUNCES = {
    "address": "bounces@shop.example", "takes_plus": "on", "host": "127.0.0.1", "port": "143", "user": "bounces", "password": "hunter2",
    "folder": "INBOX",
}  # fmt: skip
PROVIDER = {
    "way": "mailgun",
    "domain": "mg.shop.example",
    "password": "key-hunter2",
    "hook_secret": "sign-hunter2",
    "sender": "help@shop.example",
}
PAGES = ["", "mail/", "bounces/", "addresses/", "signatures/", "signatures/store/"]


@pytest.fixture(autouse=True)
def _private(settings):
    settings.ALLOW_PRIVATE_HOSTS = True


@pytest.mark.parametrize("page", PAGES)
def test_owners_see_the_pages_and_nobody_else_does(as_olga, store, client, page):
    assert as_olga.get(f"/control/senders/{page}").status_code == 200
    assert client.get(f"/control/senders/{page}").status_code in {302, 404}


def test_a_provider_is_saved_and_its_keys_never_shown(as_olga, store):
    assert as_olga.post("/control/senders/mail/", PROVIDER).status_code == 302
    account = MailAccount.objects.get(store=store)
    page = as_olga.get("/control/senders/mail/").content.decode()

    assert (account.way, account.password, account.hook_secret, account.host) == ("mailgun", "key-hunter2", "sign-hunter2", "")
    assert "hunter2" not in page and f"/hooks/mail/{account.hook_key}/" in page and len(account.hook_key) > 30
    assert "E-mails leave through Mailgun." in as_olga.get("/control/senders/").content.decode()


def test_keys_are_kept_for_the_same_account_and_for_no_other(as_olga, store):
    as_olga.post("/control/senders/mail/", PROVIDER)
    as_olga.post("/control/senders/mail/", PROVIDER | {"password": "", "hook_secret": "", "sender": "hello@shop.example"})
    account = MailAccount.objects.get(store=store)
    assert (account.password, account.hook_secret, account.sender) == ("key-hunter2", "sign-hunter2", "hello@shop.example")

    refused = as_olga.post("/control/senders/mail/", PROVIDER | {"way": "postmark", "password": ""})
    assert refused.status_code == 422
    as_olga.post("/control/senders/mail/", PROVIDER | {"way": "postmark", "password": "token", "hook_secret": ""})
    account = fresh(account)
    assert (account.password, account.hook_secret, account.domain) == ("token", "", "mg.shop.example")


@pytest.mark.parametrize(
    "changes", [{"domain": ""}, {"domain": "mg.shop.example/../v2"}, {"domain": "a b"}, {"password": ""}, {"way": "ses"}]
)
def test_a_provider_says_what_it_needs(as_olga, store, changes):
    assert as_olga.post("/control/senders/mail/", PROVIDER | changes).status_code == 422
    assert not MailAccount.objects.exists()


def test_without_the_package_the_page_says_what_to_install(as_olga, store, monkeypatch):
    monkeypatch.setattr(mail_providers, "is_installed", lambda: False)
    page = as_olga.get("/control/senders/mail/").content.decode()

    assert "requirements-mail-providers.txt" in page and 'value="mailgun"' not in page
    assert as_olga.post("/control/senders/mail/", PROVIDER).status_code == 422


# --- The bounce mailbox -------------------------------------------------------------------------------------


def test_a_bounce_mailbox_is_saved_tried_and_forgotten_and_its_password_never_shown(as_olga, store):
    assert as_olga.post("/control/senders/bounces/", BOUNCES).status_code == 302
    page = as_olga.get("/control/senders/bounces/").content.decode()
    assert "bounces@shop.example" in page and "hunter2" not in page and "One is kept." in page

    BounceMailbox.objects.update(port=1)
    assert "The mailbox cannot be opened." in as_olga.post("/control/senders/bounces/test/").content.decode()
    as_olga.post("/control/senders/bounces/removal/")
    assert not BounceMailbox.objects.exists()


def test_another_mailbox_gets_no_password_of_the_first_and_is_read_from_its_beginning(as_olga, store):
    as_olga.post("/control/senders/bounces/", BOUNCES)
    BounceMailbox.objects.update(last_uid=7, uid_validity=1)
    as_olga.post("/control/senders/bounces/", BOUNCES | {"password": "", "address": "back@shop.example"})
    kept = BounceMailbox.objects.get()
    assert (kept.password, kept.last_uid) == ("hunter2", 7)
    as_olga.post("/control/senders/bounces/", BOUNCES | {"password": "", "user": "other"})
    assert (fresh(kept).password, fresh(kept).last_uid) == ("", 0)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "2130706433", "0x7f000001", "017700000001", "[::1]", "::ffff:127.0.0.1", "169.254.169.254", "localhost", "10.0.0.1"],
)
def test_a_private_host_is_refused_beside_its_field(as_olga, store, settings, host):
    settings.ALLOW_PRIVATE_HOSTS = False
    answer = as_olga.post("/control/senders/bounces/", BOUNCES | {"host": host, "port": "993"})
    assert answer.status_code == 422 and "This server cannot be used." in answer.content.decode() and not BounceMailbox.objects.exists()


def test_a_host_that_became_private_is_not_connected_to(store, settings):
    from notifications.bounces.mailboxes import try_mailbox

    settings.ALLOW_PRIVATE_HOSTS = False
    assert not try_mailbox(BounceMailbox(store=store, host="127.0.0.1", port=993, user="x", password="y")).ok


# --- Addresses ----------------------------------------------------------------------------------------------


def test_an_address_is_declared_right_only_in_ones_own_store(as_olga, store):
    addresses.note_bounce("kasia@mail.example", store, "550 5.1.1 unknown")
    elsewhere = AddressState.objects.create(store=make_store(), address="nour@mail.example", bounced_at=timezone.now())
    page = as_olga.get("/control/senders/addresses/").content.decode()
    assert "kasia@mail.example" in page and "550 5.1.1 unknown" in page and "nour@mail.example" not in page

    state = addresses.state_of("kasia@mail.example", store)
    assert as_olga.get(f"/control/senders/addresses/{state.pk}/restoration/").status_code == 405
    assert as_olga.post(f"/control/senders/addresses/{elsewhere.pk}/restoration/").status_code == 404
    as_olga.post(f"/control/senders/addresses/{state.pk}/restoration/")
    assert addresses.state_of("kasia@mail.example", store) is None and fresh(elsewhere).bounced_at


# --- Signatures ---------------------------------------------------------------------------------------------


def test_a_signature_is_written_per_department_and_goes_when_it_is_empty(as_olga, store):
    support = make_department("Support", store=store)
    foreign = make_department("Foreign", store=make_store())
    address = f"/control/senders/signatures/{support.pk}/"
    assert as_olga.post(address, {"text_en": "{author}\n{store}"}).status_code == 302
    assert MailSignature.objects.get(department=support).text.data == {"en": "{author}\n{store}"}
    assert as_olga.get(f"/control/senders/signatures/{foreign.pk}/").status_code == 404

    assert as_olga.post(address, {"text_en": "{secret_key}"}).status_code == 422
    as_olga.post(address, {"text_en": ""})
    assert not MailSignature.objects.exists()
