"""Signing in and out of staff stands in the log; customers' does not, and unknown names never."""

import pytest

from audit.choices import Deed
from audit.models import AuditLine
from tests.accounts.door import ask_for_code, code_sent_to, type_code
from tests.make import PASSWORD, make_customer, make_department, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return make_staff("Alice", make_department(), email="alice@shop.example", password=PASSWORD)


def sign_in(client, address, password=PASSWORD, **extra):
    return client.post("/account/login/", {"login": address, "password": password}, **extra)


def lines(*deeds):
    return AuditLine.objects.filter(deed__in=deeds or [Deed.SIGNED_IN, Deed.SIGN_IN_FAILED, Deed.SIGNED_OUT]).order_by("pk")


def test_signing_in_and_out_leaves_a_line_each(client, alice):
    sign_in(client, "alice@shop.example", REMOTE_ADDR="192.0.2.7")
    client.post("/account/logout/", REMOTE_ADDR="192.0.2.7")

    assert [(line.deed, line.actor, line.address, line.after) for line in lines()] == [
        (Deed.SIGNED_IN, alice, "192.0.2.7", {"way": "password"}),
        (Deed.SIGNED_OUT, alice, "192.0.2.7", {}),
    ]


def test_a_wrong_password_is_noted_once_per_address_and_names_nobody_as_its_doer(client, alice):
    for address in ["192.0.2.7", "192.0.2.7", "192.0.2.8"]:
        sign_in(client, "alice@shop.example", "wrong and secret", REMOTE_ADDR=address)

    assert [(line.actor, line.subject_name, line.address) for line in lines(Deed.SIGN_IN_FAILED)] == [
        (None, "Alice", "192.0.2.7"),
        (None, "Alice", "192.0.2.8"),
    ]
    assert not any("secret" in str(value) for line in lines().values() for value in line.values())


def test_a_flood_of_wrong_passwords_leaves_five_lines(client, alice, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(9):
        sign_in(client, "alice@shop.example", "wrong", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
    assert lines(Deed.SIGN_IN_FAILED).count() == 5


def test_customers_and_unknown_addresses_leave_nothing(client, alice):
    customer = make_customer().user
    customer.set_password(PASSWORD)
    customer.save()
    sign_in(client, customer.email)
    sign_in(client, "somebody@else.example", "wrong")
    sign_in(client, customer.email, "wrong")
    assert not lines().exists()


def test_an_account_that_has_ended_is_noted_when_it_knocks(client, alice):
    alice.is_active = False
    alice.save()
    sign_in(client, "alice@shop.example")
    assert [(line.deed, line.after) for line in lines()] == [(Deed.SIGN_IN_FAILED, {"way": "ended"})]


def test_a_code_is_a_way_as_well_and_a_wrong_one_is_noted(client, alice):
    ask_for_code(client, "alice@shop.example")
    code = code_sent_to("alice@shop.example")
    type_code(client, "111111" if code != "111111" else "222222")
    type_code(client, code)
    assert [(line.deed, line.after) for line in lines()] == [
        (Deed.SIGN_IN_FAILED, {"way": "code"}),
        (Deed.SIGNED_IN, {"way": "code"}),
    ]


def test_a_made_up_header_is_no_address(client, alice):
    """A-47: without a proxy of ours nobody's word about the address counts."""
    sign_in(client, "alice@shop.example", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="<script>", HTTP_X_REAL_IP="10.0.0.1")
    assert [line.address for line in lines()] == ["192.0.2.7"]
