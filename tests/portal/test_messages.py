"""Customers say how they want to hear: in their account, behind the link of a request, and by staff who set it for them."""

from datetime import time

import pytest

from customers.models import CustomerEvent
from notifications.wishes import Wishes, wish, wishes_of
from tests.make import fresh, make_customer, make_department, make_staff, make_ticket
from tickets.links import token_for

pytestmark = pytest.mark.django_db
PAGE = "/account/messages/"


@pytest.fixture
def support(db):
    return make_department("Support")


def typed(**changes):
    return {
        "language": "en",
        "ways": "both",
        "rhythm": "at_once",
        "quiet_from": "",
        "quiet_to": "",
        "time_zone": "",
        "surveys": "on",
        **changes,
    }


def signed_in(client, customer):
    client.force_login(customer.user)
    return client


def test_a_customer_chooses_language_ways_quiet_hours_and_rhythm(client, support):
    kasia = make_customer(phone="+48601220214")
    answer = signed_in(client, kasia).post(
        PAGE,
        typed(
            language="pl",
            ways="sms",
            rhythm="hourly",
            quiet_from="22:00",
            quiet_to="08:00",
            time_zone="Asia/Tehran",
            mail_waits="on",
            surveys="",
        ),
    )

    assert answer.status_code == 302
    assert wishes_of(fresh(kasia)) == Wishes(
        by_mail=False, gathers=True, quiet_from=time(22), quiet_to=time(8), time_zone="Asia/Tehran", mail_waits=True, surveys=False
    )
    assert fresh(kasia.user).language == fresh(kasia).language == "pl"
    page = client.get(PAGE).content.decode()
    assert 'value="sms"' in page and 'value="22:00" selected' in page


def test_who_chooses_the_usual_keeps_nothing(client, support):
    kasia = make_customer(phone="+48601220214")
    wish(kasia, Wishes(by_sms=False))
    signed_in(client, kasia).post(PAGE, typed())

    assert fresh(kasia).hears == {}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"quiet_from": "22:00"}, "Quiet hours need a beginning and an end."),
        ({"quiet_to": "08:00"}, "Quiet hours need a beginning and an end."),
        ({"quiet_from": "08:00", "quiet_to": "08:00"}, "would never end"),
        ({"ways": "none"}, "none"),
        ({"time_zone": "../etc"}, "../etc"),
    ],
)
def test_a_mistake_is_said_and_nothing_typed_is_lost(client, support, changes, said):
    kasia = make_customer(phone="+48601220214")
    answer = signed_in(client, kasia).post(PAGE, typed(rhythm="hourly", **changes))

    assert answer.status_code == 422 and said in answer.content.decode()
    assert fresh(kasia).hears == {}


def test_with_one_address_there_is_no_choice_of_ways(client, support):
    kasia = make_customer()
    page = signed_in(client, kasia).get(PAGE).content.decode()

    assert 'name="ways"' not in page and 'name="quiet_from"' in page


def test_behind_the_link_the_same_is_chosen_without_an_account(client, support):
    visitor = make_customer(account=False, phone="+48601220214")
    ticket = make_ticket(department=support, customer=visitor)
    page = f"/t/{token_for(ticket)}/messages/"

    assert client.get(page).status_code == 200
    assert client.post(page, typed(language="fa", ways="mail")).status_code == 302
    assert wishes_of(fresh(visitor)) == Wishes(by_sms=False) and fresh(visitor).language == "fa"
    assert client.get("/t/wrong/messages/").status_code == 404


def test_a_stranger_does_not_choose_for_others(client, support):
    kasia, nour = make_customer(), make_customer("Nour")
    ticket = make_ticket(department=support, customer=kasia)
    answer = signed_in(client, nour).post(f"/t/{token_for(ticket)}/messages/", typed(rhythm="hourly"))

    assert answer.status_code in {404, 410} and fresh(kasia).hears == {}
    assert client.get(PAGE).status_code == 200


def test_without_signing_in_there_is_no_page_of_ones_own(client, support):
    assert client.get(PAGE).headers["Location"].startswith("/account/login/")


def test_staff_set_it_for_the_customer_and_it_stands_in_the_history(client, support):
    alice, kasia = make_staff("Alice", support), make_customer(phone="+48601220214")
    make_ticket(department=support, customer=kasia)
    client.force_login(alice)
    answer = client.post(f"/desk/customers/{kasia.pk}/messages/", typed(ways="sms", quiet_from="22:00", quiet_to="08:00"))

    assert answer.status_code == 302
    assert wishes_of(fresh(kasia)) == Wishes(by_mail=False, quiet_from=time(22), quiet_to=time(8))
    assert CustomerEvent.objects.get(customer=kasia, kind="changed").actor == alice
    page = client.get(f"/desk/customers/{kasia.pk}/").content.decode()
    assert "by SMS only; quiet" in page and "22:00–08:00" in page
    assert "by SMS only" in client.get(f"/desk/customers/{kasia.pk}/?part=history").content.decode()


def test_who_may_not_manage_customers_may_not_set_it(client, support):
    bob, kasia = make_staff("Bob", support, sees_customers=False), make_customer()
    make_ticket(department=support, customer=kasia)
    client.force_login(bob)

    assert client.post(f"/desk/customers/{kasia.pk}/messages/", typed(rhythm="hourly")).status_code == 404
    assert fresh(kasia).hears == {}
