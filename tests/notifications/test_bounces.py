"""What is believed of a report that a mail came back, and what follows from it. Anybody can write to the bounce mailbox."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from notifications import addresses, engine
from notifications.bounces import settling
from notifications.bounces.envelopes import envelope_of, pk_behind, token_of
from notifications.bounces.reading import _take
from notifications.bounces.reports import MOST_BYTES, read
from notifications.choices import Mailing, Reason, State
from notifications.mail import build
from notifications.models import BounceMailbox, Delivery
from tests.make import fresh, make_store
from tests.notifications.bounce_reports import dsn
from tests.notifications.sending import reply_to, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(support):
    return BounceMailbox.objects.create(
        store=support.stores.get(), address="bounces@shop.example", host="imap.shop.example", user="bounces", password="secret"
    )


@pytest.fixture
def mail(support, alice):
    delivery = reply_to(support, alice, email="kasia@mail.example")
    Delivery.objects.filter(pk=delivery.pk).update(state=State.SENT, sent_at=timezone.now())
    return Delivery.objects.for_sending().get(pk=delivery.pk)


def take(mailbox, raw, at=None):
    return _take(mailbox, raw, at or timezone.now() + timedelta(seconds=9))


# --- The envelope -------------------------------------------------------------------------------------------


def test_a_mail_comes_back_to_an_address_that_names_it_and_its_sender_stays(mailbox, mail):
    ready = build(mail)
    assert ready.from_email == f"bounces+{token_of(mail.pk)}@shop.example" == envelope_of(mail)
    assert ready.message()["From"] == "Narvan <help@narvan.example>"
    assert pk_behind(envelope_of(mail).upper()) == mail.pk


def test_a_forged_word_names_nothing(mailbox, mail):
    token = token_of(mail.pk)
    forged = [
        token[:-1] + ("0" if token[-1] != "0" else "1"),
        token_of(mail.pk + 1).replace(str(mail.pk + 1), str(mail.pk), 1),
        "m1-",
        "",
        " ",
    ]
    assert [pk_behind(f"bounces+{word}@shop.example") for word in forged] == [None] * len(forged)


def test_without_plus_addresses_the_mailbox_alone_stands_on_the_envelope(mailbox, mail):
    BounceMailbox.objects.update(takes_plus=False)
    assert build(mail).from_email == "bounces@shop.example"


# --- Reports ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["envelope", "message id"])
def test_a_hard_bounce_fails_the_message_and_marks_the_address(mailbox, mail, by):
    known = {"to": envelope_of(mail)} if by == "envelope" else {"message_id": mail.message_id}
    assert take(mailbox, dsn(**known)) == 1
    assert (fresh(mail).state, fresh(mail).reason, fresh(mail).remark) == (State.FAILED, Reason.BAD_ADDRESS, "550 5.1.1 unknown")
    state = addresses.state_of("KASIA@mail.example", mail.store)
    assert state.bounced_at and state.remark == "550 5.1.1 unknown"


@pytest.mark.parametrize(
    ("status", "said"), [("5.2.2", "smtp; 552 5.2.2 mailbox full"), ("5.7.1", "smtp; 550 5.7.1 spam"), ("4.4.1", "timeout")]
)
def test_a_soft_bounce_fails_the_message_but_the_address_goes_on(mailbox, mail, status, said):
    take(mailbox, dsn(to=envelope_of(mail), status=status, said=said))
    state = addresses.state_of(mail.address, mail.store)
    assert (fresh(mail).state, fresh(mail).reason) == (State.FAILED, Reason.REFUSED)
    assert state.bounced_at is None and state.soft_bounces == 1
    addresses.guard_address(mail)


def test_what_the_other_server_said_counts_where_the_report_is_vague(mailbox, mail):
    take(mailbox, dsn(to=envelope_of(mail), status="5.0.0", said="smtp; 550 5.1.1 no such user"))
    assert addresses.state_of(mail.address, mail.store).bounced_at


def test_a_delay_is_noted_and_a_delivery_believed(mailbox, mail):
    take(mailbox, dsn(to=envelope_of(mail), action="delayed", status="4.4.1", said="smtp; connection timed out"))
    assert (fresh(mail).state, fresh(mail).reason, fresh(mail).remark) == (State.SENT, Reason.BUSY, "connection timed out")
    take(mailbox, dsn(to=envelope_of(mail), action="delivered", status="2.0.0"))
    assert (fresh(mail).state, fresh(mail).reason) == (State.DELIVERED, "")
    take(mailbox, dsn(to=envelope_of(mail)))
    assert fresh(mail).state == State.FAILED


def test_a_report_from_before_the_mail_was_sent_again_says_nothing(mailbox, mail):
    assert take(mailbox, dsn(to=envelope_of(mail)), at=timezone.now() - timedelta(hours=2)) == 1
    assert fresh(mail).state == State.SENT and addresses.state_of(mail.address, mail.store) is None


@pytest.mark.parametrize("raw", [
    b"", b"\r\n", dsn(), dsn(to="bounces+m1-0000000000000000000@shop.example"), dsn(message_id="<>"), dsn(message_id="x" * 5000),
    b"Subject: I am on holiday\r\nAuto-Submitted: auto-replied\r\n\r\nback on Monday",
    dsn().replace(b"multipart/report", b"multipart/mixed"), dsn().replace(b"Action: failed", b"Action: "),
    dsn().replace(b"message/delivery-status", b"text/plain"),
])  # fmt: skip
def test_what_is_forged_or_matches_nothing_changes_nothing(mailbox, mail, raw):
    assert take(mailbox, raw) == 0
    assert fresh(mail).state == State.SENT and addresses.state_of(mail.address, mail.store) is None


def test_a_holiday_note_to_the_envelopes_address_is_no_bounce(mailbox, mail):
    note = f"To: {envelope_of(mail)}\r\nSubject: Away\r\nAuto-Submitted: auto-replied\r\n\r\nBack on Monday.".encode()
    assert take(mailbox, note) == 0 and fresh(mail).state == State.SENT


def test_the_mailbox_of_another_store_speaks_of_its_own_mails_alone(mailbox, mail):
    other = BounceMailbox.objects.create(store=make_store(), address="b@other.example", host="imap.other.example", user="b")
    assert take(other, dsn(message_id=mail.message_id)) == 0 and fresh(mail).state == State.SENT


HEAVY = {
    "a thousand brackets": b"From: " + b"(" * 1000 + b"\r\n\r\nx",
    "twenty thousand addresses": b"To: " + b"a@b.example, " * 20_000 + b"\r\n\r\nx",
    "encoded words": b"Subject: " + b"=?utf-8?q?x?= " * 20_000 + b"\r\n\r\nx",
    "seventy kilobytes of header": b"X-Long: " + b"x" * 70_000 + b"\r\n\r\n" + dsn(),
    "deep parts": b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (depth, depth) for depth in range(2000)),
    "deep mails": b"Content-Type: message/rfc822\r\n\r\n" * 8000,
    "no line end": b"Content-Type: multipart/report" + b"x" * 25_000_000,
    "odd charset": dsn().replace(b"us-ascii", b"zlib"),
    "binary": bytes(range(256)) * 900,
    "nul": dsn().replace(b"Diagnostic-Code: ", b"Diagnostic-Code: \x00\x1b[31m"),
    "many blocks": dsn().replace(b"Reporting-MTA: dns; mx.example", b"\r\n\r\n".join([b"A: b"] * 20_000)),
}  # fmt: skip


@pytest.mark.parametrize("raw", HEAVY.values(), ids=HEAVY.keys())
def test_a_mail_made_to_break_the_reader_costs_no_time(raw):
    began = time.process_time()
    found = read(raw[: MOST_BYTES + 1])
    assert time.process_time() - began < 1
    assert found is None or "\x00" not in found.words and "\x1b" not in found.words


# --- Addresses ----------------------------------------------------------------------------------------------


def sent_to(support, alice, address):
    delivery = reply_to(support, alice, email=address)
    engine.deliver(delivery.pk)
    return fresh(delivery)


def test_nothing_more_leaves_for_an_address_that_is_nobodys_until_somebody_says_it_works(support, alice):
    store = support.stores.get()
    addresses.note_bounce("kasia@mail.example", store, "550 5.1.1 unknown")
    delivery = sent_to(support, alice, "Kasia@mail.example")
    assert (delivery.state, delivery.reason, delivery.remark) == (State.DROPPED, Reason.CAME_BACK, "550 5.1.1 unknown")

    addresses.declare_right(addresses.state_of("kasia@mail.example", store), by=alice)
    Delivery.objects.filter(pk=delivery.pk).update(state=State.QUEUED, reason="")
    engine.deliver(delivery.pk)
    assert fresh(delivery).state == State.SENT


def test_another_address_or_another_store_is_not_meant(support, alice):
    addresses.note_bounce("kasia@mail.example", make_store(), "")
    addresses.note_bounce("kasia@work.example", support.stores.get(), "")
    assert sent_to(support, alice, "kasia@mail.example").state == State.SENT


def test_a_code_that_somebody_waits_for_leaves_all_the_same(support):
    addresses.note_bounce("kasia@mail.example", support.stores.get(), "")
    code = row("kasia@mail.example", store=support.stores.get())
    engine.deliver(code.pk)
    assert fresh(code).state == State.SENT


def test_a_mail_that_arrives_proves_the_address(mail):
    addresses.note_soft_bounce(mail.address, mail.store, "full")
    settling.note_delivered(mail)
    assert addresses.state_of(mail.address, mail.store) is None


def test_a_complaint_ends_what_belongs_to_no_request_and_nothing_else(mail):
    settling.note_complaint(mail)
    state = addresses.state_of(mail.address, mail.store)
    assert fresh(mail).state == State.DELIVERED and state.complained_at and set(state.stops) == set(Mailing.values)
    addresses.guard_address(mail)
    with pytest.raises(Exception, match="unsubscribed"):
        addresses.guard_address(mail, Mailing.SURVEY)
