"""What a mail looks like when it leaves: headers, directions, nothing remote, nothing injected."""

import email
import email.policy
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.choices import Reason
from notifications.mail import build
from notifications.models import Delivery
from notifications.outcomes import PermanentFailure
from surveys.asking import ask_due
from surveys.models import Survey
from tests.make import make_customer, make_message, make_staff, make_ticket
from tests.notifications.sending import row
from tickets.services.lifecycle import assign_ticket, close_ticket

pytestmark = pytest.mark.django_db


def sent(delivery):
    """The mail as a mail program reads it."""
    ready = build(Delivery.objects.for_sending().get(pk=delivery.pk))
    return email.message_from_bytes(ready.message().as_bytes(), policy=email.policy.default)


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def html_of(mail):
    return mail.get_body(("html",)).get_content()


def thanks_for(subject="The grinder rattles", **customer):
    ticket = make_ticket(subject, customer=make_customer(**customer))
    return ticket, Delivery.objects.get(ticket=ticket, template="thanks", channel="mail")


def reply_in(ticket, text, by):
    make_message(ticket, text, by=by)
    return Delivery.objects.filter(ticket=ticket, template="reply", channel="mail").latest("pk")


# --- Headers ------------------------------------------------------------------------------------------------


def test_headers_say_who_writes_to_whom_and_that_a_machine_does(support, settings):
    settings.DEFAULT_FROM_EMAIL = "help@narvan.example"
    _ticket, delivery = thanks_for(email="kasia@mail.example")
    mail = sent(delivery)

    assert mail["From"] == "Narvan <help@narvan.example>"
    assert mail["To"] == "kasia@mail.example"
    assert mail["Message-ID"] == delivery.message_id
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_the_store_writes_in_its_own_name(support):
    ticket, delivery = thanks_for()
    ticket.store.sender_name, ticket.store.sender_email = "Narvan, coffee", "hello@shop.example"
    ticket.store.save()

    assert sent(delivery)["From"] == '"Narvan, coffee" <hello@shop.example>'


def test_staff_find_the_ticket_and_customers_the_portal(support, alice, bob):
    ticket, thanks = thanks_for()
    assign_ticket(ticket, to=alice, by=bob)
    visitor_ticket, visitor = thanks_for(account=False)
    staff = Delivery.objects.get(user=alice, template="assigned", channel="mail")

    assert f"/desk/tickets/{ticket.number}/" in text_of(sent(staff))
    assert f"/tickets/{ticket.number}/" in text_of(sent(thanks)) and "/desk/" not in text_of(sent(thanks))
    assert "/t/" in text_of(sent(visitor)) and f"/tickets/{visitor_ticket.number}/" not in text_of(sent(visitor))


# --- Injection ----------------------------------------------------------------------------------------------

EVIL = [
    "Hello\r\nBcc: victim@mail.example",
    "Hello\nBcc: victim@mail.example\n\nbody",
    "Hello\x0bBcc: v@x.example\x0cTo: v@x.example\x85Cc: v@x.example\u2028Cc: v@x.example",
    "=?utf-8?q?=0d=0aBcc:victim@mail.example?=",
    "Hello\x01\x1b[31m",
]


@pytest.mark.parametrize("words", EVIL)
def test_no_header_is_born_from_a_subject_or_a_name(support, alice, words):
    ticket = make_ticket("plain", customer=make_customer())
    # Past the cleaning of the doors, as an import or an older version might have stored it.
    ticket.subject = ticket.customer.name = words
    ticket.save()
    ticket.customer.save()
    ticket.store.sender_name = words
    ticket.store.save()
    for delivery in Delivery.objects.filter(ticket=ticket, channel="mail"):
        mail = sent(delivery)
        assert mail["Bcc"] is None and mail["Cc"] is None
        assert mail.get_all("To") == [delivery.address]
        assert len(mail.get_all("Subject")) == 1


@pytest.mark.parametrize("name", ["a@b.example, evil@d.example", '"x" <evil@d.example>,', "Kasia <evil@d.example>"])
def test_a_name_that_looks_like_addresses_adds_no_recipient(support, name):
    _ticket, delivery = thanks_for(name=name, email="kasia@mail.example")
    ready = build(Delivery.objects.for_sending().get(pk=delivery.pk))

    assert ready.recipients() == ["kasia@mail.example"]


@pytest.mark.parametrize("address", ["a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example", "Kasia <a@b.example>", "", "a b@c"])
def test_an_address_is_one_address_or_the_mail_does_not_leave(address):
    delivery = row(address)
    with pytest.raises(PermanentFailure) as failure:
        build(delivery)
    assert failure.value.reason == Reason.BAD_ADDRESS


# --- Words ---------------------------------------------------------------------------------------------------


