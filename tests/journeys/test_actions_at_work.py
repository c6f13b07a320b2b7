"""Workflows of owners at work, through the pages of the desk: advice asked and given back, wishes, and one action that does everything."""

import pytest
from i18nfield.strings import LazyI18nString

from custom_fields.models import ActionField, FieldKind
from notifications.choices import Recipient
from notifications.models import ActionMessage, ActionText, Delivery
from notifications.rendering import mail_of
from statuses.models import Action, ActionDeed, GivesTo, Status, StatusKind, Workflow
from tests.make import fresh, make_action, make_customer, make_department, make_field, make_staff, make_status, make_ticket, ticket_now
from tickets.choices import Kind
from tickets.field_values import stored_values
from tickets.services import actions
from tickets.services.actions import Given, perform_action

pytestmark = pytest.mark.django_db


def press(browser, ticket, action, **given):
    """Press a button of the ticket's page as whoever looks at it now."""
    return browser.post(f"/desk/tickets/{ticket.number}/actions/{action.pk}/", {"version": fresh(ticket).version, **given}, follow=True)


def buttons(browser, ticket):
    """The actions offered on the ticket's page."""
    page = browser.get(f"/desk/tickets/{ticket.number}/").content.decode()
    return [str(action) for action in Action.objects.order_by("pk") if f"/desk/tickets/{ticket.number}/actions/{action.pk}/" in page]


@pytest.fixture
def browser_of(client):
    from django.test import Client

    def browser(person):
        browser = Client()
        browser.force_login(person)
        return browser

    return browser


def test_what_is_easy_is_answered_at_once_and_what_is_technical_goes_there_and_comes_back(browser_of):
    sales = make_department("Before you buy")
    technical = make_department("Technical")
    new, waiting = sales.workflow.first_status(), sales.workflow.status_of_kind(StatusKind.WAITING_FOR_CUSTOMER)
    asked = technical.workflow.first_status()
    advised = sales.workflow.status_of_kind(StatusKind.OPEN)
    bob, dan, kasia = make_staff("Bob", sales), make_staff("Dan", technical), make_customer("Kasia Nowak")
    words = {"deed": ActionDeed.REPLY, "target": waiting, "text": LazyI18nString({"en": "Hello {first_name}, "})}
    answer, answer_later = make_action(new, "Answer", **words), make_action(advised, "Answer", **words)
    take = make_action(new, "Take it", gives_to=GivesTo.DOER)
    hand_over = make_action(new, "Ask the technicians", deed=ActionDeed.PASS_ON, department=technical, gives_to=GivesTo.METHOD)
    advise = make_action(asked, "Write advice", deed=ActionDeed.NOTE)
    give_back = make_action(asked, "Give it back", deed=ActionDeed.PASS_ON, gives_to=GivesTo.PREVIOUS, target=advised)
    at_bobs, at_dans = browser_of(bob), browser_of(dan)

    # Before the sale: one answer, and it is the customer's turn.
    easy = make_ticket("Which scale fits?", department=sales, customer=kasia)
    press(at_bobs, easy, answer, text="Hello Kasia, the flat one.")
    assert ticket_now(easy).status == waiting
    assert Delivery.objects.filter(ticket=easy, template="reply", customer=kasia).exists()

    # A technical one: Bob has it, hands it over, and does not see it any more.
    hard = make_ticket("Does it take the old burrs?", department=sales, customer=kasia)
    press(at_bobs, hard, take)
    press(at_bobs, hard, hand_over)
    assert ticket_now(hard).department == technical
    assert at_bobs.get(f"/desk/tickets/{hard.number}/").status_code == 404

    # The technicians see their own two buttons; they write, and give it back to whoever had it.
    assert buttons(at_dans, hard) == ["Write advice", "Give it back"]
    press(at_dans, hard, advise, text="Half a turn back from the stop.")
    press(at_dans, hard, give_back)
    there = ticket_now(hard)
    assert (there.department, there.assignee) == (sales, bob)
    assert there.status.kind == StatusKind.OPEN

    # Bob answers with the advice before his eyes; the history tells both ways.
    page = at_bobs.get(f"/desk/tickets/{hard.number}/").content.decode()
    assert "passed on from \u2068Before you buy\u2069 to \u2068Technical\u2069" in page
    assert "passed on from \u2068Technical\u2069 to \u2068Before you buy\u2069; ticket given to you" in page
    assert "Half a turn back" in page
    press(at_bobs, hard, answer_later, text="Yes: half a turn back.")
    assert ticket_now(hard).status == waiting
    assert "Half a turn back" not in str(list(hard.messages.shown_to_customer().values_list("body_text", flat=True)))


