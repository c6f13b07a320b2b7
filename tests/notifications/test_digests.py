"""Mails that wait together and leave as one: chosen, to keep a flood away, or several answers in one request. Each exactly once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications import engine
from notifications.choices import Rhythm, State
from notifications.digests import sweep_gathered
from notifications.models import Delivery, MessageSettings
from notifications.notice_choices import choose
from notifications.rendering import mail_of
from notifications.topics import USUAL, Topic
from notifications.wishes import Wishes, wish
from permissions.services import withdraw
from tests.make import fresh, make_customer, make_message, make_ticket
from tests.notifications.sending import make_due
from tickets.services import lifecycle

pytestmark = pytest.mark.django_db


@pytest.fixture
def tickets(support, alice):
    tickets = [lifecycle.assign_ticket(make_ticket(subject, department=support), to=alice) for subject in ("The grinder", "The lid")]
    Delivery.objects.all().delete()
    return tickets


def mails(**whom):
    return Delivery.objects.filter(channel="mail", **whom).order_by("pk")


def gathered(alice, tickets, **hours):
    choose(alice, ways=USUAL, watches=[], gathered=[Topic.CUSTOMER], **hours)
    for ticket in tickets:
        make_message(ticket, "Any news?")
    make_due()


def test_chosen_topics_come_in_one_mail_and_every_line_points_to_it(tickets, alice, mailoutbox):
    gathered(alice, tickets)
    assert {row.state for row in mails(user=alice)} == {State.GATHERED} and not mailoutbox

    sweep_gathered()
    digest = mails(template="digest").get()
    assert {row.digest_id for row in mails(template="customer_replied")} == {digest.pk}
    engine.deliver(digest.pk)
    engine.deliver(digest.pk)

    (mail,) = mailoutbox
    assert mail.to == [alice.email] and "2 pieces of news" in mail.subject
    assert "The grinder" in mail.body and "The lid" in mail.body and "Kasia Nowak wrote" in mail.body
    assert {row.state for row in mails(user=alice)} == {State.SENT}


def test_two_clocks_write_one_digest(tickets, alice):
    gathered(alice, tickets)

    assert (sweep_gathered(), sweep_gathered()) == (1, 0)
    assert mails(template="digest").count() == 1


def test_a_digest_of_one_is_the_message_itself(tickets, alice, mailoutbox):
    gathered(alice, tickets[:1])
    sweep_gathered()
    row = mails(user=alice).get()
    engine.deliver(row.pk)

    assert (fresh(row).state, row.template) == (State.SENT, "customer_replied")
    assert [mail.to for mail in mailoutbox] == [[alice.email]]


def test_what_is_not_due_waits_and_then_goes_along(tickets, alice):
    gathered(alice, tickets, rhythm=Rhythm.DAILY, digest_hour=8)
    mails().update(next_try_at=timezone.now() + timedelta(hours=3))
    assert sweep_gathered() == 0
    make_due(mails().first())

    assert sweep_gathered() == 1 and mails(template="customer_replied", digest=None).count() == 0


def test_a_line_whose_ticket_may_not_be_seen_any_more_falls_out(tickets, alice, support, mailoutbox):
    gathered(alice, tickets)
    sweep_gathered()
    tickets[0].deleted_at = timezone.now()
    type(tickets[0]).objects.filter(pk=tickets[0].pk).update(deleted_at=timezone.now())
    engine.deliver(mails(template="digest").get().pk)

    assert "The lid" in mailoutbox[0].body and "The grinder" not in mailoutbox[0].body
    assert mails(ticket=tickets[0]).get().state == State.DROPPED and mails(ticket=tickets[1]).get().state == State.SENT


def test_a_digest_with_nothing_left_does_not_leave(tickets, alice, support, mailoutbox):
    gathered(alice, tickets)
    sweep_gathered()
    alice.is_active = False
    alice.save()
    withdraw(alice, "view_tickets", support)
    engine.deliver(mails(template="digest").get().pk)

    assert mailoutbox == [] and {row.state for row in mails(user=alice)} == {State.DROPPED}


def test_a_flood_becomes_a_digest_for_whoever_chose_nothing(tickets, alice, mailoutbox):
    MessageSettings.objects.create(store=tickets[0].store, flood_mails=2, flood_minutes=10)
    for number in range(4):
        make_message(tickets[number % 2], f"Any news, {number}?")
    for row in mails(user=alice):
        engine.deliver(row.pk)

    assert len(mailoutbox) == 2
    waiting = mails(user=alice, state=State.GATHERED)
    assert waiting.count() == 2 and {row.attempts for row in waiting} == {0}
    assert all(timezone.now() < row.next_try_at <= timezone.now() + timedelta(minutes=10) for row in waiting)
    make_due()
    sweep_gathered()
    engine.deliver(mails(template="digest").get().pk)
    assert len(mailoutbox) == 3 and "2 pieces of news" in mailoutbox[2].subject


def test_several_answers_in_one_request_are_told_in_one_mail_where_the_owner_wants_it(tickets, alice, mailoutbox):
    ticket = tickets[0]
    MessageSettings.objects.create(store=ticket.store, answers_minutes=5)
    for words in ("Try a coarser setting.", "And clean it."):
        make_message(ticket, words, by=alice)
    make_due()
    sweep_gathered()
    digest = mails(template="answers").get()
    engine.deliver(digest.pk)

    (mail,) = mailoutbox
    assert "Try a coarser setting." in mail.body and "And clean it." in mail.body
    assert ticket.number in mail.subject and "2 answers" in mail.subject
    assert {row.state for row in mails(template="reply")} == {State.SENT}


def test_a_customer_may_have_answers_gathered_hourly(support, alice):
    customer = make_customer()
    wish(customer, Wishes(gathers=True))
    ticket = make_ticket(department=support, customer=fresh(customer))
    make_message(ticket, "Try this.", by=alice)
    row = mails(template="reply").get()

    assert row.state == State.GATHERED and row.next_try_at.minute == 0


@pytest.mark.parametrize(("language", "word"), [("en", "Hello"), ("fa", "سلام"), ("pl", "Cześć"), ("ru", "Здравствуйте")])
def test_a_digest_speaks_its_readers_language(tickets, alice, language, word):
    alice.language = language
    alice.save()
    gathered(alice, tickets)
    sweep_gathered()
    subject, text, html = mail_of(Delivery.objects.for_sending().get(template="digest"))

    assert subject and text and f'lang="{language}"' in html
    assert ('dir="rtl"' in html) == (language == "fa")


def test_a_long_digest_shows_the_newest_and_says_how_many_more_there_are(tickets, alice, mailoutbox):
    choose(alice, ways=USUAL, watches=[], gathered=[Topic.CUSTOMER])
    for number in range(45):
        make_message(tickets[number % 2], "Any news?")
    make_due()
    sweep_gathered()
    digest = mails(template="digest").get()
    engine.deliver(digest.pk)

    (mail,) = mailoutbox
    html = mail.alternatives[0][0]
    assert "45 pieces of news" in mail.subject
    assert mail.body.count("wrote") == html.count("wrote") == 40
    assert "and 5 more pieces of news" in mail.body and "and 5 more pieces of news</a>" in html
    assert "/desk/notices/" in mail.body
    assert {row.state for row in mails(user=alice)} == {State.SENT}, "what is not shown was told all the same"


def test_of_many_answers_the_newest_stand_in_the_mail_and_the_others_in_the_request(tickets, alice, mailoutbox):
    ticket = tickets[0]
    MessageSettings.objects.create(store=ticket.store, answers_minutes=5)
    for number in range(12):
        make_message(ticket, f"Step number {number}.", by=alice)
    make_due()
    sweep_gathered()
    engine.deliver(mails(template="answers").get().pk)

    (mail,) = mailoutbox
    assert "12 answers" in mail.subject
    shown = [number for number in range(12) if f"Step number {number}." in mail.body]
    assert shown == list(range(2, 12))
    assert "2 earlier answers stand in your request" in mail.body


def test_a_digest_of_as_many_as_fit_speaks_of_no_more(tickets, alice, mailoutbox):
    gathered(alice, tickets)
    sweep_gathered()
    engine.deliver(mails(template="digest").get().pk)

    assert "more piece" not in mailoutbox[0].body


def test_words_of_customers_in_a_digest_are_escaped(support, alice):
    ticket = lifecycle.assign_ticket(make_ticket("<img src=x onerror=alert(1)>", department=support), to=alice)
    other = lifecycle.assign_ticket(make_ticket("Other", department=support), to=alice)
    Delivery.objects.all().delete()
    gathered(alice, [ticket, other])
    sweep_gathered()
    _subject, _text, html = mail_of(Delivery.objects.for_sending().get(template="digest"))

    assert "<img" not in html and "&lt;img" in html
