"""A search never shows, counts or hints at what its searcher may not see: whatever is typed, a foreign thing and none at all look alike."""

import html
import re

import pytest

from departments.models import Department
from tests.make import make_customer, make_field, make_message, make_staff, make_status, make_team, make_ticket
from tickets.choices import ShareRight
from tickets.services import lifecycle
from tickets.services.fields import write_values
from tickets.services.sharing import share_ticket
from tickets.services.tagging import tag_ticket

pytestmark = pytest.mark.django_db


def asked(client, typed, view="all"):
    """What the page tells: without the sheet of operators, what was typed, and what changes with every request."""
    page = client.get("/desk/", {"q": typed, "view": view}).content.decode()
    main = html.unescape(re.search(r"<main.*</main>", page, re.DOTALL)[0])
    main = re.sub(
        r'<details class="search-help">.*?</details>|name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"', "", main, flags=re.DOTALL
    )
    main = re.sub(r'q=[^&"]*', "q=", main).replace(' for="', ' of="')
    for word in sorted(re.findall(r"\w{3,}", typed), key=len, reverse=True):
        main = re.sub(rf"\b{re.escape(word)}\b", "…", main)
    return main


def plain(client, typed):
    page = client.get("/desk/", {"q": typed, "view": "all"}).content.decode()
    return html.unescape(re.sub("</?mark>", "", re.search(r"<main.*</main>", page, re.DOTALL)[0]))


@pytest.fixture
def secret(sales, bob):
    """A ticket of another department, with a status, a colleague, a field and a customer that alice has nothing to do with."""
    status = make_status(sales.workflow, "Waiting for lawyers")
    ticket = make_ticket(
        "The merger", department=sales, customer=make_customer("Zofia Tajna", company="Tajemnica"), text="Codeword larkspur."
    )
    lifecycle.assign_ticket(ticket, to=bob)
    make_message(ticket, "Larkspur is confidential.", by=bob, note=True)
    ticket.status = status
    type(ticket).objects.filter(pk=ticket.pk).update(status=status)
    return ticket


@pytest.mark.parametrize(
    ("foreign", "unknown"),
    [
        ("larkspur", "larkspux"),
        ('"codeword larkspur"', '"codeword larkspux"'),
        ("tajemnica", "tajemnicx"),
        ("from:zofia", "from:zofix"),
        ("department:sales", "department:salex"),
        ("status:lawyers", "status:lawyerx"),
        ("assignee:lindgren", "assignee:lindgrex"),
        ('assignee:"night shift"', 'assignee:"night shifx"'),
        ("field:matter=merger", "field:mattex=merger"),
        ("field:merger", "field:mergex"),
        ("order:77001122", "order:77001133"),
        ("-larkspur", "-larkspux"),
        ("-from:zofia", "-from:zofix"),
        ("-status:lawyers", "-status:lawyerx"),
        ("-assignee:lindgren", "-assignee:lindgrex"),
    ],
)
def test_a_foreign_word_or_name_is_answered_like_one_that_does_not_exist(desk, ticket, secret, bob, foreign, unknown):
    matter = make_field("Matter", viewers=[make_team("Night shift", bob)])
    order = make_field("Order number", departments=[Department.objects.get(pk=secret.department_id)])
    write_values(secret, {matter: "merger", order: "77001122"})

    told = asked(desk, foreign)

    assert told == asked(desk, unknown)
    for word in ("The merger", "Zofia", "Lindgren", "lawyers", "confidential", secret.number):
        assert word not in told


def test_the_number_of_a_foreign_ticket_is_answered_like_a_free_one(desk, ticket, secret):
    for typed in ("{}", "number:{}", "-number:{}"):
        assert asked(desk, typed.format(secret.number)) == asked(desk, typed.format("999999"))


def test_there_is_something_to_see_for_those_who_may(desk_of, secret, bob):
    for typed in ("larkspur", "from:zofia", "department:sales", "status:lawyers", "assignee:lindgren", secret.number):
        assert "merger" in asked(desk_of(bob), typed) or "The <mark>" in asked(desk_of(bob), typed), typed


def test_the_words_of_a_field_closed_to_somebody_find_nothing_and_its_name_is_unknown(desk, desk_of, support, ticket, alice):
    carol = make_staff("Carol", support)
    matter = make_field("Matter", viewers=[make_team("Lawyers", carol)])
    write_values(ticket, {matter: "larkspur"})

    for typed in ("field:matter=larkspur", "field:larkspur"):
        assert "grinder" in asked(desk_of(carol), typed)
        assert "grinder rattles" not in asked(desk, typed)
    assert asked(desk, "field:matter=larkspur") == asked(desk, "field:mattex=larkspur")


