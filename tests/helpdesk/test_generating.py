"""The made-up data: whole, the same for the same seed, and as the services would have written it."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from common.fulltext.cutting import GAP, indexed
from common.html import text_to_html
from common.text import excerpt
from customers.finding import matching as find_customers
from customers.models import Customer
from departments.models import Department
from helpdesk.generating import making, progress
from helpdesk.generating.batches import Batch
from helpdesk.generating.numbers import number_of
from helpdesk.generating.people import Person
from helpdesk.generating.tables import TABLES
from notifications.models import Delivery
from permissions.querysets import people_who_may_see
from statuses.models import Status
from stores.models import Store
from surveys.models import Survey
from tests import make
from tickets.access import may_be_given
from tickets.choices import MessageKind
from tickets.field_values import stored_values
from tickets.models import Attachment, FieldValue, Message, Ticket, TicketEvent
from tickets.search import writing
from tickets.search.index import ZONES
from tickets.services import lifecycle

pytestmark = pytest.mark.django_db
UNTIL = datetime(2026, 3, 1, tzinfo=UTC)
TICKETS = 240


@pytest.fixture(scope="module")
def _built(django_db_setup, django_db_blocker, tmp_path_factory):
    """Made once for all of these tests; what each of them does inside is undone."""
    with django_db_blocker.unblock(), override_settings(DATA_DIR=tmp_path_factory.mktemp("made")), transaction.atomic():
        generate(TICKETS)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def made(_built, db):
    return progress.read()


def generate(tickets, **more):
    out = StringIO()
    given = {"seed": 7, "until": UNTIL, "processes": 1, **more}
    call_command("generate_tickets", tickets=tickets, stdout=out, stderr=StringIO(), **given)
    return out.getvalue()


def rows():
    """Everything that was made in bulk, as the database holds it."""
    return {name: list(table.model.objects.order_by("pk").values_list(*table.columns)) for name, table in TABLES.items()}


def test_there_is_as_much_as_was_asked_for_in_four_languages(made):
    assert Ticket.objects.count() == TICKETS
    assert Message.objects.count() == TICKETS * 5
    assert set(Ticket.objects.values_list("language", flat=True)) == {"fa", "pl", "en", "ru"}
    assert Department.objects.count() == 40
    assert get_user_model().objects.staff().count() == 50


def test_one_has_two_hundred_messages_and_none_is_without(made):
    counts = [ticket.messages.count() for ticket in Ticket.objects.all()]
    assert max(counts) == 200
    assert min(counts) >= 1


def test_numbers_are_each_there_once_and_do_not_count_up(made):
    numbers = list(Ticket.objects.order_by("pk").values_list("number", flat=True))
    assert len(set(numbers)) == TICKETS
    assert numbers != sorted(numbers)
    assert {len(number) for number in numbers} == {Store.objects.get().number_digits}


def test_rows_say_what_their_messages_say(made):
    for ticket in Ticket.objects.select_related("status", "department").prefetch_related("messages"):
        said = sorted(ticket.messages.all(), key=lambda message: message.created_at)
        public = [message for message in said if message.kind != MessageKind.NOTE]
        replies = [message for message in said if message.kind == MessageKind.REPLY]
        assert said[0].created_at == ticket.created_at
        assert (ticket.last_message_at, ticket.last_message_kind) == (said[-1].created_at, said[-1].kind)
        assert ticket.last_words == excerpt(said[-1].body_text, 160)
        assert ticket.last_public_words == excerpt(public[-1].body_text, 160)
        assert ticket.last_word_by_customer == (public[-1].kind == MessageKind.CUSTOMER)
        assert ticket.first_answered_at == (replies[0].created_at if replies else None)
        assert (ticket.closed_at is not None) == ticket.status.is_closed
        assert ticket.status.workflow_id == ticket.department.workflow_id
        assert ticket.has_files == Attachment.objects.filter(message__ticket=ticket).exists()
        assert ticket.updated_at >= ticket.last_message_at


def test_customers_wait_since_their_first_unanswered_word(made):
    waiting = Ticket.objects.still_open().filter(waiting_since__isnull=False)
    assert waiting.exists()
    for ticket in waiting.select_related("department"):
        answered = ticket.messages.filter(kind=MessageKind.REPLY).order_by("-created_at").first()
        unanswered = ticket.messages.filter(
            kind=MessageKind.CUSTOMER, created_at__gt=answered.created_at if answered else UNTIL - timedelta(days=9999)
        )
        assert ticket.waiting_since == unanswered.order_by("created_at").first().created_at
    assert not Ticket.objects.closed().filter(waiting_since__isnull=False).exists()


def test_letters_are_stored_as_the_product_stores_them(made):
    for message in Message.objects.all():
        assert message.body_html == text_to_html(message.body_text)


def test_history_is_in_order_and_ends_with_the_closing(made):
    for ticket in Ticket.objects.closed():
        closing = ticket.events.get(kind="closed")
        assert closing.created_at == ticket.closed_at == ticket.status_since
        assert ticket.events.order_by("pk").first().kind == "opened"
        assert ticket.events.filter(kind="rated").exists() == (ticket.rating is not None)
        assert ticket.version >= 1
    assert not TicketEvent.objects.filter(created_at__gt=UNTIL).exists()


def test_the_row_repeats_the_values_of_fields(made):
    filled = 0
    for ticket in Ticket.objects.all():
        values, _files = stored_values(ticket)
        assert ticket.fields == {str(pk): value if isinstance(value, str) else value.isoformat() for pk, value in values.items()}
        filled += bool(values)
    assert filled > TICKETS / 2


def test_nothing_waits_to_be_sent_asked_or_announced(made):
    assert not Delivery.objects.exists()
    assert not Survey.objects.due().exists()
    assert not TicketEvent.objects.filter(announced_at=None).exists()


def test_those_who_read_and_have_tickets_are_those_who_may_see_them(made):
    for department in Department.objects.all()[::7]:
        for status in Status.objects.filter(workflow=department.workflow_id):
            seers = made["seers"].get(f"{department.pk}/{status.pk}", [])
            assert seers == sorted(people_who_may_see(department, status).values_list("pk", flat=True))
    held = Ticket.objects.still_open().filter(assignee__isnull=False)
    assert held.exists()
    assert all(may_be_given(ticket.assignee, ticket) for ticket in held)


def test_rights_are_mixed(made):
    people = {word: get_user_model().objects.get(pk=person["id"]) for word, person in made["people"].items()}
    seen = {word: Ticket.objects.visible_to(person).count() for word, person in people.items()}
    assert seen["owner"] == seen["everything"] == TICKETS
    assert seen["one_status"] <= seen["few_rights"] < seen["mixed"] < TICKETS


def test_documents_of_the_search_hold_what_the_services_would_write(made):
    batch = Batch(made, made["makings"][0], 0).compose()
    made_up = {pk: (place, [set(words.split()) for words in zones]) for pk, place, zones in batch.documents}
    written = {pk: (place, [set(words.split()) for words in zones]) for pk, place, zones in writing.rows_of(Ticket.objects.all())}
    for pk, document in written.items():
        for zone, ours, theirs in zip(ZONES, made_up[pk][1], document[1], strict=True):
            assert (pk, zone, ours - {GAP}) == (pk, zone, theirs - {GAP})
    assert made_up.keys() == written.keys()


@pytest.mark.parametrize("number", [3, 60, 12_345, 249_998])
def test_words_of_a_customer_are_those_that_are_indexed(number):
    person = Person(number)
    assert set(person.words.split()) == set(indexed(f"{person.name} {person.company}").split())
    assert set(person.addresses.split()) | {GAP} == set(indexed(f"{person.email} {person.phone}").split()) | {GAP}


def test_the_search_finds_words_numbers_and_people(made):
    customer = Customer.objects.filter(tickets_count__gt=0).exclude(email="").first()
    order = stored_order()
    assert set(Ticket.objects.matching(order.text)) >= {order.ticket}
    assert set(Ticket.objects.matching(order.text[3:])) >= {order.ticket}
    assert set(Ticket.objects.matching(customer.email)) == set(customer.tickets.all())
    assert customer in set(find_customers(Customer.objects.all(), customer.name))


def stored_order():
    return FieldValue.objects.filter(field__key="set-order-number").select_related("ticket").first()


def test_customers_rows_say_what_their_tickets_say(made):
    for customer in Customer.objects.all():
        tickets = customer.tickets.order_by("-last_message_at")
        assert customer.tickets_count == len(tickets)
        assert customer.open_tickets == sum(not ticket.is_closed for ticket in tickets)
        assert customer.last_message_at == (tickets[0].last_message_at if tickets else None)


def test_tags_are_on_some_of_the_tickets(made):
    assert TICKETS / 8 < Ticket.objects.exclude(tags=None).distinct().count() < TICKETS / 2


def test_pages_open_on_it(made, client):
    for word in ("owner", "mixed", "one_status", "without_customers"):
        person = get_user_model().objects.get(pk=made["people"][word]["id"])
        client.force_login(person)
        assert client.get("/desk/").status_code in {200, 302}
        assert client.get("/desk/tickets/").status_code == 200
        ticket = Ticket.objects.visible_to(person).order_by("-pk").first()
        if ticket:
            assert client.get(f"/desk/tickets/{ticket.number}/").status_code == 200
    customer = Customer.objects.exclude(user=None).filter(tickets__isnull=False).first()
    client.force_login(customer.user)
    assert client.get(f"/tickets/{customer.tickets.first().number}/").status_code == 200


def test_life_goes_on_afterwards(made):
    ticket = make.make_ticket(department=Department.objects.first())
    make.make_message(ticket)
    old = Ticket.objects.still_open().exclude(pk=ticket.pk).order_by("-pk").first()
    lifecycle.add_note(old, text="Let us see.", by=get_user_model().objects.get(pk=made["people"]["owner"]["id"]))
    assert ticket.pk > made["makings"][0]["ids"]["tickets"][0] + TICKETS - 1


def test_numbers_that_are_taken_are_given_to_nobody_else(made):
    given = {"seed": made["seed"], "digits": made["digits"], "prefix": made["prefix"]}
    ticket = make.make_ticket(department=Department.objects.first(), number=number_of(TICKETS + 3, **given))

    generate(TICKETS + 10)

    assert Ticket.objects.get(number=ticket.number) == ticket
    assert Ticket.objects.count() == TICKETS + 11


def test_more_are_added_to_what_is_there(made):
    before = rows()
    generate(TICKETS + 60)
    after = rows()
    assert Ticket.objects.count() == TICKETS + 60
    for name, old in before.items():
        assert after[name][: len(old)] == old if name != "attachments" else set(old) < set(after[name])
    generate(TICKETS)
    assert Ticket.objects.count() == TICKETS + 60


def test_a_making_that_breaks_off_goes_on_where_it_was(made, monkeypatch):
    plan = made | {"makings": []}
    Ticket.objects.all().delete()
    Customer.objects.all().delete()
    get_user_model().objects.filter(is_staff=False).delete()

    def whole():
        progress.write(plan)
        generate(90, batch=20)
        return rows()

    with transaction.atomic():
        unbroken = whole()
        transaction.set_rollback(True)
    with transaction.atomic(), monkeypatch.context() as patch:
        progress.write(plan)
        patch.setattr(making, "_tell", _break_off_at(3))
        with pytest.raises(PowerFailure):
            generate(90, batch=20)
        assert 0 < Ticket.objects.count() < 90
        patch.undo()
        generate(90, batch=20)
        broken = rows()
        transaction.set_rollback(True)
    assert broken == unbroken


class PowerFailure(Exception):
    pass


def _break_off_at(batch):
    def tell(making, *_):
        if making["done"] == batch:
            raise PowerFailure

    return tell


def test_a_database_with_a_store_of_somebody_is_refused(made):
    Store.objects.update(key="beans")
    progress.forget()
    with pytest.raises(CommandError, match="yes-into-this-database"):
        generate(TICKETS + 1)
    assert Ticket.objects.count() == TICKETS


def test_another_seed_is_refused_where_there_is_data_of_one(made):
    with pytest.raises(CommandError, match="--seed 7"):
        generate(TICKETS + 1, seed=8)


def test_another_seed_makes_other_data(made):
    other = Batch(made | {"seed": 8}, made["makings"][0], 0).compose()
    assert other.rows["messages"] != Batch(made, made["makings"][0], 0).compose().rows["messages"]


def test_the_past_ends_where_it_was_told_to(made):
    assert Ticket.objects.filter(created_at__lt=UNTIL - timedelta(days=4 * 365)).exists()
    assert not Message.objects.filter(created_at__gt=UNTIL).exists()
    assert timezone.now() > UNTIL
