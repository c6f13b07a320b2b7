"""Texts of actions reach the people the owner named, each once and in their language (W08)."""

from types import SimpleNamespace

import pytest
from i18nfield.strings import LazyI18nString

from notifications import engine
from notifications.choices import Channel, Reason, Recipient, State, Template
from notifications.models import ActionMessage, ActionText, Delivery
from notifications.reactions import send_texts_of_action
from notifications.recipients import recipients_of
from notifications.rendering import mail_of
from permissions.rights import DepartmentRight
from permissions.services import withdraw
from tests.fakes.smtp import SmtpServer
from tests.make import make_action, make_customer, make_department, make_message, make_staff, make_team, make_ticket
from tickets.choices import Kind
from tickets.history import record
from tickets.models import Watch

pytestmark = pytest.mark.django_db

WORDS = {
    "en": ("Handed over: {subject}", "Hello {first_name},\n\n{author} handed {number} over: {words}\n\n{link}", ""),
    "pl": ("Przekazano: {subject}", "Dzień dobry,\n\n{author} przekazuje {number}: {words}\n\n{link}", "Przekazano {number}"),
    "fa": ("سپرده شد: {subject}", "سلام،\n\n{author} درخواست {number} را سپرد: {words}\n\n{link}", ""),
}


def make_text(name="Handed over", words=WORDS):
    parts = [LazyI18nString({code: said[place] for code, said in words.items() if said[place]}) for place in range(3)]
    return ActionText.objects.create(name=name, subject=parts[0], body=parts[1], sms=parts[2])


@pytest.fixture
def ticket(support, alice):
    ticket = make_ticket(department=support, customer=make_customer("Kasia Nowak", language="pl", phone="+48601220214", account=False))
    ticket.assignee = alice
    ticket.save()
    Delivery.objects.all().delete()
    return ticket


@pytest.fixture
def action(ticket):
    return make_action(ticket.status, "Hand over")


def do(ticket, action, *, by=None, by_customer=False, message=None):
    return record(ticket, Kind.ACTION_DONE, by=by, by_customer=by_customer, message=message, action=action.pk)


def tell(action, *recipients, text=None, address=""):
    text = text or make_text()
    for recipient in recipients:
        ActionMessage.objects.create(action=action, text=text, recipient=recipient, address=address if recipient == "address" else "")
    return text


def told(channel=Channel.MAIL):
    rows = Delivery.objects.filter(template=Template.ACTION, channel=channel).order_by("pk")
    return [row.address for row in rows]


def test_three_people_read_it_in_three_languages_by_a_real_server(ticket, action, support, alice, bob, settings):
    nour = make_staff("Nour", support, language="fa", email="nour@shop.example")
    support.responsible = nour
    support.save()
    tell(action, Recipient.CUSTOMER, Recipient.ASSIGNEE, Recipient.RESPONSIBLE)
    with SmtpServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        do(ticket, action, by=bob, message=make_message(ticket, "Please look.", by=bob))
        for row in Delivery.objects.filter(template=Template.ACTION).exclude(channel=Channel.IN_APP):
            engine.deliver(row.pk)
        mails = {mail["To"]: (mail["Subject"], mail.get_body(("plain",)).get_content()) for mail in server.mails}

    assert mails[ticket.customer.email][0].endswith("Przekazano: The grinder rattles")
    assert "Please look." in mails[ticket.customer.email][1] and "/t/" in mails[ticket.customer.email][1]
    assert mails[alice.email][0].endswith("Handed over: The grinder rattles") and "/desk/" in mails[alice.email][1]
    assert "سپرده شد" in mails["nour@shop.example"][0]
    assert [row.state for row in Delivery.objects.filter(template=Template.ACTION, channel=Channel.SMS)] == [State.SENT]


def test_who_is_named_twice_reads_each_text_once(ticket, action, support, alice, bob):
    support.responsible = alice
    support.save()
    text = tell(action, Recipient.ASSIGNEE, Recipient.RESPONSIBLE, Recipient.DOER)
    other = make_text("Second")
    tell(action, Recipient.ASSIGNEE, text=other)
    event = do(ticket, action, by=bob)
    send_texts_of_action(event)

    rows = Delivery.objects.filter(template=Template.ACTION, channel=Channel.MAIL, user=alice)
    assert sorted(row.context["text"] for row in rows) == [text.pk, other.pk]


