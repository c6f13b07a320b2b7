"""What is said, filled in, moved or renamed is found at once, by those who may read it."""

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction

from common.fulltext import postgres
from common.uploads import CheckedFile
from customers.services import update_from_account
from helpdesk.tasks import place_new_words
from tests.make import make_customer, make_department, make_field, make_message, make_staff, make_ticket
from tickets.models import SearchDocument, Ticket
from tickets.search import writing
from tickets.search.index import OPEN_ZONES, PORTAL_ZONES, TICKETS
from tickets.services.fields import write_values
from tickets.services.lifecycle import add_note, pass_on_ticket, reply_as_customer, show_note_to_customer
from tickets.services.merging import merge_tickets, unmerge_tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make_department("Support")


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


@pytest.fixture
def kasia():
    return make_customer("Kasia Nowak", phone="+48601220999")


@pytest.fixture
def ticket(support, kasia):
    return make_ticket("The grinder rattles", department=support, customer=kasia, text="Since Monday.")


def found(words, **where):
    return list(Ticket.objects.matching(words, **where).order_by("pk"))


def file(name):
    return CheckedFile(name=name, content_type="text/plain", size=5, content=ContentFile(b"words"))


def test_a_ticket_is_found_by_number_subject_words_and_customer(ticket, kasia):
    for words in (ticket.number, ticket.number[-4:], "grinder monday", "nowak", kasia.email, "601 220 999", "0999"):
        assert found(words) == [ticket], words
    assert found("kettle") == []


def test_a_reply_is_put_behind_and_a_rolled_back_one_is_not(ticket, alice):
    make_message(ticket, "Here is a zebra.")
    make_message(ticket, "And a giraffe.", by=alice)
    with pytest.raises(RuntimeError), transaction.atomic():
        make_message(ticket, "And a hippo.")
        assert found("zebra giraffe hippo grinder") == [ticket]
        raise RuntimeError()

    assert found("zebra giraffe grinder") == [ticket]
    assert found("hippo") == []


def test_a_reply_reads_nothing_that_was_said_before(ticket, django_assert_max_num_queries):
    def cost():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            make_message(ticket, "Any news?")
        return len(queries)

    first = cost()
    for _n in range(5):
        make_message(ticket, "Any news?")
    assert cost() == first


def test_notes_are_found_by_staff_and_by_no_customer(ticket, alice, kasia):
    add_note(ticket, text="A zebra of Kasia Nowak, call 602 333 444.", files=[file("giraffe.txt")], by=alice)
    mine = Ticket.objects.of_customer(kasia.user)

    for words in ("zebra", "giraffe"):
        assert found(words) == found(words, known_stores=[]) == [ticket]
        assert list(mine.matching(words, zones=PORTAL_ZONES)) == []
    assert found("602333444") == [ticket]
    assert found("602333444", known_stores=[]) == list(mine.matching("602333444", zones=PORTAL_ZONES)) == []
    assert list(mine.matching("nowak", zones=PORTAL_ZONES)) == [ticket]


def test_a_note_that_is_shown_is_found_by_the_customer_from_then_on(ticket, alice, kasia):
    note = make_message(ticket, "A zebra.", by=alice, note=True)
    show_note_to_customer(note, by=alice)
    assert list(Ticket.objects.of_customer(kasia.user).matching("zebra", zones=PORTAL_ZONES)) == [ticket]


def test_names_of_customers_files_are_found_only_where_they_are_read(ticket, alice):
    reply_as_customer(ticket, text="See.", files=[file("zebra.txt")])
    make_message(ticket, "See.", by=alice)
    add_note(ticket, text="See.", files=[file("giraffe.txt"), file("nowak-hippo.txt")], by=alice)

    assert found("zebra giraffe hippo") == [ticket]
    assert found("giraffe", known_stores=[]) == [ticket]
    assert found("zebra", known_stores=[]) == found("hippo", known_stores=[]) == []


def test_names_are_found_only_in_stores_whose_customers_one_may_know(ticket):
    assert found("nowak", known_stores=[ticket.store_id]) == [ticket]
    assert found("grinder", known_stores=[ticket.store_id + 1]) == [ticket]
    for stores in ([], [ticket.store_id + 1]):
        assert found("nowak", known_stores=stores) == found("grinder nowak", known_stores=stores) == []


