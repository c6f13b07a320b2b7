"""Rows stored by statements that are written once: what save() would have stored, on both databases."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from common.models import FormKey
from common.storing import MOST, change, store
from notifications.choices import Channel, State, Template, Urgency
from notifications.models import Delivery
from tests.make import make_ticket
from tickets.choices import Kind
from tickets.models import TicketEvent

pytestmark = pytest.mark.django_db


def facts(row):
    """All that stands in its table, but for what is drawn anew for each."""
    stored = type(row).objects.filter(pk=row.pk).values().get()
    return {name: value for name, value in stored.items() if name not in {"id", "message_id", "recipient_key"}}


def delivery(key, **more):
    same = {"template": Template.SIGN_IN_CODE, "channel": Channel.MAIL, "address": "kasia@mail.example", "language": "pl"}
    return Delivery(recipient_key=key, created_at=MOMENT, next_try_at=MOMENT, **{**same, **more})


MOMENT = timezone.now().replace(microsecond=0)


def test_what_is_stored_is_what_save_would_have_stored():
    saved, stored = (delivery(key, context={"minutes": 10, "words": "100 %"}, secret_context="code") for key in ("one", "two"))
    saved.save()
    store(stored)

    assert facts(stored) == facts(saved)
    assert stored.urgency == Urgency.AT_ONCE
    assert stored.pk and not stored._state.adding


def test_more_rows_than_one_statement_takes_know_their_ids_in_their_order():
    ticket = make_ticket()
    events = [TicketEvent(ticket=ticket, kind=Kind.NOTE_ADDED, details={"place": number}) for number in range(2 * MOST + 3)]
    store(*events)

    assert [TicketEvent.objects.get(pk=event.pk).details["place"] for event in events] == list(range(len(events)))


def test_a_value_that_only_some_of_the_rows_have_is_stored_for_those():
    rows = [delivery("one", sent_at=MOMENT, state=State.SENT), delivery("two")]
    store(*rows)

    assert [facts(row)["sent_at"] for row in rows] == [MOMENT, None]


def test_what_is_there_already_is_left_alone_or_refused():
    FormKey.objects.create(key="k" * 20, owner="user:1", outcome_url="/first/")
    again = FormKey(key="k" * 20, owner="user:1", outcome_url="/second/")
    store(again, unless_there=True)
    assert [row.outcome_url for row in FormKey.objects.all()] == ["/first/"]
    assert again.pk is None
    with pytest.raises(IntegrityError), transaction.atomic():
        store(FormKey(key="k" * 20, owner="user:1"))


def test_a_change_stores_the_fields_it_names_and_no_others():
    ticket = make_ticket()
    ticket.subject, ticket.priority = "Other words", 30
    ticket.waiting_since = MOMENT - timedelta(days=1)
    change(ticket, "subject", "waiting_since", "subject")
    before = ticket.priority
    ticket.refresh_from_db()

    assert (ticket.subject, ticket.waiting_since) == ("Other words", MOMENT - timedelta(days=1))
    assert ticket.priority != before


def test_a_row_that_is_gone_cannot_be_changed():
    row = FormKey.objects.create(key="k" * 20, owner="user:1")
    FormKey.objects.all().delete()
    with pytest.raises(DatabaseError, match="not there"):
        change(row, "outcome_url")