def test_an_action_that_says_nothing_tells_nobody(ticket, action, alice):
    do(ticket, action, by=alice)

    assert not Delivery.objects.filter(template=Template.ACTION).exists()


def test_a_team_and_those_who_watch_hear_of_it_without_whoever_did_it_or_may_not_see_it(ticket, action, support, alice, bob):
    outsider = make_staff("Carol", make_department("Sales"))
    ticket.assignee, ticket.team = None, make_team("Repairs", alice, bob, outsider)
    ticket.save()
    for person in (alice, bob, outsider):
        Watch.objects.create(ticket=ticket, user=person)
    tell(action, Recipient.TEAM, Recipient.WATCHERS)
    do(ticket, action, by=alice)

    assert told() == [bob.email]
    assert Delivery.objects.get(channel=Channel.IN_APP, template=Template.ACTION).notice == "Handed over: “The grinder rattles”"


def test_who_lost_sight_meanwhile_reads_nothing(ticket, action, support, alice, bob):
    tell(action, Recipient.ASSIGNEE)
    do(ticket, action, by=bob)
    withdraw(alice, DepartmentRight.VIEW, support)
    row = Delivery.objects.get(template=Template.ACTION, channel=Channel.MAIL)
    engine.deliver(row.pk)
    row.refresh_from_db()

    assert (row.state, row.reason) == (State.DROPPED, Reason.NO_RIGHT)


def test_an_address_reads_what_its_text_says_and_gets_no_way_in(ticket, action, alice, mailoutbox):
    tell(action, Recipient.ADDRESS, address="stock@supplier.example")
    do(ticket, action, by=alice, message=make_message(ticket, "Please look.", by=alice))
    engine.deliver(Delivery.objects.get(template=Template.ACTION).pk)

    body = mailoutbox[0].body
    assert mailoutbox[0].to == ["stock@supplier.example"] and "Please look." in body and ticket.number in body
    assert "://" not in body and "href" not in mailoutbox[0].alternatives[0][0]


def test_a_note_never_reaches_a_customer_or_an_address(ticket, action, alice, bob):
    tell(action, Recipient.CUSTOMER, Recipient.ADDRESS, Recipient.ASSIGNEE, address="stock@supplier.example")
    do(ticket, action, by=bob, message=make_message(ticket, "He is difficult.", by=bob, note=True))
    rows = Delivery.objects.for_sending().filter(template=Template.ACTION, channel=Channel.MAIL)

    assert {bool(row.user): "difficult" in "".join(mail_of(row)) for row in rows} == {True: True, False: False}


def test_staff_who_may_not_know_the_customer_read_it_covered(ticket, action, support):
    dan = make_staff("Dan", support, sees_customers=False)
    ticket.assignee = dan
    ticket.save()
    text = make_text(words={"en": ("{customer}", "{customer} {email} {phone} {company} {words}", "")})
    tell(action, Recipient.ASSIGNEE, text=text)
    do(ticket, action, message=make_message(ticket, "Call me at +48 601 220 214, Kasia"))
    sent = "".join(mail_of(Delivery.objects.for_sending().get(template=Template.ACTION, channel=Channel.MAIL)))

    assert "Kasia" not in sent and "601" not in sent and "mail.example" not in sent


def test_what_a_customer_does_is_told_to_them_as_its_doer(ticket, action):
    tell(action, Recipient.DOER)
    do(ticket, action, by_customer=True)

    assert told() == [ticket.customer.email]


def test_a_rehearsal_asks_without_storing_anything(ticket, support, bob):
    message = ActionMessage(text=ActionText(name="Draft"), recipient=Recipient.ASSIGNEE)
    ticket.assignee = bob

    assert [one.user for one in recipients_of(message, ticket, SimpleNamespace(actor=None, by_customer=False))] == [bob]
    assert not Delivery.objects.filter(template=Template.ACTION).exists()
