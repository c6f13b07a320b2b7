"""Showing a hidden customer for a reason: counted, written down, over after a while."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from audit.choices import Deed
from audit.models import AuditLine
from customers.models import Reveal
from customers.reveals import reveals_of
from permissions.rights import StoreRight
from permissions.services import grant, withdraw
from permissions.viewing import SESSION_KEY
from tests.make import make_staff, make_ticket
from tickets.services import revealing

pytestmark = pytest.mark.django_db
REASON = "She is on the phone about her parcel"


@pytest.fixture
def dan(support, store):
    """Sees tickets without their customers, and may reveal one for a reason."""
    dan = make_staff("Dan", support, sees_customers=False)
    grant(dan, StoreRight.REVEAL_CUSTOMERS, store)
    return dan


@pytest.fixture
def reveal(desk_of, dan, ticket):
    return lambda reason=REASON: desk_of(dan).post(f"/desk/tickets/{ticket.number}/reveal/", {"reason": reason})


def page(client, ticket):
    return client.get(f"/desk/tickets/{ticket.number}/").content.decode()


def test_for_a_reason_the_customer_is_shown_and_covered_again(desk_of, dan, ticket, reveal):
    desk = desk_of(dan)
    assert "Show who this is" in page(desk, ticket)
    assert "Kasia" not in page(desk, ticket)

    assert reveal().status_code == 302

    shown = page(desk, ticket)
    assert "Kasia Nowak" in shown
    assert "kasia@mail.example" in shown
    assert REASON in shown
    assert f"/desk/customers/{ticket.customer_id}/" not in shown

    desk.post(f"/desk/tickets/{ticket.number}/reveal/end/")
    assert "Kasia" not in page(desk, ticket)


def test_it_is_over_by_itself(desk_of, dan, ticket, reveal):
    reveal()
    Reveal.objects.update(ends_at=timezone.now() - timedelta(seconds=1))

    assert "Kasia" not in page(desk_of(dan), ticket)


def test_it_is_over_with_the_right_to_it(desk_of, dan, store, ticket, reveal):
    reveal()
    withdraw(dan, StoreRight.REVEAL_CUSTOMERS, store)

    assert "Kasia" not in page(desk_of(dan), ticket)


def test_lists_search_news_and_other_customers_stay_covered(desk_of, dan, support, ticket, reveal):
    from tests.make import make_customer

    other = make_ticket("Yours, Nour", customer=make_customer("Nour Haddad"), department=support)
    reveal()
    desk = desk_of(dan)

    for address in ("/desk/?view=all", "/desk/?q=kasia", "/desk/notices/", f"/desk/tickets/{other.number}/"):
        assert not {"Kasia", "Nour"} & set(desk.get(address).content.decode().replace(",", " ").replace("<", " ").split()), address
    assert desk.get(f"/desk/customers/{ticket.customer_id}/").status_code == 404


def test_who_may_not_is_refused_and_finds_no_button(desk_of, support, ticket):
    eve = make_staff("Eve", support, sees_customers=False)
    desk = desk_of(eve)

    assert "Show who this is" not in page(desk, ticket)
    assert desk.get(f"/desk/tickets/{ticket.number}/reveal/").status_code == 403
    assert desk.post(f"/desk/tickets/{ticket.number}/reveal/", {"reason": REASON}).status_code == 403
    assert not Reveal.objects.exists()


def test_who_sees_customers_anyway_is_led_back(desk, ticket):
    assert desk.get(f"/desk/tickets/{ticket.number}/reveal/").status_code == 302
    assert "Show who this is" not in page(desk, ticket)


@pytest.mark.parametrize("reason", ["", "   ", "because", "........................", "x" * 301])
def test_a_reason_that_says_nothing_comes_back_with_a_sentence(reveal, reason):
    response = reveal(reason)

    assert response.status_code == 422
    assert "field-error" in response.content.decode()
    assert not Reveal.objects.exists()


def test_every_reveal_is_in_the_audit_log_without_the_name(dan, ticket, reveal):
    reveal()
    reveal("Again, while it runs already")

    line = AuditLine.objects.get(deed=Deed.REVEALED)
    assert (line.actor, line.reason) == (dan, REASON)
    assert (line.after["ticket"], line.after["customer"]) == (ticket.number, ticket.customer_id)
    assert "Kasia" not in f"{line.subject_name} {line.after}"
    assert reveals_of(dan).count() == 1


def test_a_day_has_an_end(dan, ticket, reveal, monkeypatch):
    monkeypatch.setattr(revealing, "MOST_A_DAY", 2)
    for _number in range(2):
        revealing.reveal_customer(ticket, reason=REASON, by=dan)
        revealing.cover_again(ticket, by=dan)

    assert "that is the most" in reveal().content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1), tick=False):
        assert revealing.reveal_customer(ticket, reason=REASON, by=dan).pk


def test_looking_through_a_colleagues_eyes_nothing_is_revealed(desk_of, dan, store, support, ticket):
    olga = make_staff("Olga", support)
    grant(olga, StoreRight.VIEW_AS, store)
    desk = desk_of(olga)
    session = desk.session
    session[SESSION_KEY] = {"person": dan.pk, "since": timezone.now().isoformat()}
    session.save()

    assert desk.post(f"/desk/tickets/{ticket.number}/reveal/", {"reason": REASON}).status_code == 403
    assert not Reveal.objects.exists()
    assert "Kasia" not in page(desk, ticket)
