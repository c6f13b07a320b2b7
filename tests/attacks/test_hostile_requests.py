"""Whatever stands in an address, a cookie or a field, the answer is a calm page: nothing breaks and nothing comes back raw."""

import base64
import json

import pytest
from django.test import Client
from django.urls import reverse

from permissions.rights import StoreRight
from permissions.services import grant
from tests.make import make_customer, make_department, make_staff, make_ticket

pytestmark = pytest.mark.django_db


def cursor(*parts):
    text = json.dumps(parts) if not isinstance(parts[0], str) else parts[0]
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


CURSORS = [
    cursor(0, "2026-01-01T00:00:00", float("inf")),
    cursor('[0, "2026-01-01T00:00:00Z", 1e400]'),
    cursor('[0, "0001-01-01T00:00:00+14:00", 1]'),
    cursor('[0, "9999-12-31T23:59:59-14:00", 1]'),
    cursor('[0, "0001-01-01T00:00:00", 1]'),
    cursor('[0, "\\ud800", 1]'),
    cursor('[0, "a\\u0000b", 1]'),
    cursor("[" * 3000),
    cursor(0, {"a": 1}, 1),
    "99999999999999999-1",
]
WORDS = ["\x00", "9" * 5000, "9" * 19, "-1", "²", "٣", "%", "_%'\"", "\u202e", "A" * 3000, '"><script>alert(1)</script>', "{{ 7|add:7 }}"]
PARAMETERS = ["q", "before", "after", "view", "department", "priority", "customer", "answer", "group", "score", "density", "next"]


@pytest.fixture
def ticket():
    return make_ticket(department=make_department("Support"), customer=make_customer("Kasia"))


@pytest.fixture
def alice(ticket):
    return make_staff("Alice", ticket.department)


def refused_badly(client, addresses, tries=WORDS + CURSORS):
    """Requests that broke, or came back with markup of ours in them."""
    bad = []
    for address in addresses:
        for words in tries:
            response = client.get(address, dict.fromkeys(PARAMETERS, words))
            if response.status_code >= 500 or b"<script>alert" in response.getvalue():
                bad.append((address, words[:40], response.status_code))
    return bad


def test_no_parameter_breaks_a_page_of_the_desk(client, ticket, alice):
    client.force_login(alice)
    client.raise_request_exception = False
    lists = ["inbox", "tickets", "new_ticket", "customers", "notices"]
    addresses = [reverse(f"backoffice:{name}") for name in lists] + [
        reverse("backoffice:ticket", args=[ticket.number]),
        reverse("backoffice:customer", args=[ticket.customer_id]),
    ]

    assert refused_badly(client, addresses) == []


def test_nothing_an_owner_types_breaks_the_settings(client, ticket, alice):
    for right in (StoreRight.CHANGE_SETTINGS, StoreRight.GRANT_RIGHTS):
        grant(alice, right, ticket.store)
    client.force_login(alice)
    client.raise_request_exception = False
    assert refused_badly(client, ["/control/", "/control/faq/new/", "/control/answers/new/"], WORDS[:4]) == []

    for address in ("/control/", "/control/faq/new/", "/control/answers/new/"):
        names = list(client.get(address).context["form"].fields)
        for words in WORDS:
            # A lone digit may be the number of something that is there, and then nothing is wrong with it.
            allowed = {302, 422} if words.isdigit() else {422}
            status = client.post(address, dict.fromkeys(names, words)).status_code
            assert status in allowed, (address, words[:20], status)


def test_no_parameter_breaks_a_page_of_the_portal(client, ticket):
    client.force_login(ticket.customer.user)
    client.raise_request_exception = False

    assert refused_badly(client, ["/", "/faq/", "/tickets/", f"/tickets/{ticket.number}/", f"/tickets/new/{ticket.department_id}/"]) == []


@pytest.mark.parametrize("address", ["/desk/customers/{}/", "/desk/tickets/{}/", "/faq/{}/", "/tickets/{}/", "/tickets/new/{}/"])
@pytest.mark.parametrize("number", ["9" * 19, "9" * 5000, "0", "%00", "%ff"])
def test_no_number_in_an_address_breaks_it(client, alice, address, number):
    client.force_login(alice)

    assert client.get(address.format(number)).status_code == 404


@pytest.mark.parametrize("name", ["session", "csrf", "language", "known", "messages", "theme", "desk_list"])
def test_no_cookie_breaks_a_page(ticket, name):
    """A quoted cookie may hold any sign, written as an octal number."""
    client = Client(raise_request_exception=False)
    for value in (
        r'"\000\000\000\000\000\000\000\000\000"',
        r'"\377\377\377\377\377\377\377\377\377"',
        '"{}"',
        "x" * 4000,
        ":::",
        '"<script>"',
    ):
        response = client.get("/", headers={"cookie": f"{name}={value}"})
        assert (value[:12], response.status_code) == (value[:12], 200)
        assert '<script>"' not in response.text


def test_a_next_page_on_another_host_is_not_gone_to(client, ticket):
    for elsewhere in ("//evil.example", "/\\evil.example", "https:evil.example", "\t//evil.example", "/\t/evil.example", "///evil.example"):
        assert client.post("/language/", {"language": "en", "next": elsewhere}).url == "/"