def test_a_reply_brings_its_text_and_only_harmless_markup(support, alice):
    from tickets.services.lifecycle import reply_as_staff

    ticket, _thanks = thanks_for()
    html = (
        '<p>Try <b>this</b>: <a href="https://shop.example/x">guide</a><img src="https://spy.example/1.gif"><script>alert(1)</script></p>'
    )
    reply_as_staff(ticket, html=html, by=alice)
    mail = sent(Delivery.objects.get(template="reply", channel="mail"))

    assert "Try <b>this</b>" in html_of(mail) and 'href="https://shop.example/x"' in html_of(mail)
    assert "Try this: guide (https://shop.example/x)" in text_of(mail)
    for word in ("spy.example", "script", "<img"):
        assert word not in html_of(mail)


def test_words_of_customers_are_shown_not_obeyed(support, alice):
    ticket, delivery = thanks_for("<script>alert(1)</script> {{ settings.SECRET_KEY }} {% debug %} %(x)s")
    mail = sent(delivery)

    assert "&lt;script&gt;" in html_of(mail) and "<script" not in html_of(mail)
    assert "{{ settings.SECRET_KEY }} {% debug %} %(x)s" in text_of(mail)


def test_without_an_account_typed_words_are_not_repeated_to_whatever_address_was_typed(support):
    _ticket, delivery = thanks_for("Buy at https://spam.example", account=False)
    mail = sent(delivery)

    assert "spam" not in mail["Subject"] + text_of(mail) + html_of(mail)


def test_nothing_in_a_mail_is_loaded_from_anywhere(support, alice):
    ticket, _thanks = thanks_for()
    reply_in(ticket, "See https://shop.example", alice)
    for delivery in Delivery.objects.filter(channel="mail"):
        html = html_of(sent(delivery))
        assert not re.search(r"<(img|link|script|iframe|object|video|audio|source|form)\b|url\(|@import|src=", html)


def test_a_survey_offers_five_words(support, alice):
    ticket, _thanks = thanks_for()
    close_ticket(ticket, by=alice)
    Survey.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    ask_due()
    mail = sent(Delivery.objects.get(template="survey", channel="mail"))

    assert re.findall(r"\?score=(\d)", html_of(mail)) == ["5", "4", "3", "2", "1"]
    assert "Very good: http" in text_of(mail)


def test_files_are_named_and_stay_on_the_page(support, alice):
    from tickets.models import Attachment, Message

    ticket, _thanks = thanks_for()
    delivery = reply_in(ticket, "Here is the guide.", alice)
    Attachment.objects.create(message=Message.objects.latest("pk"), name="guide.pdf", content_type="application/pdf", size=1, file="x")
    mail = sent(delivery)

    assert "guide.pdf" in text_of(mail) and "guide.pdf" in html_of(mail)
    assert list(mail.iter_attachments()) == []


# --- Persian --------------------------------------------------------------------------------------------------


def test_a_persian_mail_runs_right_to_left_in_every_block(support):
    _ticket, delivery = thanks_for("آسیاب G2 صدا می‌دهد", name="نور کریمی", language="fa")
    html = html_of(sent(delivery))

    assert '<html lang="fa" dir="rtl">' in html and '<body dir="rtl"' in html
    for tag in re.findall(r"<(?:p|div)\b[^>]*>", html):
        assert 'dir="' in tag
    assert "Tahoma" in html


def test_parts_of_the_other_direction_are_kept_apart(support):
    ticket, persian = thanks_for("Grinder G2", language="fa")
    _other, english = thanks_for("آسیاب G2", language="en")
    _plain, latin = thanks_for("Grinder G2", language="en")

    assert sent(persian)["Subject"].strip().startswith(f"\u2068[#{ticket.number}]\u2069 ")
    assert "\u2068Grinder G2\u2069" in sent(persian)["Subject"]
    assert "\u2068آسیاب G2\u2069" in sent(english)["Subject"]
    assert "\u2068" not in sent(latin)["Subject"]
    assert "<bdi>Grinder G2</bdi>" in html_of(sent(persian)) and "\u2068" not in html_of(sent(persian))


def test_the_dark_look_is_there_and_the_accent_is_the_stores(support):
    ticket, delivery = thanks_for()
    ours = html_of(sent(delivery))
    ticket.store.hue = 30
    ticket.store.save()
    theirs = html_of(sent(delivery))

    assert "prefers-color-scheme:dark" in ours and 'content="light dark"' in ours
    button = re.compile(r'class="m-button" style="[^"]*background:(#[0-9a-f]{6})')
    assert button.search(ours).group(1) != button.search(theirs).group(1)


def test_staff_read_in_their_own_language(support, bob):
    nour = make_staff("Nour", support, language="fa")
    ticket = make_ticket(department=support)
    assign_ticket(ticket, to=nour, by=bob)

    assert 'dir="rtl"' in html_of(sent(Delivery.objects.get(user=nour, template="assigned", channel="mail")))


def test_every_mail_to_a_customer_leads_to_the_request_form():
    ticket, thanks = thanks_for()

    assert "/tickets/new/" in html_of(sent(thanks))
    assert "/tickets/new/" in text_of(sent(thanks))