def test_a_new_name_is_found_and_hidden_in_old_words(ticket, kasia):
    make_message(ticket, "Greetings from Zofia")
    assert found("zofia", known_stores=[]) == [ticket]
    kasia.user.name = "Zofia Lis"
    kasia.user.save()

    writing.rename(update_from_account(kasia.user))

    assert found("lis") == found("zofia") == found("greetings", known_stores=[]) == [ticket]
    assert found("nowak") == found("zofia", known_stores=[]) == []


def test_a_ticket_is_looked_for_where_it_lies_now(ticket, alice):
    sales = make_department("Sales")
    pass_on_ticket(ticket, to=sales, by=alice)
    assert _in(sales.pk) == [ticket] and _in(alice.pk + sales.pk + 100) == []


def _in(place):
    from common.fulltext.conditions import matches
    from common.fulltext.wanted import Wanted

    return list(Ticket.objects.filter(matches(TICKETS, Wanted.of("grinder"), places=[place])))


def test_merged_tickets_are_found_by_what_moved(ticket, support, kasia, alice):
    other = make_ticket("Kettle", department=support, customer=kasia, text="A zebra.")

    merge_tickets(other, into=ticket, by=alice)
    assert found("zebra") == found("zebra grinder") == [ticket]
    other.refresh_from_db()
    unmerge_tickets(other, by=alice)
    assert found("zebra") == [other]


def test_a_ticket_without_a_document_gets_a_whole_one_with_the_next_words(ticket, alice):
    make_message(ticket, "A zebra.", by=alice, note=True)
    write_values(ticket, {make_field(): "giraffe17"}, by=alice)
    SearchDocument.objects.all().delete()
    assert found("grinder") == []

    make_message(ticket, "A hippo.")

    assert found("grinder nowak zebra giraffe17 hippo") == [ticket]


def test_a_document_made_anew_is_found_as_before(ticket, alice):
    make_message(ticket, "Call 602 333 444, says Kasia.", by=alice)
    add_note(ticket, text="A zebra.", files=[file("hippo.txt")], by=alice)
    write_values(ticket, {make_field(): "giraffe17"}, by=alice)
    asked = ["grinder", "zebra", "hippo", "giraffe17", "says", "kasia", "602333444", ticket.number]

    def answers():
        return [[bool(found(words, zones=zones)) for words in asked] for zones in (None, OPEN_ZONES, PORTAL_ZONES)]

    before = answers()
    writing.write(ticket)
    assert answers() == before == [[True] * 8, [True, True, True, True, True, False, False, True], [True, *[False] * 2, *[True] * 5]]


def test_documents_are_loaded_in_bulk(ticket):
    SearchDocument.objects.all().delete()
    with writing.without_index():
        writing.load([(ticket.pk, ticket.department_id, "zebra", "giraffe ¶ hippo", "secret", "nowak")])

    assert found("zebra giraffe hippo secret nowak") == [ticket]
    assert found("nowak", known_stores=[]) == found("secret", zones=PORTAL_ZONES) == []


@pytest.mark.parametrize("table", [TICKETS.table, "customers_customerdocument", "faq_faqdocument"])
def test_not_many_new_words_wait_for_their_place_in_the_index(table):
    """Each search looks through all that wait, once for each word it asks for."""
    if connection.vendor == postgres.VENDOR:  # SQLite finds each word its place at once
        with connection.cursor() as cursor:
            cursor.execute("SELECT reloptions FROM pg_class WHERE relname = %s", [f"{table}_words"])
            assert cursor.fetchone() == ([f"gin_pending_list_limit={postgres.WAITING}"],)


def test_the_clock_gives_new_words_their_place_in_the_index(ticket, alice):
    add_note(ticket, text="A zebra.", by=alice)
    place_new_words()

    if connection.vendor == postgres.VENDOR:  # SQLite finds each word its place at once
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list(%s)", [f"{TICKETS.table}_words"])
            assert cursor.fetchone() == (0,)
    assert found("zebra") == [ticket]


def test_the_clock_knows_the_way_to_it():
    place_new_words()  # of the other database it asks nothing
    assert settings.CELERY_BEAT_SCHEDULE["place-new-words"]["task"] == place_new_words.name
