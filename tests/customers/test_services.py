import pytest

from customers.models import Customer
from customers.services import adopt_visitor_tickets, customer_of, visitor
from tests.make import fresh, make_customer, make_department, make_person, make_ticket
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


def test_a_person_is_one_customer_however_often_asked():
    kasia = make_person("Kasia", email="kasia@mail.example")

    assert customer_of(kasia) == customer_of(kasia)
    assert customer_of(kasia).email == "kasia@mail.example"


def test_a_visitor_is_recognised_by_address_whatever_its_case():
    first = visitor(name="Marta", email="marta@mail.example", language="pl")

    assert visitor(name="M.", email="MARTA@mail.example", language="en") == first
    assert fresh(first).name == "Marta"


def test_a_visitor_never_becomes_the_customer_of_an_account():
    kasia = make_customer("Kasia", email="kasia@mail.example")

    assert visitor(name="Somebody", email="kasia@mail.example", language="en") != kasia


def test_a_proven_address_brings_what_was_written_before():
    make_department("Support")
    marta = make_customer("Marta", account=False, email="marta@mail.example")
    ticket = make_ticket(customer=marta)
    person = make_person("Marta", email="marta@mail.example")

    mine = adopt_visitor_tickets(person, email="Marta@mail.example")

    assert list(Ticket.objects.of_customer(person)) == [ticket]
    assert list(Customer.objects.all()) == [mine]
    assert ticket.messages.get().customer == mine


def test_another_address_brings_nothing():
    make_department("Support")
    make_ticket(customer=make_customer("Marta", account=False, email="marta@mail.example"))
    person = make_person("Marta", email="marta@mail.example")

    adopt_visitor_tickets(person, phone="+48601220214")

    assert list(Ticket.objects.of_customer(person)) == []
