"""Words in braces: what is listed becomes its value, once; everything else stays what somebody typed (A-39)."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custom_fields.models import CustomerAccess, Field, FieldKind
from customers.models import Customer
from tests.make import make_customer, make_department, make_message, make_staff, make_team, make_ticket
from tickets.variables import VARIABLES, complaint_about, facts_for, field_variables, fill, unknown_variables

ATTACKS = [
    "{{7*7}}", "{% debug %}", "{{settings.SECRET_KEY}}", "%(x)s", "%(customer)s", "{0.__class__}", "{settings}", "{customer.user.password}",
    "{customer!r}", "{customer:>9999999}", "{customer[0]}", "${customer.name}", "#{7*7}", "<%= 7 %>", "{__import__}", "{{customer}}",
]  # fmt: skip


@pytest.mark.parametrize("typed", ATTACKS)
def test_what_is_no_variable_stays_what_was_typed(typed):
    assert fill(typed, {"customer": "Kasia"}) == typed


def test_a_variable_becomes_its_value_and_a_value_is_never_searched_again():
    facts = {"customer": "{number} {customer} {{7*7}}", "number": "481902"}

    assert fill("Dear {customer}, it is {number}.", facts) == "Dear {number} {customer} {{7*7}}, it is 481902."


@settings(max_examples=300, deadline=None)
@given(
    typed=st.lists(st.one_of(st.text(max_size=12), st.sampled_from([f"{{{name}}}" for name in VARIABLES] + ATTACKS)), max_size=12),
    values=st.dictionaries(st.sampled_from(sorted(VARIABLES)), st.text(max_size=20)),
)
def test_nothing_comes_out_but_what_was_typed_and_listed_values(typed, values):
    text = "".join(typed)
    filled = fill(text, values, treat=lambda value: f"\x00{value}\x01")

    # What stands between the marks are values of named variables, in their order; the rest is the typed text without those names.
    named = [name for name in re.findall(r"(?<!\{)\{([a-z_]{1,40}|field:[A-Za-z0-9_-]{1,40})\}(?!\})", text) if name in values]
    assert filled == _by_hand(text, values)
    assert filled.count("\x00") - sum(part.count("\x00") for part in [text, *map(values.get, named)]) == len(named)


def _by_hand(text, values):
    """The same without a regular expression over values: part by part, from the left."""
    out, rest = "", text
    while found := re.search(r"(?<!\{)\{([a-z_]{1,40}|field:[A-Za-z0-9_-]{1,40})\}(?!\})", text[len(text) - len(rest) :]):
        start, stop = found.span()
        name = found.group(1)
        out += rest[:start] + (f"\x00{values[name]}\x01" if name in values else rest[start:stop])
        rest = rest[stop:]
    return out + rest


def test_a_hundred_thousand_braces_are_read_at_once():
    for piece in ("{", "{{{", "{a", "{ a", "}{", "{field:"):
        text = piece * (100_000 // len(piece))
        assert fill(text, {"a": "x"}) == text
        unknown_variables(text, known=VARIABLES if "field" not in piece else {})


def test_what_looks_like_a_variable_and_is_none_is_named_with_the_nearest_one():
    assert unknown_variables("Dear {custmer}, {number} {{customer}} { link } {settings} {0.__class__} :-} {}") == [
        "{custmer}", "{{customer}}", "{ link }", "{settings}", "{0.__class__}",
    ]  # fmt: skip
    assert complaint_about("{custmer}") == "There is no variable {custmer} here. Did you mean {customer}?"
    assert complaint_about("{{customer}}") == "There is no variable {{customer}} here. Did you mean {customer}?"
    assert "Choose one from the list" in complaint_about("{xyz}")


def test_a_known_variable_may_be_out_of_place():
    assert unknown_variables("{number} {words}", known={"number"}) == ["{words}"]


@pytest.fixture
def ticket(db):
    support = make_department("Support")
    kasia = make_customer("Kasia Nowak", email="kasia@mail.example", company="Café Pod Lipą")
    return make_ticket("The grinder rattles", department=support, customer=kasia)


@pytest.mark.django_db
def test_a_customer_reads_their_own_facts_and_no_address_of_staff(ticket):
    ticket.assignee = make_staff("Alice Warren", ticket.department)
    facts = facts_for(ticket, reader=ticket.customer, by=ticket.assignee, words="Try this.\n\nThen that.")

    assert set(VARIABLES) == set(facts)
    told = fill("{first_name} {number} “{subject}” {department} {assignee} {author}: {words}", facts)
    assert told == f"Kasia {ticket.number} “The grinder rattles” Support Alice Warren Alice Warren: Try this.\n\nThen that."
    assert facts["link"].endswith(f"/tickets/{ticket.number}/") and "/desk/" not in facts["link"]
    ticket.assignee.name = ""
    assert facts_for(ticket, reader=ticket.customer, by=ticket.assignee)["author"] == "Narvan"


@pytest.mark.django_db
def test_staff_who_may_not_know_the_customer_read_nothing_that_tells(ticket):
    ticket.subject = "Kasia Nowak, kasia@mail.example, asks"
    dan = make_staff("Dan", ticket.department, sees_customers=False)
    facts = facts_for(ticket, reader=dan, by=ticket.customer, words="Call me, Kasia")

    read = " ".join(str(facts[name]) for name in VARIABLES)
    assert "Kasia" not in read and "mail.example" not in read and "Café" not in read
    assert facts["customer"] == f"Customer {ticket.customer_id}"
    assert "/desk/" in facts["link"]


@pytest.mark.django_db
def test_an_unknown_reader_gets_no_link(ticket):
    assert facts_for(ticket)["link"] == facts_for(ticket)["first_name"] == ""


@pytest.mark.django_db
def test_the_owners_fields_can_be_named_but_never_a_secret(ticket):
    serial = Field.objects.create(key="serial", label="Serial", kind=FieldKind.TEXT)
    password = Field.objects.create(key="password", label="Password", kind=FieldKind.SECRET)
    ticket.values.create(field=serial, text="SN-7 {field:password} {number}")
    ticket.values.create(field=password, secret="hunter2")
    typed = "{field:serial} {field:password}"

    assert fill(typed, facts_for(ticket, reader=ticket.customer)) == "SN-7 {field:password} {number} "
    assert set(field_variables()) == {"field:serial"}
    assert unknown_variables(typed) == ["{field:password}"]


@pytest.mark.django_db
def test_a_field_is_read_by_those_who_may(ticket):
    inner = Field.objects.create(key="cost", label="Cost", kind=FieldKind.NUMBER, customer_access=CustomerAccess.NONE)
    ticket.values.create(field=inner, number=1200)
    alice, bob = make_staff("Alice", ticket.department), make_staff("Bob", ticket.department)
    inner.viewers.add(make_team("Accounts", alice))

    assert fill("{field:cost}", facts_for(ticket, reader=alice)) == "1,200"
    assert fill("{field:cost}", facts_for(ticket, reader=bob)) == ""
    assert fill("{field:cost}", facts_for(ticket, reader=ticket.customer)) == ""


@pytest.mark.django_db
def test_fields_cost_nothing_until_one_is_named(ticket, django_assert_num_queries):
    customer = Customer.objects.select_related("user").get(pk=ticket.customer_id)
    ticket.customer = customer
    make_message(ticket)
    with django_assert_num_queries(0):
        fill("{customer} {number} {link}", facts_for(ticket, reader=customer))
