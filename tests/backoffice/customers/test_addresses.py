"""An address from which mail came back: seen on the ticket's card and the customer's page, and used again by the word of a colleague."""

import pytest
from django.utils import timezone

from audit.models import AuditLine
from notifications import addresses
from notifications.bounces.settling import note_came_back
from notifications.choices import State
from notifications.models import AddressState, Delivery
from permissions.rights import StoreRight
from permissions.services import withdraw
from tests.make import make_store

pytestmark = pytest.mark.django_db
WORDS = "550 5.1.1 unknown"


@pytest.fixture
def state(ticket, kasia, store):
    mail = Delivery.objects.filter(ticket=ticket, channel="mail", customer=kasia).first()
    Delivery.objects.filter(pk=mail.pk).update(state=State.SENT, sent_at=timezone.now())
    mail.refresh_from_db()
    note_came_back(mail, WORDS, is_address_wrong=True)
    return addresses.state_of(kasia.email, store)


def pages_of(ticket, kasia):
    return [f"/desk/tickets/{ticket.number}/", f"/desk/customers/{kasia.pk}/"]


def test_both_pages_say_it_and_one_button_mends_it(desk, ticket, kasia, state):
    for page in pages_of(ticket, kasia):
        shown = desk.get(page).content.decode()
        assert "This address works again" in shown and WORDS in shown

    back = desk.post(f"/desk/customers/{kasia.pk}/addresses/{state.pk}/restoration/", {"ticket": ticket.number})
    assert back.status_code == 302 and back.url == f"/desk/tickets/{ticket.number}/"
    assert addresses.state_of(kasia.email, state.store) is None and AuditLine.objects.filter(after__working_address=kasia.email).exists()
    for page in pages_of(ticket, kasia):
        assert "This address works again" not in desk.get(page).content.decode()


def test_who_may_not_manage_customers_is_told_but_has_no_button(desk, alice, ticket, kasia, state, store):
    withdraw(alice, StoreRight.MANAGE_CUSTOMERS, store)
    for page in pages_of(ticket, kasia):
        shown = desk.get(page).content.decode()
        assert WORDS in shown and "This address works again" not in shown
    assert desk.post(f"/desk/customers/{kasia.pk}/addresses/{state.pk}/restoration/").status_code == 403
    assert addresses.state_of(kasia.email, store)


def test_the_state_of_another_address_or_store_is_out_of_reach(desk, kasia, state):
    far = make_store()
    others = [
        AddressState.objects.create(store=state.store, address="nour@mail.example", bounced_at=timezone.now()),
        AddressState.objects.create(store=far, address=kasia.email, bounced_at=timezone.now()),
    ]
    for other in others:
        assert desk.post(f"/desk/customers/{kasia.pk}/addresses/{other.pk}/restoration/").status_code == 404
    assert AddressState.objects.exclude(bounced_at=None).count() == 3
