"""One ticket from opening to rating, through the services every door uses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.models import Delivery
from statuses.models import StatusKind
from surveys.asking import ask_due
from surveys.models import Survey
from surveys.services import answer_survey, survey_behind, token_for
from tests.make import fresh, make_customer, make_department, make_staff, make_ticket, ticket_now
from tickets.access import CustomerAccess, TicketAccess
from tickets.choices import Kind
from tickets.models import Message, Ticket
from tickets.services.lifecycle import add_note, assign_ticket, pass_on_ticket, reply_as_customer, reply_as_staff

pytestmark = pytest.mark.django_db


def told(person_or_customer, template):
    """By which channels somebody was told, in alphabetical order."""
    field = "customer" if hasattr(person_or_customer, "has_account") else "user"
    rows = Delivery.objects.filter(**{field: person_or_customer}, template=template)
    return sorted(rows.values_list("channel", flat=True))


def test_a_ticket_lives_from_opening_to_rating():
    repairs, payment = make_department("Repairs"), make_department("Payment")
    alice = make_staff("Alice", repairs, payment)
    dan = make_staff("Dan", payment)
    repairs.responsible = alice
    repairs.save()
    kasia = make_customer("Kasia Nowak", phone="+48601220214")

    # Kasia writes; the responsible person has it at once, Kasia is thanked by mail and SMS.
    ticket = make_ticket("The grinder rattles", department=repairs, customer=kasia)
    assert ticket.assignee == alice
    assert told(kasia, "thanks") == ["mail", "sms"]
    assert told(alice, "assigned") == ["in_app", "mail"]

    # Alice asks a colleague in a note: Kasia neither sees nor hears it.
    heard = Delivery.objects.filter(customer=kasia).count()
    add_note(ticket, text="Third of this batch.", by=alice)
    assert Delivery.objects.filter(customer=kasia).count() == heard
    assert not Message.objects.shown_to_customer().filter(body_text__contains="batch").exists()

    # Advice from the payment department and back again, with all of it in the history.
    ticket = pass_on_ticket(ticket, to=payment, by=alice)
    ticket = assign_ticket(ticket, to=dan, by=alice)
    assert told(dan, "assigned") == ["in_app", "mail"]
    assert TicketAccess(dan, ticket).can_reply
    ticket = pass_on_ticket(ticket, to=repairs, by=dan)
    assert ticket.assignee == alice
    assert not Ticket.objects.visible_to(dan).exists()

    # Alice answers; it is Kasia's turn, and she is told.
    ticket = reply_as_staff(ticket, text="Could you send a photo?", by=alice, seen_version=fresh(ticket).version)
    assert ticket.status.kind == StatusKind.WAITING_FOR_CUSTOMER
    assert told(kasia, "reply") == ["mail", "sms"]

    # Kasia answers; it is ours again, and Alice is told.
    ticket = reply_as_customer(ticket, text="Here it is.", by=kasia.user)
    assert str(ticket.status.name) == "Customer answered"
    assert told(alice, "customer_replied") == ["in_app", "mail"]

    # Solved. Kasia may go on or close nothing more; the question is planned, not asked yet.
    ticket = reply_as_staff(ticket, text="The new burr is on its way.", by=alice, then=repairs.workflow.closing_status())
    assert ticket.is_closed
    assert not CustomerAccess(ticket_now(ticket)).can_close
    assert told(kasia, "closed") == ["mail", "sms"]
    assert told(kasia, "survey") == []

    # A while later she is asked, once; her answer stands on the ticket and Alice hears of it.
    Survey.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    ask_due()
    ask_due()
    assert told(kasia, "survey") == ["mail", "sms"]
    answer_survey(survey_behind(token_for(Survey.objects.get())), score=5, comment="Quick and friendly.")
    assert fresh(ticket).rating == 5
    assert told(alice, "rated") != []

    assert list(ticket.events.order_by("pk").values_list("kind", flat=True)) == [
        Kind.OPENED,
        Kind.ASSIGNED,
        Kind.NOTE_ADDED,
        Kind.PASSED_ON,
        Kind.ASSIGNED,
        Kind.PASSED_ON,
        Kind.STAFF_REPLIED,
        Kind.CUSTOMER_REPLIED,
        Kind.STAFF_REPLIED,
        Kind.CLOSED,
        Kind.RATED,
    ]
    assert not ticket.events.filter(announced_at=None).exists()


def test_nobody_is_told_of_their_own_doing():
    support = make_department("Support")
    alice = make_staff("Alice", support)
    ticket = make_ticket(department=support)

    assign_ticket(ticket, to=alice, by=alice)

    assert told(alice, "assigned") == []
