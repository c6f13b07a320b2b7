"""Through a real mail server into a real mailbox, and back: conversations, words of four scripts, bounces, a server that is away."""

import email
import email.policy

import pytest

from notifications import engine
from notifications.addresses import state_of
from notifications.bounces.mailboxes import try_mailbox
from notifications.bounces.reading import read_mailbox
from notifications.choices import Reason, State
from notifications.mail_threads import thread_id
from notifications.models import BounceMailbox, Delivery, MailAccount
from tests.counterparts.mail import PASSWORD, SLOW, real_mail, wait_for
from tests.fakes.smtp import SmtpServer
from tests.make import fresh, make_customer, make_department, make_message, make_staff, make_ticket
from tickets.services.lifecycle import close_ticket

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(scope="module")
def servers():
    yield from real_mail()


@pytest.fixture
def postfix(servers):
    return servers[0]


@pytest.fixture
def dovecot(servers):
    return servers[1]


@pytest.fixture
def support(db):
    return make_department("Support")


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


@pytest.fixture(autouse=True)
def _set_up(settings, servers, support):
    """The product sends through Postfix, and reads what comes back from Dovecot."""
    from notifications import lanes, mail_pool

    settings.ALLOW_PRIVATE_HOSTS = True
    store = support.stores.get()
    postfix, dovecot = servers
    MailAccount.objects.create(store=store, host="127.0.0.1", port=postfix.port, security="none", sender="help@shop.example")
    mailbox = BounceMailbox.objects.create(
        store=store, address="bounces@shop.example", host="127.0.0.1", port=dovecot.port, tls=False, user="bounces@shop.example",
        password=PASSWORD,
    )  # fmt: skip
    read_mailbox(mailbox.pk)  # what earlier tests left there: their rows had the numbers that ours get again
    lanes.forget()
    yield
    mail_pool.forget()


def leave(delivery):
    engine.deliver(delivery.pk)
    assert fresh(delivery).state == State.SENT, (fresh(delivery).reason, fresh(delivery).remark)


def newest(ticket, template):
    return Delivery.objects.filter(ticket=ticket, template=template, channel="mail").latest("pk")


def read(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


def test_one_conversation_arrives_as_one(support, alice, postfix, dovecot):
    before = len(dovecot.mails_of("kasia@mail.example", at_least=0, seconds=0))
    customer = make_customer("Kasia", email="kasia@mail.example", language="pl")
    ticket = make_ticket("Młynek: zażółć gęślą jaźń", customer=customer, department=support)
    leave(newest(ticket, "thanks"))
    for words in ("Proszę sprawdzić śrubę.", "این پیچ را هم بررسی کنید، لطفاً."):
        make_message(ticket, words, by=alice)
        leave(newest(ticket, "reply"))
    close_ticket(ticket, by=alice)
    leave(newest(ticket, "closed"))

    mails = [read(raw) for raw in dovecot.mails_of("kasia@mail.example", at_least=before + 4)[before:]]
    mails.sort(key=lambda mail: len(mail["References"]))
    first, second, third, last = mails
    subjects = [mail["Subject"].strip() for mail in mails]
    assert subjects == [f"[#{ticket.number}] Młynek: zażółć gęślą jaźń", *[f"Re: [#{ticket.number}] Młynek: zażółć gęślą jaźń"] * 3]
    assert [mail["In-Reply-To"] for mail in mails] == [None, *(mail["Message-ID"] for mail in mails[:3])]
    assert last["References"].split() == [thread_id(ticket), *(mail["Message-ID"] for mail in (first, second, third))]
    assert "Proszę sprawdzić śrubę." in second.get_body(("plain",)).get_content()
    assert "این پیچ را هم بررسی کنید، لطفاً." in third.get_body(("html",)).get_content()
    assert first["Auto-Submitted"] == "auto-replied" and second["Auto-Submitted"] is None
    # Where it would have come back to: the signed word of this very message.
    assert f"bounces+m{newest(ticket, 'closed').pk}-" in last["Return-Path"]


def test_a_persian_subject_arrives_whole(support, alice, dovecot):
    before = len(dovecot.mails_of("kasia@mail.example", at_least=0, seconds=0))
    ticket = make_ticket(
        "آسیاب من صدا می‌دهد", customer=make_customer("Nour", email="kasia@mail.example", language="fa"), department=support
    )
    leave(newest(ticket, "thanks"))

    mail = read(dovecot.mails_of("kasia@mail.example", at_least=before + 1)[-1])
    assert "آسیاب من صدا می‌دهد" in mail["Subject"] and f"[#{ticket.number}]" in mail["Subject"]
    assert 'dir="rtl"' in mail.get_body(("html",)).get_content() and mail["Content-Language"] == "fa"


@pytest.mark.parametrize("takes_plus", [True, False])
def test_a_mail_to_nobody_comes_back_and_the_address_is_marked(support, alice, postfix, dovecot, takes_plus):
    mailbox = BounceMailbox.objects.get()
    BounceMailbox.objects.update(takes_plus=takes_plus)
    assert try_mailbox(mailbox).ok
    ticket = make_ticket(customer=make_customer("Kasia", email=f"nobody{int(takes_plus)}@mail.example"), department=support)
    thanks = newest(ticket, "thanks")
    leave(thanks)

    assert wait_for(lambda: read_mailbox(mailbox.pk)), postfix.said()
    thanks = fresh(thanks)
    assert (thanks.state, thanks.reason) == (State.FAILED, Reason.BAD_ADDRESS) and "User doesn't exist" in thanks.remark
    assert state_of(thanks.address, thanks.store).bounced_at
    assert fresh(mailbox).last_uid and fresh(mailbox).read_at and read_mailbox(mailbox.pk) == 0

    make_message(ticket, "Try this.", by=alice)
    reply = newest(ticket, "reply")
    engine.deliver(reply.pk)
    assert (fresh(reply).state, fresh(reply).reason) == (State.DROPPED, Reason.CAME_BACK)


def test_a_server_that_is_away_gets_the_mail_when_it_is_back_and_meanwhile_we_know(support, postfix):
    ticket = make_ticket(customer=make_customer("Kasia", email=f"kasia@{SLOW}"), department=support)
    thanks = newest(ticket, "thanks")
    leave(thanks)
    assert wait_for(lambda: f"kasia@{SLOW}" in postfix.queue()), postfix.said()
    mailbox = BounceMailbox.objects.get()
    assert wait_for(lambda: read_mailbox(mailbox.pk) and fresh(thanks).reason == Reason.BUSY), postfix.said()
    assert fresh(thanks).state == State.SENT and state_of(thanks.address, thanks.store) is None

    with SmtpServer(port=postfix.slow_port) as theirs:
        assert wait_for(lambda: theirs.mails), postfix.said()
        assert theirs.by_message_id() == {thanks.message_id: 1}
    assert wait_for(lambda: f"kasia@{SLOW}" not in postfix.queue())


def test_a_wrong_password_and_a_wrong_folder_are_told_apart(dovecot):
    mailbox = BounceMailbox.objects.get()
    mailbox.folder = "Elsewhere"
    assert "folder" in try_mailbox(mailbox).words
    mailbox.password = "wrong"
    assert "refused the sign-in" in try_mailbox(mailbox).words
    BounceMailbox.objects.filter(pk=mailbox.pk).update(folder="Elsewhere")
    assert read_mailbox(mailbox.pk) == 0 and fresh(mailbox).failing_since
