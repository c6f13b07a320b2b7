"""The owner's own words for the product's messages (C10, C11, W09)."""

import itertools

import pytest
from i18nfield.strings import LazyI18nString

from notifications import engine
from notifications.about import ABOUT
from notifications.choices import Template
from notifications.models import Delivery, EventText
from notifications.originals import original_of
from notifications.rendering import mail_of, sms_of
from stores.models import Store
from tests.make import make_customer, make_message, make_store, make_ticket
from tests.notifications.sending import row
from tickets.variables import unknown_variables

pytestmark = pytest.mark.django_db

PHONES = (f"+4860122{number}" for number in itertools.count(1000))


def own(template, *, store=None, carries_answer=True, **words):
    """own("reply", en=("subject", "body", "sms"))"""
    parts = [LazyI18nString({language: said[part] for language, said in words.items()}) for part in range(3)]
    return EventText.objects.create(
        store=store or Store.objects.default() or make_store(), template=template, subject=parts[0], body=parts[1], sms=parts[2],
        carries_answer=carries_answer,
    )  # fmt: skip


def answered(alice, support, text="Try a coarser setting.", **customer):
    """(the mail, the SMS) that tell a customer of an answer."""
    ticket = make_ticket(department=support, customer=make_customer(phone=next(PHONES), **customer))
    make_message(ticket, text, by=alice)
    rows = Delivery.objects.for_sending().filter(ticket=ticket, template="reply")
    return rows.get(channel="mail"), rows.get(channel="sms")


def test_own_words_replace_ours_in_their_language_only(support, alice):
    own("reply", en=("Answer {number}", "Dear {customer},\n\n{words}\n\n{link}", "{store}: answer to {number}, {link}"))
    mail, sms = answered(alice, support)
    number = mail.ticket.number
    subject, text, html = mail_of(mail)

    assert subject == f"[#{number}] Answer {number}"
    assert text.startswith("Dear Kasia Nowak,\n\nTry a coarser setting.\n\nhttp")
    assert "Hello" not in text and "You get this message because you wrote to Narvan" in text
    assert '<a href="http' in html and 'class="m-button"' in html and 'class="m-quote"' in html and "m-card" in html
    assert sms_of(sms).text.startswith(f"Narvan: answer to {number}, http")

    polish, _sms = answered(alice, support, language="pl")
    assert mail_of(polish)[0] == f"[#{polish.ticket.number}] {original_subject('reply', 'pl', polish)}"


def original_subject(template, language, delivery):
    return original_of(template, language).subject.replace("{subject}", delivery.ticket.subject)


def test_the_answer_stands_in_the_mail_or_only_the_link_to_it(support, alice):
    mail, _sms = answered(alice, support)
    assert "coarser" in "".join(mail_of(mail))

    text = own("reply", carries_answer=False)
    for words in ({}, {"en": ("Answer", "Hello.\n\n{words}\n\nAlice says {words}\n\n{link}", "{words} {link}")}):
        EventText.objects.all().delete()
        text = own("reply", carries_answer=False, **words)
        mail, sms = answered(alice, support)
        assert text.pk and "coarser" not in "".join(mail_of(mail)) + sms_of(sms).text
        assert f"/tickets/{mail.ticket.number}/" in mail_of(mail)[1]


@pytest.mark.parametrize("body", ["Hello {first_name}, {field:gone}", "{{7*7}} {settings.SECRET_KEY}", "{custmer}"])
def test_words_that_cannot_be_used_give_way_to_ours_and_the_log_says_so(support, alice, caplog, body):
    own("reply", en=("{nothing}", body, body))
    mail, sms = answered(alice, support)
    subject, text, _html = mail_of(mail)

    assert subject.endswith("] The grinder rattles")
    assert text.startswith("Hello Kasia,") and "Narvan answered" in sms_of(sms).text
    assert "own words not used" in caplog.text


def test_a_code_never_gets_lost(caplog):
    own("sign_in_code", en=("Welcome", "Welcome to {store}.", "Welcome"))
    delivery = Delivery.objects.for_sending().get(pk=row().pk)
    subject, text, _html = mail_of(delivery)

    assert subject == "Welcome" and "123456" in text and "own words not used" in caplog.text


