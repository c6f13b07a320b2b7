"""What mail providers report: each in its own documented words, signed where it signs."""

import hashlib
import hmac
import json
import time

import pytest
from django.utils import timezone

from notifications import addresses
from notifications.bounces.envelopes import token_of
from notifications.choices import MailWay, Reason, State
from notifications.models import Delivery, MailAccount
from tests.make import fresh, make_department, make_staff, make_store
from tests.notifications.sending import reply_to

pytestmark = pytest.mark.django_db
KASIA = "kasia@mail.example"


@pytest.fixture
def support(db):
    return make_department("Support")


@pytest.fixture
def mail(support):
    delivery = reply_to(support, make_staff("Alice", support), email=KASIA)
    Delivery.objects.filter(pk=delivery.pk).update(state=State.SENT, sent_at=timezone.now())
    return fresh(delivery)


def account_of(store, way):
    return MailAccount.objects.create(
        store=store,
        way=way,
        password="api-key",
        hook_secret="signing-key",
        hook_key="k" * 43,
        domain="mg.shop.example",
        sender="h@shop.example",
    )


def mailgun(mail, event, **more):
    stamp, token = str(int(time.time())), "a" * 50
    signature = hmac.new(b"signing-key", f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    data = {
        "event": event, "timestamp": time.time(), "recipient": KASIA, "user-variables": {"message": token_of(mail.pk)},
        "message": {"headers": {"message-id": mail.message_id.strip("<>")}}, **more,
    }  # fmt: skip
    return {"signature": {"timestamp": stamp, "token": token, "signature": signature}, "event-data": data}


def postmark(mail, kind, **more):
    return {"RecordType": kind, "MessageID": "0a1b", "Recipient": KASIA, "Metadata": {"message": token_of(mail.pk)}, **more}


def brevo(mail, event, **more):
    return {
        "event": event,
        "email": KASIA,
        "message-id": mail.message_id,
        "X-Mailin-custom": json.dumps({"message": token_of(mail.pk)}),
        **more,
    }


GONE = {"severity": "permanent", "reason": "bounce", "delivery-status": {"message": "5.1.1 no such user", "code": 550}}
REPORTS = {
    ("mailgun", "delivered"): (MailWay.MAILGUN, lambda mail: mailgun(mail, "delivered")),
    ("mailgun", "bounced"): (MailWay.MAILGUN, lambda mail: mailgun(mail, "failed", **GONE)),
    ("mailgun", "delayed"): (MailWay.MAILGUN, lambda mail: mailgun(mail, "failed", **GONE | {"severity": "temporary"})),
    ("mailgun", "complained"): (MailWay.MAILGUN, lambda mail: mailgun(mail, "complained")),
    ("postmark", "delivered"): (MailWay.POSTMARK, lambda mail: postmark(mail, "Delivery")),
    ("postmark", "bounced"): (MailWay.POSTMARK, lambda mail: postmark(mail, "Bounce", Type="HardBounce", Description="no such user")),
    ("postmark", "soft"): (MailWay.POSTMARK, lambda mail: postmark(mail, "Bounce", Type="SoftBounce", Description="mailbox full")),
    ("postmark", "delayed"): (MailWay.POSTMARK, lambda mail: postmark(mail, "Bounce", Type="Transient", Description="later")),
    ("postmark", "complained"): (MailWay.POSTMARK, lambda mail: postmark(mail, "SpamComplaint", Type="SpamComplaint")),
    ("brevo", "delivered"): (MailWay.BREVO, lambda mail: brevo(mail, "delivered")),
    ("brevo", "bounced"): (MailWay.BREVO, lambda mail: brevo(mail, "hard_bounce", reason="no such user")),
    ("brevo", "soft"): (MailWay.BREVO, lambda mail: brevo(mail, "soft_bounce", reason="mailbox full")),
    ("brevo", "delayed"): (MailWay.BREVO, lambda mail: brevo(mail, "deferred")),
    ("brevo", "complained"): (MailWay.BREVO, lambda mail: brevo(mail, "spam")),
}
OUTCOMES = {
    "delivered": (State.DELIVERED, "", False, False),
    "bounced": (State.FAILED, Reason.BAD_ADDRESS, True, False),
    "soft": (State.FAILED, Reason.REFUSED, False, False),
    "delayed": (State.SENT, Reason.BUSY, False, False),
    "complained": (State.DELIVERED, "", False, True),
}


def report(client, body, key="k" * 43):
    return client.post(f"/hooks/mail/{key}/", json.dumps(body), content_type="application/json")


@pytest.mark.parametrize(("provider", "what"), REPORTS)
def test_a_report_marks_the_message_and_the_address(client, mail, provider, what):
    way, body = REPORTS[provider, what]
    account_of(mail.store, way)
    for _twice in range(2):
        assert report(client, body(mail)).status_code == 200

    state = addresses.state_of(KASIA, mail.store)
    found = (fresh(mail).state, fresh(mail).reason, bool(state and state.bounced_at), bool(state and state.complained_at))
    assert found == OUTCOMES[what]


@pytest.mark.parametrize("key", ["x" * 43, "%20", "k" * 42])
def test_an_address_that_is_nobodys_does_not_exist(client, mail, key):
    account_of(mail.store, MailWay.POSTMARK)
    MailAccount.objects.create(store=make_store(), host="mail.shop.example", sender="h@shop.example")  # its key is empty
    assert report(client, postmark(mail, "Delivery"), key).status_code == 404 and fresh(mail).state == State.SENT


def test_a_report_with_a_forged_signature_changes_nothing(client, mail):
    account_of(mail.store, MailWay.MAILGUN)
    body = mailgun(mail, "delivered")
    body["signature"]["signature"] = "0" * 64
    assert report(client, body).status_code == 404 and fresh(mail).state == State.SENT


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 5000, b'{"RecordType": {"a": []}}', b'{"Metadata": 7}']
)
def test_whatever_strangers_send_is_answered_calmly(client, mail, body):
    account_of(mail.store, MailWay.POSTMARK)
    answer = client.post(f"/hooks/mail/{'k' * 43}/", body, content_type="application/json")
    assert answer.status_code in {200, 404} and fresh(mail).state == State.SENT


def test_a_store_reports_on_its_own_mails_alone_and_only_by_the_signed_word(client, mail):
    other = make_store()
    account = account_of(other, MailWay.POSTMARK)
    assert not account.store.is_default
    report(client, postmark(mail, "Bounce", Type="HardBounce"))
    MailAccount.objects.update(store=mail.store)
    report(client, postmark(mail, "Delivery", Metadata={"message": f"m{mail.pk}-{'0' * 20}"}))
    assert fresh(mail).state == State.SENT and addresses.state_of(KASIA, mail.store) is None


def test_looking_is_answered_and_changes_nothing(client, mail):
    account_of(mail.store, MailWay.BREVO)
    assert client.get(f"/hooks/mail/{'k' * 43}/").status_code == 200
