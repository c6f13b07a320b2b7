"""One attempt: claimed once, asked again, written down."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from notifications import engine, lanes
from notifications.choices import Channel, Reason, State
from notifications.models import Delivery
from notifications.outcomes import PermanentFailure, TemporaryFailure, UnknownOutcome
from notifications.resending import retry_delivery
from notifications.services import mark_notices_read
from tests.make import fresh, make_message, make_ticket
from tests.notifications.sending import make_due, reply_to, row
from tickets.services.lifecycle import assign_ticket, close_ticket, reopen_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def failing(monkeypatch):
    """`failing(error)` makes every mail fail so from now on."""

    def make(error):
        def send(delivery):
            raise error

        monkeypatch.setattr("notifications.mail.send", send)

    return make


def test_a_due_row_is_sent_once_and_says_so(support, alice):
    delivery = reply_to(support, alice)

    assert engine.deliver(delivery.pk) is True
    assert engine.deliver(delivery.pk) is False

    now = fresh(delivery)
    assert (now.state, now.attempts, now.lease_until) == (State.SENT, 1, None)
    assert now.sent_at is not None
    assert [sent.to for sent in mail.outbox] == [[delivery.address]]


def test_a_row_is_claimed_by_one_worker_only(support, alice):
    delivery = reply_to(support, alice)

    assert engine.claim(delivery.pk) is not None
    assert engine.claim(delivery.pk) is None


def test_a_row_whose_time_has_not_come_waits(support, alice):
    delivery = reply_to(support, alice)
    Delivery.objects.update(next_try_at=timezone.now() + timedelta(minutes=1))

    assert engine.deliver(delivery.pk) is False
    assert mail.outbox == []


def test_a_temporary_failure_is_tried_again_with_growing_pauses_and_then_given_up(db, failing):
    failing(TemporaryFailure(Reason.BUSY, "451 later"))
    delivery = row()
    pauses = []
    for _attempt in range(engine.MAX_ATTEMPTS):
        make_due(delivery)
        engine.deliver(delivery.pk)
        delivery.refresh_from_db()
        pauses.append(delivery.next_try_at - timezone.now())

    assert (delivery.state, delivery.reason, delivery.remark) == (State.FAILED, Reason.BUSY, "451 later")
    assert delivery.attempts == engine.MAX_ATTEMPTS
    waits = pauses[:-1]
    assert waits == sorted(waits)
    assert timedelta(seconds=20) < waits[0] < timedelta(seconds=40) and waits[-1] > timedelta(hours=2)


def test_a_permanent_failure_is_final_and_its_reason_is_readable(db, failing):
    failing(PermanentFailure(Reason.BAD_ADDRESS, "550 no such person"))
    delivery = row()
    engine.deliver(delivery.pk)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason, delivery.remark) == (State.FAILED, Reason.BAD_ADDRESS, "550 no such person")
    assert delivery.fate == "e-mail failed: address unknown"
    make_due(delivery)
    assert engine.deliver(delivery.pk) is False


def test_a_fault_in_the_words_is_logged_and_ends_after_the_usual_attempts(db, failing, caplog):
    failing(RuntimeError("a template is broken"))
    delivery = row()
    engine.deliver(delivery.pk)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == (State.QUEUED, Reason.BROKEN)
    assert "a template is broken" in caplog.text


def test_an_sms_of_unknown_outcome_waits_for_a_person(support, alice, monkeypatch):
    def no_answer(self, to, text, **options):
        raise UnknownOutcome("ReadTimeout")

    monkeypatch.setattr("notifications.gateways.folder.Folder.send_checked", no_answer)
    delivery = reply_to(support, alice, email="", phone="+48601220214", account=False)
    engine.deliver(delivery.pk)
    make_due(delivery)
    assert engine.deliver(delivery.pk) is False

    delivery.refresh_from_db()
    assert (delivery.channel, delivery.state, delivery.attempts) == (Channel.SMS, State.UNKNOWN, 1)
    assert delivery.can_be_retried

    retry_delivery(delivery, by=alice)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason, delivery.attempts) == (State.QUEUED, "", 0)


def test_only_what_failed_can_be_sent_again(support, alice):
    delivery = reply_to(support, alice)
    engine.deliver(delivery.pk)
    retry_delivery(delivery, by=alice)

    assert fresh(delivery).state == State.SENT


# --- Asked again at the moment of sending ---------------------------------------------------------------


def test_staff_who_lost_the_right_meanwhile_get_nothing(support, alice, bob):
    ticket = make_ticket(department=support)
    Delivery.objects.all().delete()
    assign_ticket(ticket, to=alice, by=bob)
    delivery = Delivery.objects.get(channel=Channel.MAIL)
    alice.departmentuserobjectpermission_set.all().delete()
    engine.deliver(delivery.pk)

    assert (fresh(delivery).state, fresh(delivery).reason) == (State.DROPPED, Reason.NO_RIGHT)
    assert mail.outbox == []
    assert Delivery.objects.filter(channel=Channel.IN_APP, user=alice).exists()
    assert not Delivery.objects.notices_of(alice).exists()


def test_a_ticket_given_to_somebody_else_meanwhile_is_no_news(support, alice, bob):
    ticket = make_ticket(department=support)
    Delivery.objects.all().delete()
    assign_ticket(ticket, to=alice, by=bob)
    delivery = Delivery.objects.get(channel=Channel.MAIL)
    assign_ticket(ticket, to=bob, by=bob)
    engine.deliver(delivery.pk)

    assert (fresh(delivery).state, fresh(delivery).reason) == (State.DROPPED, Reason.OVERTAKEN)


def test_a_closing_that_was_taken_back_is_not_told(support, alice):
    ticket = make_ticket(department=support)
    close_ticket(ticket, by=alice)
    delivery = Delivery.objects.get(template="closed")
    reopen_ticket(ticket, by=alice)
    engine.deliver(delivery.pk)

    assert fresh(delivery).state == State.DROPPED
    assert mail.outbox == []


def test_a_ticket_that_went_to_another_customer_is_not_told_to_the_first(support, alice):
    from tests.make import make_customer

    delivery = reply_to(support, alice)
    delivery.ticket.customer = make_customer("Jan")
    delivery.ticket.save()
    engine.deliver(delivery.pk)

    assert fresh(delivery).reason == Reason.NO_RIGHT
    assert mail.outbox == []


# --- Codes ------------------------------------------------------------------------------------------------


def test_a_code_is_stored_encrypted_and_wiped_once_sent(db):
    from django.db import connection

    delivery = row()
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret_context FROM notifications_delivery")
        assert "123456" not in cursor.fetchone()[0]
    engine.deliver(delivery.pk)

    assert "123456" in mail.outbox[0].body
    assert fresh(delivery).secret_context == ""
    assert not fresh(delivery).can_be_retried


def test_a_code_that_comes_too_late_is_not_sent(db):
    delivery = row(minutes=10)
    Delivery.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    engine.deliver(delivery.pk)

    assert (fresh(delivery).state, fresh(delivery).reason, fresh(delivery).secret_context) == (State.DROPPED, Reason.TOO_LATE, "")
    assert mail.outbox == []


def test_one_address_is_not_told_without_end(db):
    rows = [row("+48601220214", "sms") for _attempt in range(20)]

    assert sum(one is not None for one in rows) == 12


# --- A server that is away ----------------------------------------------------------------------------------


def test_after_three_failures_of_the_server_its_channel_rests_and_the_other_goes_on(db, failing):
    failing(TemporaryFailure(Reason.UNREACHABLE))
    mails, sms = [row(f"kasia{n}@mail.example") for n in range(4)], row("+48601220214", "sms")
    tried = [engine.deliver(one.pk) for one in mails]

    assert tried == [True, True, True, False]
    assert (fresh(mails[3]).attempts, fresh(mails[3]).state) == (0, State.QUEUED)
    assert engine.deliver(sms.pk) is True
    assert fresh(sms).state == State.SENT


def test_a_single_recipients_trouble_does_not_rest_the_channel(db, failing):
    failing(TemporaryFailure(Reason.BUSY, "450 mailbox full"))
    for number in range(4):
        assert engine.deliver(row(f"kasia{number}@mail.example").pk) is True
    assert not lanes.is_resting("mail:0")


def test_a_result_that_comes_after_the_lease_is_not_written_over_the_next_attempt(support, alice, monkeypatch):
    delivery = reply_to(support, alice)

    def slow(one):
        # Another worker takes the row while this one still waits for the server.
        Delivery.objects.filter(pk=one.pk).update(attempts=2)
        raise smtplib.SMTPServerDisconnected("late")

    monkeypatch.setattr("notifications.mail.send", slow)
    engine.deliver(delivery.pk)

    assert (fresh(delivery).state, fresh(delivery).attempts) == (State.SENDING, 2)


def test_a_worker_that_was_told_to_stop_begins_nothing_more(db):
    delivery = row()
    engine.begin_nothing_more()
    try:
        assert engine.deliver(delivery.pk) is False
    finally:
        engine._is_stopping.clear()

    assert (fresh(delivery).state, fresh(delivery).attempts) == (State.QUEUED, 0)
    assert engine.deliver(delivery.pk) is True


# --- The bell -----------------------------------------------------------------------------------------------


def test_the_bell_shows_what_is_unread_until_it_is_read(support, alice, bob):
    first, second = make_ticket("First", department=support), make_ticket("Second", department=support)
    for ticket in (first, second):
        assign_ticket(ticket, to=alice, by=bob)
    Delivery.objects.filter(template="opened").delete()
    make_message(first, "Any news?")

    notices = Delivery.objects.notices_of(alice)
    assert [notice.notice for notice in notices] == [
        f"{first.customer} wrote in “First”",
        "Bob gave you “Second”",
        "Bob gave you “First”",
    ]
    assert mark_notices_read(alice, ticket=first) == 2
    assert [notice.ticket for notice in notices.unread()] == [second]
    assert mark_notices_read(alice) == 1
    assert not Delivery.objects.notices_of(alice).unread().exists()
    assert not Delivery.objects.notices_of(bob).exists()
