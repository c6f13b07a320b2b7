"""What staff are refused on their own pages is noted: who, where, once in a while; a 404 is none, and so is a page gone stale."""

import pytest
from django.test import Client

from audit.choices import Deed
from audit.models import AuditLine
from permissions.rights import RoleKey, StoreRight
from permissions.services import grant
from tests.make import make_customer, make_department, make_staff, make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket():
    return make_ticket(department=make_department())


@pytest.fixture
def watcher(ticket):
    return make_staff("Watcher", ticket.department, role=RoleKey.OBSERVER)


def refusals():
    return AuditLine.objects.filter(deed=Deed.REFUSED)


def closing(ticket):
    return f"/desk/tickets/{ticket.number}/closure/"


def test_a_refusal_is_noted_once(client, ticket, watcher):
    client.force_login(watcher)
    for _time in range(3):
        assert client.post(closing(ticket), REMOTE_ADDR="192.0.2.7").status_code == 403

    (line,) = refusals()
    assert (line.actor, line.subject_name, line.address) == (watcher, closing(ticket), "192.0.2.7")
    assert line.after == {"method": "POST"}


def test_what_does_not_exist_for_somebody_is_not_noted(client, ticket):
    client.force_login(make_staff("Bob", make_department("Sales")))
    assert client.post(closing(ticket)).status_code == 404
    client.force_login(make_customer().user)
    assert client.post(closing(ticket)).status_code == 404
    assert not refusals().exists()


def test_a_page_open_for_too_long_is_no_refusal(ticket, watcher):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(watcher)
    assert strict.post(closing(ticket)).status_code == 403
    assert not refusals().exists()


def test_who_looks_through_a_colleagues_eyes_is_noted_themselves(client, ticket, watcher):
    olga = make_staff("Olga", ticket.department, role=RoleKey.OWNER)
    grant(olga, StoreRight.VIEW_AS, ticket.store)
    client.force_login(olga)
    session = client.session
    session["viewing_as"] = {"person": watcher.pk, "since": "2999-01-01T00:00:00+00:00"}
    session.save()

    assert client.post(closing(ticket)).status_code == 403
    assert refusals().get().actor == olga
