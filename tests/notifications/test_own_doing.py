"""Nobody is told of their own doing, in whatever role they did it and by whatever way they would have heard."""

import pytest

from notifications.choices import Recipient
from notifications.models import ActionMessage, ActionText, Delivery
from tests.make import fresh, make_action, make_customer, make_message, make_staff, make_team, make_ticket
from tickets.models import TicketCopy, Watch
from tickets.services import lifecycle
from tickets.services.actions import perform_action

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(support, alice):
    ticket = lifecycle.assign_ticket(make_ticket(department=support), to=alice)
    Watch.objects.create(ticket=ticket, user=alice)
    support.responsible = alice
    support.save()
    Delivery.objects.all().delete()
    return fresh(ticket)


def told(**whom):
    return sorted(Delivery.objects.filter(**whom).values_list("template", flat=True))


def test_staff_hear_nothing_of_what_they_did_in_any_role(ticket, alice, bob):
    Watch.objects.create(ticket=ticket, user=bob)
    for do in (lifecycle.close_ticket, lifecycle.reopen_ticket):
        do(fresh(ticket), by=alice)
    make_message(ticket, "Try this.", by=alice)
    make_message(ticket, "She called.", by=alice, note=True)

    assert told(user=alice) == [] and told(user=bob) != []


def test_who_takes_a_ticket_or_gives_it_to_their_own_team_is_not_told(ticket, alice, bob, support):
    team = make_team("Night shift", alice, bob)
    lifecycle.assign_ticket(ticket, to=None, by=alice)
    lifecycle.assign_ticket(ticket, to=alice, by=alice)
    lifecycle.assign_ticket(ticket, to=team, by=alice)

    assert told(user=alice) == [] and "team_assigned" in told(user=bob)


def test_staff_who_are_customers_too_hear_at_the_portal_only_of_others(support, alice, bob):
    customer = make_customer("Alice", account=False)
    customer.user = alice
    customer.save()
    ticket = lifecycle.assign_ticket(make_ticket(department=support, customer=fresh(customer), by=alice), to=bob)
    Delivery.objects.all().delete()
    make_message(ticket, "I answered myself.", by=alice)
    assert told(customer=customer) == []

    make_message(ticket, "Here is the answer.", by=bob)
    assert told(customer=customer) == ["reply"]


def test_an_assignee_who_writes_as_the_customer_is_not_told_of_it(support, alice):
    customer = make_customer("Alice", account=False)
    customer.user = alice
    customer.save()
    ticket = lifecycle.assign_ticket(make_ticket(department=support, customer=fresh(customer)), to=alice)
    Delivery.objects.all().delete()
    make_message(ticket, "Any news?")

    assert told(user=alice) == []


def test_a_copy_with_the_address_of_who_answers_or_of_the_customer_gets_nothing(ticket, alice):
    for address in (alice.email.upper(), ticket.customer.user.email, "ali@mail.example"):
        TicketCopy.objects.create(ticket=ticket, email=address.lower(), name="")
    make_message(ticket, "Try this.", by=alice)

    copies = Delivery.objects.filter(recipient_key__startswith="copy:")
    assert [copy.address for copy in copies] == ["ali@mail.example"]


@pytest.mark.parametrize("recipient", [Recipient.ASSIGNEE, Recipient.RESPONSIBLE, Recipient.WATCHERS])
def test_a_text_of_an_action_does_not_go_to_whoever_did_it_but_for_its_own_recipient(ticket, alice, recipient):
    action = make_action(ticket.status)
    for place, to in enumerate((recipient, Recipient.DOER)):
        text = ActionText.objects.create(key=f"text-{place}", name=to, subject="S", body="B")
        ActionMessage.objects.create(action=action, text=text, recipient=to)
    perform_action(fresh(ticket), action, by=alice)

    titles = set(Delivery.objects.filter(user=alice, template="action").values_list("context__title", flat=True))
    assert titles == {Recipient.DOER.value}


def test_what_happens_by_itself_is_told_to_everybody(ticket, alice):
    lifecycle.close_ticket(fresh(ticket), by=None)

    assert "watched" in told(user=alice)


def test_a_customer_is_told_of_their_own_request_only_by_the_confirmation(support):
    kasia = make_customer()
    ticket = make_ticket(department=support, customer=kasia)
    make_message(ticket, "And one more thing.")

    assert told(customer=kasia) == ["thanks"]


def test_a_responsible_person_from_another_room_is_still_told(ticket, alice, support):
    bob = make_staff("Bob", support)
    make_message(ticket, "Any news?")
    lifecycle.close_ticket(fresh(ticket), by=bob)

    assert "customer_replied" in told(user=alice) and "watched" in told(user=alice)