def test_a_wish_is_new_or_noted(browser_of):
    workflow = Workflow.objects.create(key="wishes", name=LazyI18nString({"en": "Wishes"}))
    new = make_status(workflow, "New wish", StatusKind.NEW)
    noted = make_status(workflow, "Noted", StatusKind.CLOSED, customer_may_reply=False, customer_may_reopen=False)
    thank = make_action(
        new, "Note it", deed=ActionDeed.REPLY, target=noted, text=LazyI18nString({"en": "Thank you, {first_name}. We wrote it down."})
    )
    wishes = make_department("Wishes", workflow=workflow)
    alice, kasia = make_staff("Alice", wishes), make_customer("Kasia Nowak")
    ticket = make_ticket("A quieter grinder", department=wishes, customer=kasia)
    assert ticket.status == new

    at_alices = browser_of(alice)
    assert buttons(at_alices, ticket) == ["Note it"]
    page = at_alices.get(f"/desk/tickets/{ticket.number}/actions/{thank.pk}/").content.decode()
    assert "Thank you, Kasia. We wrote it down.</textarea>" in page
    press(at_alices, ticket, thank, text="Thank you, Kasia. We wrote it down.")

    now = ticket_now(ticket)
    assert (now.status, now.is_closed) == (noted, True)
    assert buttons(at_alices, ticket) == []
    assert Status.objects.filter(workflow=workflow).count() == 2
    at_kasias = browser_of(kasia.user)
    assert "A quieter grinder" in at_kasias.get("/tickets/").content.decode()
    at_kasias.post(f"/tickets/{ticket.number}/replies/", {"text": "And a lighter one."})
    assert ticket_now(ticket).is_closed


@pytest.fixture
def everything():
    """One action with two fields, a target, an assignment, and three texts to three people who read three languages."""
    support = make_department("Support")
    new, waiting = support.workflow.first_status(), support.workflow.status_of_kind(StatusKind.WAITING_FOR_CUSTOMER)
    alice = make_staff("Alice", support, language="en")
    vera = make_staff("Wiera", support, language="ru")
    support.responsible = make_staff("Olga", support, language="pl")
    support.save()
    nour = make_customer("Nour Karimi", language="fa", account=False)
    action = make_action(new, "Send to repair", target=waiting, gives_to=GivesTo.PERSON, person=vera)
    fields = make_field("Fault", FieldKind.CHOICE, options=["motor", "burrs"]), make_field("Serial")
    for field in fields:
        ActionField.objects.create(action=action, field=field, is_required=True)
    subjects = {"en": "Sent to repair", "fa": "فرستاده شد به تعمیر", "pl": "Przekazano do naprawy", "ru": "Передано в ремонт"}
    for recipient in (Recipient.CUSTOMER, Recipient.ASSIGNEE, Recipient.RESPONSIBLE):
        text = ActionText.objects.create(
            name=f"For the {recipient}", subject=LazyI18nString(subjects), body=LazyI18nString({"en": "{number}", "fa": "{field:serial}"})
        )
        ActionMessage.objects.create(action=action, text=text, recipient=recipient)
    ticket = make_ticket(department=support, customer=nour)
    return ticket, action, fields, {"by": alice, "assignee": vera, "status": waiting, "subjects": subjects}


def test_one_action_keeps_values_moves_gives_and_tells_three_people_in_their_languages(everything):
    ticket, action, (fault, serial), facts = everything

    perform_action(ticket, action, by=facts["by"], given=Given(values={fault: "motor", serial: "A-17"}))

    now = ticket_now(ticket)
    assert (now.status, now.assignee) == (facts["status"], facts["assignee"])
    assert stored_values(now)[0] == {fault.pk: "motor", serial.pk: "A-17"}
    line = ticket.events.get(kind=Kind.ACTION_DONE)
    assert line.details["fields"] == {
        str(fault.pk): {"before": None, "after": "motor"},
        str(serial.pk): {"before": None, "after": "A-17"},
    }
    sent = Delivery.objects.filter(event=line, template="action", channel="mail")
    assert sorted(sent.values_list("language", flat=True)) == ["fa", "pl", "ru"]
    for delivery in sent:
        assert facts["subjects"][delivery.language] in mail_of(delivery)[0]
    assert "A-17" in mail_of(sent.get(language="fa"))[1]


def test_when_its_last_step_fails_nothing_of_it_is_left(everything, monkeypatch):
    ticket, action, (fault, serial), facts = everything
    before = ticket_now(ticket).version, ticket.events.count(), Delivery.objects.count()

    def record_but_the_last(ticket, kind, **details):
        if kind == Kind.ASSIGNED:
            raise ConnectionError("the disk is full")
        return record(ticket, kind, **details)

    record = actions.record
    monkeypatch.setattr(actions, "record", record_but_the_last)
    with pytest.raises(ConnectionError):
        perform_action(ticket, action, by=facts["by"], given=Given(values={fault: "motor", serial: "A-17"}))

    assert (ticket_now(ticket).version, ticket.events.count(), Delivery.objects.count()) == before
    assert stored_values(ticket)[0] == {}
    assert ticket_now(ticket).assignee != facts["assignee"]
