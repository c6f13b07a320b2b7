"""The first moment of an installation, and the guide that follows."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from control.setup.beginning import setup_path
from departments.models import Department
from permissions.querysets import departments_where, stores_where
from permissions.rights import DepartmentRight, StoreRight
from stores.models import Store
from tests.make import make_person
from tickets.models import OutgoingReply, Ticket
from tickets.services.sending import send_due_replies

pytestmark = pytest.mark.django_db

GIVEN = {
    "store_name": "Narvan", "language": "pl", "name": "Olga Nowicka", "email": "olga@narvan.example", "password": "a long and winding password",
}  # fmt: skip


@pytest.fixture
def olga(client):
    """Whoever has just begun."""
    client.post(setup_path(), GIVEN)
    return User.objects.get(email="olga@narvan.example")


def test_whoever_has_the_key_begins_with_a_store_and_an_owner(client):
    answer = client.post(setup_path(), GIVEN)

    store, olga = Store.objects.get(), User.objects.get()
    assert answer.url == "/control/guide/"
    assert (str(store.name), store.language, store.time_zone, store.phone_region) == ("Narvan", "pl", "Europe/Warsaw", "PL")
    assert all(stores_where(olga, right).get() == store for right in StoreRight)
    assert not olga.is_superuser
    assert client.get("/control/guide/").status_code == 200


def test_without_the_key_there_is_no_such_page(client):
    assert client.get("/setup/0123456789abcdef/").status_code == 404
    assert client.post("/setup/0123456789abcdef/", GIVEN).status_code == 404
    assert not User.objects.exists()


def test_the_key_is_worth_nothing_once_somebody_exists(client):
    path = setup_path()
    make_person("Mallory")

    assert client.get(path).status_code == 404
    assert client.post(path, GIVEN).status_code == 404


def test_of_two_who_begin_the_second_is_told(client):
    form = client.get(setup_path())
    client.post(setup_path(), GIVEN)

    assert form.status_code == 200
    assert Client().post(setup_path(), GIVEN | {"email": "mallory@mail.example"}).status_code == 404
    assert User.objects.count() == 1


def test_a_weak_password_is_refused_in_words_and_nothing_typed_is_lost_but_it(client):
    answer = client.post(setup_path(), GIVEN | {"password": "12345"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This password is too short" in page
    assert 'value="Narvan"' in page
    assert "12345" not in page
    assert not Store.objects.exists()


def test_the_guide_makes_departments_at_a_click_and_twice_makes_none_twice(client, olga):
    client.post("/control/guide/departments/", {"departments": ["orders", "sales"]})
    client.post("/control/guide/departments/", {"departments": ["orders", "sales"]})

    assert sorted(department.key for department in Department.objects.all()) == ["before-you-buy", "orders-and-delivery"]
    assert not departments_where(olga, DepartmentRight.VIEW).exists()


def test_nobody_sees_tickets_before_rights_are_given_and_then_exactly_there(client, olga):
    client.post("/control/guide/departments/", {"departments": ["orders"]})
    door = _door(client, "people")
    assert not door.is_done
    assert "Zamówienia i dostawa" in door.missing

    client.post("/control/guide/answering/")

    assert _door(client, "people").is_done
    assert set(departments_where(olga, DepartmentRight.REPLY)) == set(Department.objects.all())


def test_a_door_can_wait_and_be_taken_up_again(client, olga):
    client.post("/control/guide/sms/mark/", {"mark": "waits"})
    assert _door(client, "sms").waits

    client.post("/control/guide/sms/mark/", {"mark": ""})
    assert not _door(client, "sms").waits


@pytest.mark.parametrize(("door", "mark"), [("mail", "done"), ("cellar", "waits"), ("sms", "nonsense")])
def test_a_door_is_not_done_by_saying_so(client, olga, door, mark):
    assert client.post(f"/control/guide/{door}/mark/", {"mark": mark}).status_code == 404


def test_from_nothing_to_the_first_answered_request(client, olga):
    client.post("/control/guide/departments/", {"departments": ["orders"]})
    client.post("/control/guide/answering/")
    department = Department.objects.get()
    visitor = Client()
    visitor.post(
        f"/tickets/new/{department.pk}/", {"subject": "Parcel", "text": "Where is it?", "name": "Kasia", "contact": "kasia@mail.example"}
    )
    ticket = Ticket.objects.get()

    assert client.get("/control/guide/").context["guide"].first_request == (ticket, False)
    client.post(f"/desk/tickets/{ticket.number}/replies/", {"text": "On its way.", "mode": "reply", "version": ticket.version})
    OutgoingReply.objects.update(leaves_at=timezone.now())
    send_due_replies()

    assert client.get("/control/guide/").context["guide"].first_request == (ticket, True)
    assert ticket.messages.filter(kind="reply").count() == 1


def test_the_guide_costs_the_same_with_many_departments(client, olga, django_assert_max_num_queries):
    client.post("/control/guide/departments/", {"departments": ["orders", "sales", "returns", "repairs", "technical", "wishes"]})
    client.post("/control/guide/answering/")

    with django_assert_max_num_queries(22):
        client.get("/control/guide/")


def _door(client, key):
    return next(door for door in client.get("/control/guide/").context["guide"].doors if door.key == key)
