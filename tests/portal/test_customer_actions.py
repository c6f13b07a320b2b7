"""Buttons that the owner gives customers, and statuses that hide, keep or end a request."""

import pytest

from custom_fields.models import ActionField, CustomerAccess
from statuses.models import ActionDeed, StatusKind
from tests.make import fresh, make_action, make_customer, make_field, make_status, make_ticket
from tickets.choices import Kind, MessageKind
from tickets.field_values import stored_values
from tickets.links import token_for
from tickets.models import Ticket
from tickets.services.lifecycle import change_status, close_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(support, kasia):
    return make_ticket(department=support, customer=kasia)


@pytest.fixture
def new(support):
    return support.workflow.first_status()


@pytest.fixture
def solved(support):
    return support.workflow.closing_status()


def address(ticket, action=None):
    return f"/tickets/{ticket.number}/" + (f"actions/{action.pk}/" if action else "")


def test_a_customer_has_the_buttons_given_to_them_and_no_others(as_kasia, ticket, new, solved):
    mine = make_action(new, "It works again", target=solved, for_customers=True)
    make_action(new, "For staff only")
    make_action(new, "Delete it", deed=ActionDeed.DELETE, for_customers=True)

    page = as_kasia.get(address(ticket)).content.decode()
    assert f'action="{address(ticket, mine)}"' in page
    assert "For staff only" not in page and "Delete it" not in page

    page = as_kasia.post(address(ticket, mine), follow=True).content.decode()
    assert fresh(ticket).status == solved
    assert "You chose “\u2068It works again\u2069”" in page


def test_a_double_click_does_it_once_and_is_no_error(as_kasia, ticket, new, solved):
    mine = make_action(new, "It works again", target=solved, for_customers=True)

    answers = [as_kasia.post(address(ticket, mine), {"form_key": "k" * 20}) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert ticket.events.filter(kind=Kind.ACTION_DONE).count() == 1


def test_words_and_their_own_fields_are_asked_for(as_kasia, ticket, new):
    theirs, ours = make_field("Serial"), make_field("Margin", customer_access=CustomerAccess.NONE)
    more = make_action(new, "I found out more", deed=ActionDeed.REPLY, for_customers=True)
    for field in (theirs, ours):
        ActionField.objects.create(action=more, field=field, is_required=True)

    page = as_kasia.get(address(ticket, more)).content.decode()
    assert "field-serial" in page and "Margin" not in page

    refused = as_kasia.post(address(ticket, more), {"text": "It is the fan."})
    assert refused.status_code == 422 and "It is the fan." in refused.content.decode()
    as_kasia.post(address(ticket, more), {"text": "It is the fan.", "field-serial": "A-17", "field-margin": "9"})

    message = ticket.messages.latest("pk")
    assert (message.kind, message.body_text) == (MessageKind.CUSTOMER, "It is the fan.")
    assert stored_values(ticket)[0] == {theirs.pk: "A-17"}


def test_it_works_behind_a_signed_link_too(visitor, support, new, solved):
    ticket = make_ticket(department=support, customer=make_customer("Hanna", account=False))
    mine = make_action(new, "It works again", target=solved, for_customers=True)
    token = token_for(ticket)

    assert f"/t/{token}/actions/{mine.pk}/" in visitor.get(f"/t/{token}/").content.decode()
    assert visitor.post(f"/t/{token}/actions/{mine.pk}/").status_code == 302

    assert fresh(ticket).status == solved
    assert ticket.events.get(kind=Kind.ACTION_DONE).by_customer


def test_other_peoples_and_other_buttons_do_not_exist(as_kasia, ticket, nour, support, new, alice):
    mine = make_action(new, "Mine", for_customers=True)
    staffs = make_action(new, "Staff's")
    foreign = make_ticket(department=support, customer=nour)

    assert as_kasia.post(address(foreign, mine)).status_code == 404
    assert as_kasia.post(address(ticket, staffs)).status_code == 404
    change_status(ticket, to=make_status(support.workflow), by=alice)
    late = as_kasia.post(address(ticket, mine), follow=True)
    assert "has gone on meanwhile" in late.content.decode()
    assert not ticket.events.filter(kind=Kind.ACTION_DONE).exists()


def test_opening_by_a_button_obeys_the_rules_for_opening(as_kasia, ticket, solved, new):
    again = make_action(solved, "Not solved", target=new, for_customers=True)
    close_ticket(ticket)
    assert "Not solved" in as_kasia.get(address(ticket)).content.decode()
    ticket.store.customers_may_reopen = False
    ticket.store.save()

    assert "Not solved" not in as_kasia.get(address(ticket)).content.decode()
    as_kasia.post(address(ticket, again))
    assert fresh(ticket).is_closed


@pytest.mark.parametrize("store_may, status_may", [(True, True), (True, False), (False, True)])
def test_the_closing_button_obeys_store_and_status(as_kasia, ticket, new, store_may, status_may):
    ticket.store.customers_may_close = store_may
    ticket.store.save()
    new.customer_may_close = status_may
    new.save()

    offered = "Solved, close it" in as_kasia.get(address(ticket)).content.decode()
    as_kasia.post(f"{address(ticket)}closure/")

    assert offered == fresh(ticket).is_closed == (store_may and status_may)


@pytest.mark.parametrize("store_may, status_may", [(True, True), (True, False), (False, True)])
def test_opening_again_obeys_store_and_status(as_kasia, ticket, solved, store_may, status_may):
    ticket.store.customers_may_reopen = store_may
    ticket.store.save()
    solved.customer_may_reopen = status_may
    solved.save()
    close_ticket(ticket)

    as_kasia.post(f"{address(ticket)}replies/", {"text": "It rattles again."})

    assert fresh(ticket).is_closed != (store_may and status_may)


def test_a_status_kept_from_the_portal_hides_the_request_its_files_and_its_link_until_it_leaves(as_kasia, client, ticket, support, alice):
    hidden = make_status(support.workflow, "Checked for fraud", shown_in_portal=False)
    change_status(ticket, to=hidden, by=alice)

    assert ticket.subject not in as_kasia.get("/tickets/").content.decode()
    assert as_kasia.get(address(ticket)).status_code == 404
    assert as_kasia.post(f"{address(ticket)}replies/", {"text": "x"}).status_code == 404
    link = as_kasia.get(f"/t/{token_for(ticket)}/")
    assert link.status_code == 404 and "cannot be looked at here" in link.content.decode()

    change_status(Ticket.objects.get(pk=ticket.pk), to=support.workflow.status_of_kind(StatusKind.OPEN), by=alice)
    assert as_kasia.get(address(ticket)).status_code == 200
