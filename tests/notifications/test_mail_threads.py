"""All mails of a ticket stand together in the customer's mail program: references, subjects, and what says whether a person wrote."""

import pytest
from django.utils import timezone

from notifications.choices import State
from notifications.mail import build
from notifications.mail_threads import MOST_REFERENCES, thread_id, thread_of
from notifications.models import Delivery, EventText
from tests.make import make_staff
from tests.notifications.test_mails import reply_in, sent, thanks_for
from tickets.services.copies import copy_to
from tickets.services.lifecycle import assign_ticket, close_ticket

pytestmark = pytest.mark.django_db


def leave(delivery):
    """The mail, and the row as it is once the mail has left."""
    mail = sent(delivery)
    Delivery.objects.filter(pk=delivery.pk).update(state=State.SENT, sent_at=timezone.now())
    return mail


def closing_of(ticket, by):
    close_ticket(ticket, by=by)
    return Delivery.objects.get(ticket=ticket, template="closed", channel="mail")


def test_each_mail_answers_the_one_before_it_and_refers_to_all(support, alice):
    ticket, thanks = thanks_for()
    first = leave(thanks)
    second = leave(reply_in(ticket, "Try this.", alice))
    third = leave(reply_in(ticket, "Or that.", alice))
    last = leave(closing_of(ticket, alice))

    root = thread_id(ticket)
    assert first["References"] == root and first["In-Reply-To"] is None
    assert second["In-Reply-To"] == first["Message-ID"] and second["References"] == f"{root} {first['Message-ID']}"
    assert third["In-Reply-To"] == second["Message-ID"]
    assert last["References"].split() == [root, *(mail["Message-ID"] for mail in (first, second, third))]


def test_the_root_cannot_be_guessed(support, settings):
    ticket, _thanks = thanks_for()
    root = thread_id(ticket)
    settings.SECRET_KEY = "another installation"
    assert thread_id(ticket) != root


def test_a_long_conversation_refers_to_its_root_and_its_latest_mails_by_one_query(support, alice, django_assert_num_queries):
    ticket, thanks = thanks_for()
    for number in range(15):
        leave(reply_in(ticket, f"Answer {number}.", alice))
    newest = Delivery.objects.for_sending().get(pk=reply_in(ticket, "The last one.", alice).pk)
    with django_assert_num_queries(1):
        thread = thread_of(newest)

    references = thread.headers["References"].split()
    assert len(references) == MOST_REFERENCES and references[0] == thread_id(ticket)
    assert references[-1] == thread.headers["In-Reply-To"] == Delivery.objects.filter(state=State.SENT).latest("pk").message_id
    assert thanks.message_id not in references


def test_what_never_reached_the_person_is_not_referred_to(support, alice):
    ticket, thanks = thanks_for()
    leave(thanks)
    Delivery.objects.filter(pk=thanks.pk).update(state=State.FAILED)
    copy_to(ticket, [("Klara", "klara@mail.example")], by=alice)
    reply = reply_in(ticket, "Try this.", alice)
    to_customer = Delivery.objects.get(event=reply.event, template="reply", channel="mail", customer=ticket.customer)
    to_copy = Delivery.objects.get(address="klara@mail.example")

    assert sent(to_customer)["In-Reply-To"] is None
    leave(to_customer)
    assert sent(to_copy)["References"] == thread_id(ticket)


def test_the_subject_stays_whatever_happens_to_the_ticket(support, alice):
    ticket, thanks = thanks_for("The grinder rattles")
    first = leave(thanks)["Subject"]
    ticket.subject = "Grinder, warranty"
    ticket.save()
    assert first == f"[#{ticket.number}] The grinder rattles"
    assert leave(reply_in(ticket, "Try this.", alice))["Subject"] == f"Re: {first}"
    assert leave(closing_of(ticket, alice))["Subject"] == f"Re: {first}"


def test_a_visitors_own_words_stay_out_of_the_subject_to_the_end(support, alice):
    ticket, thanks = thanks_for("Buy cheap pills", account=False)
    first = leave(thanks)["Subject"]
    assert first == f"[#{ticket.number}] Your request at Narvan"
    assert sent(reply_in(ticket, "Try this.", alice))["Subject"] == f"Re: {first}"


def test_right_to_left_the_line_keeps_its_direction(support, alice):
    ticket, thanks = thanks_for("آسیاب صدا می‌دهد", language="fa")
    first = leave(thanks)["Subject"]
    again = sent(reply_in(ticket, "این را امتحان کنید.", alice))["Subject"]
    assert first == again and f"[#{ticket.number}]" in first and "آسیاب" in first


def test_an_owners_own_subject_is_sent_as_it_is(support, alice):
    ticket, thanks = thanks_for("The grinder rattles")
    leave(thanks)
    EventText.objects.create(store=ticket.store, template="reply", subject={"en": "We wrote to you"}, body={}, sms={})
    assert leave(reply_in(ticket, "Try this.", alice))["Subject"] == f"[#{ticket.number}] We wrote to you"
    assert sent(closing_of(ticket, alice))["Subject"] == f"Re: [#{ticket.number}] The grinder rattles"


# --- Who wrote it -------------------------------------------------------------------------------------------


def test_a_persons_answer_is_no_automatic_mail_and_everything_else_is(support, alice, bob):
    ticket, thanks = thanks_for()
    assign_ticket(ticket, to=alice, by=bob)
    reply = reply_in(ticket, "Try this.", alice)
    to_staff = Delivery.objects.get(user=alice, template="assigned", channel="mail")

    assert sent(reply)["Auto-Submitted"] is None and sent(reply)["X-Auto-Response-Suppress"] is None
    for delivery, kind in ((thanks, "auto-replied"), (closing_of(ticket, alice), "auto-generated"), (to_staff, "auto-generated")):
        mail = sent(delivery)
        assert mail["Auto-Submitted"] == kind
        # Whether a mail came back we do want to hear.
        assert "OOF" in mail["X-Auto-Response-Suppress"] and "NDR" not in mail["X-Auto-Response-Suppress"].split(", ")
        assert "All" not in mail["X-Auto-Response-Suppress"]


def test_answers_go_where_the_store_wants_them(support):
    ticket, delivery = thanks_for()
    assert sent(delivery)["Reply-To"] is None
    ticket.store.reply_to = "answers@shop.example"
    ticket.store.save()
    assert sent(delivery)["Reply-To"] == "answers@shop.example"


def test_staff_read_of_what_a_mail_is_in_its_subject(support, alice, bob):
    ticket, _thanks = thanks_for()
    assign_ticket(ticket, to=alice, by=bob)
    dana = make_staff("Dana", support)
    assign_ticket(ticket, to=dana, by=bob)
    subjects = [build(Delivery.objects.for_sending().get(user=one, template="assigned", channel="mail")).subject for one in (alice, dana)]
    assert subjects[0] == subjects[1] and not subjects[0].startswith("Re:")
