"""What people write arrives in mails as words: it forges no header, breaks no mail, and says no more than its reader may know."""

import email
import email.policy

import pytest

from notifications.mail import build
from notifications.models import Delivery
from tests.make import make_customer, make_department, make_message, make_staff, make_ticket
from tickets.services.lifecycle import assign_ticket

pytestmark = pytest.mark.django_db

VECTORS = (
    """<script>alert(1)</script><img src=x onerror=alert(1)>"><svg onload=alert(1)> {{ 7|add:7 }} {% debug %} %(link)s {0.__class__}"""
)


@pytest.fixture
def support():
    return make_department("Support")


def mails_about(ticket):
    """[(delivery, the mail as a mail program reads it), …]"""
    rows = Delivery.objects.for_sending().filter(ticket=ticket, channel="mail").order_by("pk")
    return [(row, email.message_from_bytes(build(row).message().as_bytes(), policy=email.policy.default)) for row in rows]


def words_of(mail):
    return mail.get_body(("plain",)).get_content(), mail.get_body(("html",)).get_content()


@pytest.mark.parametrize(
    "words", ['class="m-quote"', 'class="m-nothing"', '<p class="m-p">', '<a href="http://x.example/<p ">class="m-x"</a>']
)
def test_words_that_look_like_our_own_markup_neither_change_nor_stop_a_mail(support, words):
    make_staff("Alice", support)
    ticket = make_ticket(f"Subject {words}", department=support, text=f"It says {words} here.")

    for _row, mail in mails_about(ticket):
        plain, html = words_of(mail)
        assert words in mail["Subject"] + plain
        assert "style=" not in html.partition("It says ")[2].partition(" here.")[0]


def test_nothing_people_write_becomes_a_header_a_tag_or_a_command(support):
    make_staff("Alice", support)
    customer = make_customer(f'Eve" <evil@x.example>,\r\nBcc: v@y.example {VECTORS}'[:120], account=False, email="eve@mail.example")
    ticket = make_ticket(
        f"a\r\nBcc: v@y.example\n\n {{{{ 7|add:7 }}}} {VECTORS}"[:200], department=support, customer=customer, text=VECTORS
    )

    mails = mails_about(ticket)
    assert {bool(row.user) for row, _mail in mails} == {True, False}
    for row, mail in mails:
        _plain, html = words_of(mail)
        assert mail["Bcc"] is None
        assert mail.get_all("To") == [row.address]
        assert len(mail.get_all("Subject")) == 1
        for tag in ("<script", "<img", "<svg"):
            assert tag not in html
        assert row.customer or "{{ 7|add:7 }}" in mail["Subject"]


def test_staff_who_may_not_know_customers_do_not_learn_names_by_mail(support):
    masked = make_staff("Dan", support, sees_customers=False)
    knowing = make_staff("Alice", support)
    ticket = make_ticket(department=support, customer=make_customer("Kasia Nowak", email="kasia@mail.example"))
    make_message(ticket, "Any news?")
    assign_ticket(ticket, to=masked, by=knowing)
    make_message(ticket, "Still waiting.")

    read = {masked: "", knowing: ""}
    for row, mail in mails_about(ticket):
        if row.user:
            read[row.user] += mail["Subject"] + "".join(words_of(mail))

    assert "Kasia" in read[knowing]
    assert "Still waiting." in read[masked]
    assert "Kasia" not in read[masked]
    assert f"Customer {ticket.customer_id}" in read[masked]


def test_customers_never_read_the_address_of_staff(support):
    nameless = make_staff("Alice", support, email="alice.private@narvan.example")
    type(nameless).objects.filter(pk=nameless.pk).update(name="")
    ticket = make_ticket(department=support)
    make_message(ticket, "Try a coarser setting.", by=nameless)

    told = [words_of(mail) for row, mail in mails_about(ticket) if row.template == "reply"]

    assert told
    assert "alice.private" not in str(told)