def test_own_words_for_a_code_carry_it(settings):
    own("sign_in_code", en=("Welcome to {store}", "Type this:\n{code}\nwithin {minutes} minutes", "{code} at {store}"))
    delivery = Delivery.objects.for_sending().get(pk=row(minutes=10).pk)
    _subject, text, html = mail_of(delivery)

    assert "Type this:\n123456\nwithin 10 minutes" in text
    assert 'class="m-code"' in html and "123456" in html


def test_a_visitors_typed_words_are_not_sent_to_an_address_anybody_could_have_typed():
    own("thanks", en=("Thanks {subject}", "Hello {customer} of {company}: {subject}", "{subject}"))
    ticket = make_ticket("Win at evil.example", customer=make_customer("Win at http://evil.example", account=False, company="evil.example"))
    sent = "".join(mail_of(Delivery.objects.for_sending().get(ticket=ticket, channel="mail")))

    assert "evil" not in sent and ticket.number in sent


def test_values_are_escaped_kept_apart_and_never_filled_again(support, alice):
    own(
        "reply", en=("{subject}\nBcc: v@y.example", "{subject} {customer}\n\nhttps://shop.example/orders/{subject} and {link}", "{subject}")
    )
    ticket = make_ticket("<b>{number}</b> \u202e{link} سلام", department=support, customer=make_customer("Kasia <script>"))
    make_message(ticket, "x", by=alice)
    subject, text, html = mail_of(Delivery.objects.for_sending().get(ticket=ticket, template="reply", channel="mail"))

    assert "\n" not in subject and "{number}" in subject and "{number}" in text
    assert "<b>" not in html and "<script>" not in html and "&lt;b&gt;{number}" in html
    assert "\u2068" in subject and "\u2068" not in html and "<bdi>" in html
    assert "orders/%3Cb%3E" in html


def test_paragraphs_lines_and_addresses_become_markup(support, alice):
    own("reply", en=("A", "One <i>\ntwo\n\nSee https://shop.example/help. {first_name}!\n\n{words}", ""))
    mail, sms = answered(alice, support)
    html = mail_of(mail)[2]

    assert "One &lt;i&gt;<br>two</p>" in html
    assert 'See <a href="https://shop.example/help" class="m-link"' in html and "</a>. Kasia!" in html
    assert "Narvan answered" in sms_of(sms).text


def test_nothing_to_say_leaves_no_gap(support, alice):
    own("reply", en=("A", "Hello {company}, {assignee}: {link}", ""))
    mail, _sms = answered(alice, support)

    assert mail_of(mail)[1].startswith("Hello, Alice: http")


@pytest.mark.parametrize("language", ["en", "fa", "pl", "ru"])
@pytest.mark.parametrize("template", list(ABOUT))
def test_our_words_can_be_taken_over_as_they_are(template, language):
    words, about_it = original_of(template, language), ABOUT[template]

    for part in (words.subject, words.body, words.sms):
        assert unknown_variables(part, about_it.names) == [] and "777" not in part and "\x00" not in part
    assert words.subject and words.body and bool(words.sms) == about_it.has_sms
    for part in filter(None, (words.body, words.sms)):
        assert not about_it.needs or any(f"{{{name}}}" in part for name in about_it.needs)


def test_every_message_that_is_sent_is_described_but_those_of_actions():
    """That a file is ready, that a reply came back to its sender or did not arrive, is told in the back office alone; what is gathered
    carries messages that are described."""
    in_the_bell, gathered = {Template.EXPORTED, Template.HELD_BACK, Template.NOT_ARRIVED}, {Template.DIGEST, Template.ANSWERS}
    assert set(ABOUT) == set(Template) - {Template.ACTION} - in_the_bell - gathered


def test_own_words_leave_by_the_engine(support, alice, mailoutbox):
    own("reply", en=("{subject}", "{words}", ""))
    mail, _sms = answered(alice, support)
    engine.deliver(mail.pk)

    said, _signature, foot = mailoutbox[0].body.partition("\n-- \n")
    assert said.startswith("Try a coarser setting.\n") and foot.startswith("Narvan\n")