def test_a_shared_ticket_opens_its_own_names_and_no_others(desk, secret, alice, bob, sales):
    make_ticket("Another larkspur", department=sales, text="Larkspur too.")
    share_ticket(secret, user=alice, right=ShareRight.SEE, by=bob)

    for typed in ("larkspur", "department:sales", "status:lawyers", "assignee:lindgren"):
        told = asked(desk, typed)
        assert "merger" in told, typed
        assert "Another" not in told, typed


# --- The customer is hidden ---


@pytest.fixture
def dan(support):
    return make_staff("Dan Moreau", support, sees_customers=False)


@pytest.fixture
def signed(support, kasia):
    ticket = make_ticket(
        "Kasia asks about the grinder", department=support, customer=kasia, text="It rattles. Kasia Nowak, +48 601 220 214."
    )
    make_message(ticket, "Write to kasia@mail.example when the grinder is ready.")
    phone = make_field("Call back", kind="phone")
    name = make_field("Name on the invoice")
    write_values(ticket, {phone: "+48601220214", name: "Kasia Nowak"})
    return ticket


TELLING = [
    "kasia",
    "nowak",
    "601220214",
    "601 220 214",
    "0601220214",
    "kasia@mail.example",
    '"kasia nowak"',
    "from:kasia",
    "from:601220214",
]
TELLING += ["field:kasia", "field:name=kasia", "field:call=601220214", "order:601220214", "field:nowak"]


@pytest.mark.parametrize("name", ["Kasia VIP", "for Kasi", "Nowakowi", "601 220 214", "kasia@mail.example"])
def test_a_tag_finds_no_ticket_on_which_its_name_is_covered(desk, desk_of, dan, support, signed, alice, name):
    other = make_ticket("Beans", department=support, customer=make_customer("Zofia Lis"))
    tag_ticket(signed, [name, "urgent"], by=alice)
    unknown = re.sub(r"\w{3,}", "xqzw", name)

    assert signed.number in plain(desk, f'tag:"{name}"')
    assert asked(desk_of(dan), f'tag:"{name}"') == asked(desk_of(dan), f'tag:"{unknown}"')
    assert name not in plain(desk_of(dan), f"tag:{name[:3]}")
    assert signed.number in plain(desk_of(dan), "tag:urgent")

    tag_ticket(other, [name], by=alice)
    told = plain(desk_of(dan), f'tag:"{name}"')
    assert signed.number not in told
    assert (other.number in told) == name[0].isalpha() * ("@" not in name)  # numbers and addresses are covered everywhere


@pytest.mark.parametrize("typed", TELLING)
def test_who_the_customer_is_is_found_by_those_alone_who_may_know(desk, desk_of, dan, signed, typed):
    number = re.compile("(<mark>)?".join(signed.number))
    unknown = re.sub(r"kasia|nowak", "zofia", re.sub(r"601|220|214", "777", typed))

    assert number.search(asked(desk, typed))
    assert not number.search(asked(desk_of(dan), typed))
    assert asked(desk_of(dan), typed) == asked(desk_of(dan), unknown)


@pytest.mark.parametrize("typed", ["grinder", "rattles", "ready", "write", "grinder -kasia", "grinder kasia", "rattles -nowak"])
def test_what_is_covered_is_neither_shown_nor_marked(desk_of, dan, signed, typed):
    told = asked(desk_of(dan), typed).lower()

    for word in ("kasia", "nowak", "601", "220 214", "mail.example"):
        if word not in typed:
            assert word not in told, (typed, word)


def test_a_line_is_covered_before_it_is_marked(desk_of, dan, signed):
    told = asked(desk_of(dan), "rattles")

    assert "It <mark>rattles</mark>" in told or "It <mark>…</mark>" in told
    assert 'class="covered"' in told


def test_leaving_out_a_hidden_name_tells_no_more_than_leaving_out_nothing(desk_of, dan, signed):
    assert signed.number in asked(desk_of(dan), "grinder -kasia")
    assert signed.number in asked(desk_of(dan), "grinder -zzzzz")


def test_notes_that_were_written_for_others_stand_in_no_line_of_the_portal(signed, alice, client):
    make_message(signed, "Secretly larkspur.", by=alice, note=True)
    client.force_login(signed.customer.user)

    assert "larkspur" not in client.get("/tickets/", {"q": "secretly"}).content.decode()
