"""Mails over real SMTP, to a server that is slow, forgetful, busy, strict or dead."""

import smtplib
import socket
import threading
import time

import pytest
from django.core.mail import BadHeaderError
from django.db import connection

from notifications import engine, lanes, mail_pool, sweeping
from notifications.choices import Reason, State
from notifications.mail_server import classify
from notifications.models import Delivery
from notifications.outcomes import PermanentFailure, TemporaryFailure
from tests.fakes.smtp import SmtpServer
from tests.make import fresh
from tests.notifications.sending import make_due, row


@pytest.fixture
def smtp(settings):
    """`smtp(busy=1)` is a running server to which the product is set up."""
    servers = []

    def start(**modes):
        server = SmtpServer(**modes).__enter__()
        servers.append(server)
        use(settings, server.port)
        return server

    yield start
    for server in servers:
        server.__exit__()


def use(settings, port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


def rows(count):
    made = [row(f"kasia{number}@mail.example") for number in range(count)]
    make_due()
    return made


@pytest.mark.django_db
def test_a_mail_arrives_as_it_was_written(smtp):
    server = smtp()
    delivery = row("kasia@mail.example")
    engine.deliver(delivery.pk)

    assert server.recipients == [["kasia@mail.example"]]
    assert server.mails[0]["Message-ID"] == delivery.message_id
    assert "123456" in server.mails[0].get_body(("plain",)).get_content()
    assert fresh(delivery).state == State.SENT


@pytest.mark.django_db
def test_a_batch_shares_one_connection(smtp):
    server = smtp()
    rows(20)
    sweeping.drain("mail")

    assert (len(server.accepted), server.connections) == (20, 1)


@pytest.mark.django_db(transaction=True)
def test_four_drains_at_once_send_each_mail_once(smtp):
    server = smtp(delay=0.01)
    made = rows(40)

    def drain():
        sweeping.drain("mail")
        connection.close()

    threads = [threading.Thread(target=drain) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert server.by_message_id() == {delivery.message_id: 1 for delivery in made}
    assert {fresh(delivery).attempts for delivery in made} == {1}


@pytest.mark.django_db
def test_later_is_later_and_never_is_never(smtp):
    server = smtp(busy=1)
    busy = row("kasia@mail.example")
    engine.deliver(busy.pk)
    assert (fresh(busy).state, fresh(busy).reason) == (State.QUEUED, Reason.BUSY)
    assert fresh(busy).fate == "e-mail waits for another attempt: the receiving side asks to come later"

    smtp(unknown=("nobody",))
    nobody, kasia = row("nobody@mail.example"), row("kasia2@mail.example")
    make_due()
    sweeping.drain("mail")
    assert (fresh(nobody).state, fresh(nobody).reason) == (State.FAILED, Reason.BAD_ADDRESS)
    assert "550" in fresh(nobody).remark
    assert fresh(kasia).state == State.SENT
    assert server.accepted == []


@pytest.mark.django_db
def test_a_cut_line_sends_again_under_the_same_id(smtp):
    server = smtp(lost_reply=1)
    delivery = row("kasia@mail.example")
    engine.deliver(delivery.pk)
    server.lost_reply = 0
    make_due()
    engine.deliver(delivery.pk)

    assert server.by_message_id() == {delivery.message_id: 2}
    assert fresh(delivery).state == State.SENT


@pytest.mark.django_db
def test_a_mail_that_is_never_answered_does_not_stop_the_others(smtp, settings):
    settings.EMAIL_TIMEOUT = 0.3
    server = smtp(hang=0.2)
    made = rows(15)
    started = time.monotonic()
    while Delivery.objects.exclude(state=State.SENT).exists() and time.monotonic() - started < 30:
        sweeping.drain("mail")
        lanes.forget()
        make_due(*Delivery.objects.filter(state=State.QUEUED))

    assert server.by_message_id() == {delivery.message_id: 1 for delivery in made}


@pytest.mark.django_db
def test_a_server_that_is_not_there_rests_the_channel(settings, closed_port):
    use(settings, closed_port)
    made = rows(5)
    sweeping.drain("mail")

    assert lanes.is_resting("mail:0")
    assert sorted(fresh(one).attempts for one in made) == [0, 0, 1, 1, 1]


@pytest.mark.django_db
def test_a_server_that_drips_is_cut_off_before_the_lease_ends(settings):
    """Each byte arrives in time, the mail never does: no timeout of a single step would notice."""
    settings.DELIVERY_LEASE_SECONDS, settings.EMAIL_TIMEOUT = 4, 20
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def drip():
        connection, _address = listener.accept()
        connection.sendall(b"220 hello\r\n")
        connection.recv(100)
        while not over.wait(0.2):
            try:
                connection.sendall(b"2")
            except OSError:
                break
        connection.close()

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    use(settings, listener.getsockname()[1])
    delivery = row("kasia@mail.example")
    started = time.monotonic()
    try:
        engine.deliver(delivery.pk)
    finally:
        over.set()
        thread.join()
        listener.close()

    assert time.monotonic() - started < settings.DELIVERY_LEASE_SECONDS
    assert (fresh(delivery).state, fresh(delivery).reason) == (State.QUEUED, Reason.UNREACHABLE)


@pytest.mark.parametrize(
    ("error", "kind", "reason"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b": (450, b"full")}), TemporaryFailure, Reason.BUSY),
        (smtplib.SMTPRecipientsRefused({"a@b": (550, b"gone")}), PermanentFailure, Reason.BAD_ADDRESS),
        (smtplib.SMTPDataError(554, b"spam"), PermanentFailure, Reason.REFUSED),
        (smtplib.SMTPDataError(451, b"greylisted"), TemporaryFailure, Reason.BUSY),
        (smtplib.SMTPSenderRefused(553, b"not yours", "a@b"), TemporaryFailure, Reason.SETUP),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), TemporaryFailure, Reason.SETUP),
        (smtplib.SMTPServerDisconnected("gone"), TemporaryFailure, Reason.UNREACHABLE),
        (smtplib.SMTPConnectError(421, b"closing"), TemporaryFailure, Reason.UNREACHABLE),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), PermanentFailure, Reason.BAD_ADDRESS),
        (TimeoutError("timed out"), TemporaryFailure, Reason.UNREACHABLE),
        (ConnectionRefusedError(), TemporaryFailure, Reason.UNREACHABLE),
        (BadHeaderError("newline"), PermanentFailure, Reason.BROKEN),
    ],
)
def test_every_complaint_is_later_or_never(error, kind, reason):
    outcome = classify(error)

    assert (type(outcome), outcome.reason) == (kind, reason)
    assert "\n" not in outcome.remark


@pytest.mark.django_db
def test_a_mail_soon_after_another_finds_the_line_open(smtp):
    server = smtp()
    for delivery in rows(3):
        engine.deliver(delivery.pk)

    assert (len(server.accepted), server.connections) == (3, 1)


@pytest.mark.django_db
def test_a_line_that_died_meanwhile_costs_no_attempt(smtp, settings):
    server = smtp()
    first, second = rows(2)
    engine.deliver(first.pk)
    server.cut_all()
    engine.deliver(second.pk)

    assert (fresh(second).state, fresh(second).attempts) == (State.SENT, 1)
    assert server.by_message_id() == {first.message_id: 1, second.message_id: 1}


@pytest.mark.django_db
def test_a_line_nobody_uses_is_closed(smtp):
    server = smtp()
    (delivery,) = rows(1)
    engine.deliver(delivery.pk)
    assert server.open_connections() == 1
    mail_pool.close_idle(0)
    last_moment = time.monotonic() + 5
    while server.open_connections() and time.monotonic() < last_moment:
        time.sleep(0.01)

    assert server.open_connections() == 0
