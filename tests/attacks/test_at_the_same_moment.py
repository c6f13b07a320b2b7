"""Two people act on one ticket at the same moment: both are heard, and nothing is done twice."""

import threading
import time

import pytest
from django.db import connection, transaction

from tests.make import fresh, make_department, make_staff, make_ticket
from tickets.choices import Kind
from tickets.errors import MergedAway
from tickets.services.lifecycle import add_note, close_ticket, pass_on_ticket, reopen_ticket, reply_as_customer
from tickets.services.merging import merge_tickets

pytestmark = pytest.mark.django_db(transaction=True)


def one_then_another(first, second):
    """Run `second` while the transaction of `first` is open; what either of them raised."""
    acted, failures = threading.Event(), []

    def begin():
        try:
            with transaction.atomic():
                first()
                acted.set()
                time.sleep(0.3)
        except Exception as failure:
            failures.append(failure)
        finally:
            acted.set()
            connection.close()

    def follow():
        try:
            acted.wait(10)
            second()
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=begin), threading.Thread(target=follow)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return failures


@pytest.fixture
def support():
    return make_department("Support")


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


@pytest.fixture
def ticket(support, alice):
    return make_ticket(department=support)


def kinds(ticket):
    return list(ticket.events.order_by("pk").values_list("kind", flat=True))


def test_a_customer_who_writes_while_staff_close_is_heard(ticket, alice):
    failures = one_then_another(lambda: close_ticket(ticket, by=alice), lambda: reply_as_customer(ticket, text="One thing more."))

    assert failures == []
    assert ticket.messages.filter(body_text="One thing more.").count() == 1
    assert not fresh(ticket).is_closed
    assert kinds(ticket)[-3:] == [Kind.CLOSED, Kind.CUSTOMER_REPLIED, Kind.REOPENED]


def test_what_two_do_at_once_is_done_once_and_nothing_of_it_is_lost(ticket, alice):
    """One test, because emptying the database after threads takes longer than all of this."""
    sales = make_department("Sales")
    assert one_then_another(lambda: close_ticket(ticket, by=alice), lambda: close_ticket(ticket, by=alice)) == []
    assert one_then_another(lambda: reopen_ticket(ticket, by=alice), lambda: reopen_ticket(ticket, by=alice)) == []
    assert [kinds(ticket).count(kind) for kind in (Kind.CLOSED, Kind.REOPENED)] == [1, 1]

    assert (
        one_then_another(lambda: pass_on_ticket(ticket, to=sales, by=alice), lambda: add_note(ticket, text="Mind the dog.", by=alice)) == []
    )
    assert ticket.messages.filter(body_text="Mind the dog.").count() == 1
    assert fresh(ticket).department_id == sales.pk


def test_of_two_who_merge_in_both_directions_one_wins(support, alice, ticket):
    other = make_ticket(department=support, customer=ticket.customer)

    failures = one_then_another(lambda: merge_tickets(ticket, into=other, by=alice), lambda: merge_tickets(other, into=ticket, by=alice))

    assert [type(failure) for failure in failures] == [MergedAway]
    assert (fresh(ticket).merged_into_id, fresh(other).merged_into_id) == (other.pk, None)
    assert (ticket.messages.count(), other.messages.count()) == (0, 2)
