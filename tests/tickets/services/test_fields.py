"""Values of the owner's fields: written, told, read and found."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group

from custom_fields.models import CustomerAccess, FieldKind
from tests.make import fresh, make_customer, make_department, make_field, make_staff, make_team, make_ticket
from tickets.choices import Kind
from tickets.models import FieldValue, Ticket
from tickets.services.fields import missing_for, values_for_customer, values_of, write_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make_department("Support")


@pytest.fixture
def alice(support):
    return make_staff("Alice", support)


@pytest.fixture
def ticket(support):
    return make_ticket(department=support, customer=make_customer("Kasia Nowak"))


def last_change(ticket):
    return ticket.events.filter(kind=Kind.FIELDS_CHANGED).latest("pk").details["fields"]


def test_a_value_is_kept_told_and_shown_in_lists(ticket, alice):
    order, when, price = make_field(), make_field("Bought", FieldKind.DATE), make_field("Price", FieldKind.NUMBER)

    write_values(ticket, {order: "A-17", when: date(2026, 11, 2), price: Decimal("12.50")}, by=alice)

    assert last_change(ticket) == {
        str(order.pk): {"before": None, "after": "A-17"},
        str(when.pk): {"before": None, "after": "2026-11-02"},
        str(price.pk): {"before": None, "after": "12.5"},
    }
    assert fresh(ticket).fields == {str(order.pk): "A-17", str(when.pk): "2026-11-02", str(price.pk): "12.5"}
    assert {held.field: held.value for held in values_of(ticket, alice)} == {order: "A-17", when: date(2026, 11, 2), price: Decimal("12.5")}


def test_what_stays_as_it_is_leaves_no_line(ticket, alice):
    order, kinds = make_field(), make_field("Kinds", FieldKind.SEVERAL, options=["a", "b"])
    write_values(ticket, {order: "A-17", kinds: ("a", "b")}, by=alice)
    version = fresh(ticket).version

    assert write_values(ticket, {order: "A-17", kinds: ("a", "b")}, by=alice) == {}
    assert (fresh(ticket).version, ticket.events.filter(kind=Kind.FIELDS_CHANGED).count()) == (version, 1)


def test_a_value_is_replaced_and_emptied(ticket, alice):
    order = make_field()
    write_values(ticket, {order: "A-17"}, by=alice)
    write_values(ticket, {order: "B-18"}, by=alice)
    assert last_change(ticket) == {str(order.pk): {"before": "A-17", "after": "B-18"}}

    write_values(ticket, {order: None}, by=alice)

    assert not FieldValue.objects.exists()
    assert fresh(ticket).fields == {}


def test_the_holder_of_the_ticket_may_go_on_with_it(ticket, alice):
    write_values(ticket, {make_field(): "A-17"}, by=alice)

    assert ticket.version == fresh(ticket).version
    assert ticket.fields == fresh(ticket).fields


def test_a_secret_stands_nowhere_but_encrypted(ticket, alice):
    secret = make_field("Hosting access", FieldKind.SECRET)

    changed = write_values(ticket, {secret: "root hunter2"}, by=alice)

    raw = FieldValue.objects.filter(field=secret).extra(select={"raw": "secret"}).values("raw", "text").get()
    assert changed == {secret.pk: {"before": None, "after": True}}
    assert "hunter2" not in str((raw, last_change(ticket), fresh(ticket).fields, values_of(ticket, alice)))
    assert not Ticket.objects.matching("hunter2").exists()
    assert FieldValue.objects.get(field=secret).secret == "root hunter2"


def test_values_are_found_unless_some_may_not_know_them(ticket, alice):
    team = make_team("Money")
    write_values(
        ticket,
        {
            make_field(): "zebra17",
            make_field("Hidden", customer_access=CustomerAccess.NONE): "giraffe18",
            make_field("Of a team", viewers=[team]): "hippo19",
            make_field("Secret", FieldKind.SECRET): "lion20",
            make_field("Kind", FieldKind.CHOICE, options=["technical"]): "technical",
        },
        by=alice,
    )

    found = [word for word in ("zebra17", "giraffe18", "hippo19", "lion20", "technical") if Ticket.objects.matching(word).exists()]
    assert found == ["zebra17", "technical"]


def test_a_value_that_was_replaced_is_not_found_any_more_and_the_rest_still_is(ticket, alice):
    order = make_field()
    write_values(ticket, {order: "zebra17"}, by=alice)
    write_values(ticket, {order: "giraffe18"}, by=alice)

    found = [word for word in ("zebra17", "giraffe18", "rattles", "Monday") if Ticket.objects.matching(word).exists()]
    assert found == ["giraffe18", "rattles", "Monday"]


def test_values_that_tell_who_the_customer_is_are_found_only_by_those_who_may_know(ticket, alice):
    write_values(ticket, {make_field("Other mail", FieldKind.EMAIL): "zebra@mail.example"}, by=alice)

    assert Ticket.objects.matching("zebra").exists()
    assert not Ticket.objects.matching("zebra", known_stores=[]).exists()


def test_only_the_teams_the_owner_chose_see_and_change_a_field(ticket, alice, support):
    bea = make_staff("Bea", support)
    money = make_team("Money", bea)
    make_field("For all")
    make_field("Of a team", viewers=[money])
    make_field("Changed by a team", editors=[money])

    def seen_by(person):
        return {str(held.field): held.may_edit for held in values_of(ticket, person, may_answer=True)}

    assert seen_by(alice) == {"For all": True, "Changed by a team": False}
    assert seen_by(bea) == {"For all": True, "Of a team": True, "Changed by a team": True}
    assert not any(held.may_edit for held in values_of(ticket, bea))


def test_whoever_looks_through_a_colleagues_eyes_sees_what_is_open_to_both(ticket, alice, support):
    bea = make_staff("Bea", support)
    make_field("Of a team", viewers=[make_team("Money", bea)])
    bea.seen_by = alice

    assert values_of(ticket, bea) == []


def test_customers_see_what_the_owner_gave_them(ticket, alice):
    hidden = make_field("Hidden", customer_access=CustomerAccess.NONE)
    seen = make_field("Seen", customer_access=CustomerAccess.SEES)
    theirs = make_field("Theirs")
    make_field("Empty", customer_access=CustomerAccess.SEES)
    write_values(ticket, {hidden: "a", seen: "b", theirs: "c"}, by=alice)

    assert [(str(held.field), held.may_edit) for held in values_for_customer(ticket)] == [("Seen", False), ("Theirs", True)]


def test_fields_of_other_departments_are_not_asked_but_what_stands_in_them_stays(ticket, alice):
    other = make_field("Other", departments=[make_department("Sales")])
    assert values_of(ticket, alice) == []

    write_values(ticket, {other: "kept"}, by=alice)

    assert [held.words for held in values_of(ticket, alice)] == ["kept"]


def test_a_field_must_hold_something_before_the_status_that_asks_for_it(ticket, alice, support):
    status = support.workflow.statuses.get(position=1)
    order = make_field()
    order.required_in.add(status)

    assert missing_for(ticket, status) == [order]
    assert missing_for(ticket, status, given={order: "A-17"}) == []
    write_values(ticket, {order: "A-17"}, by=alice)
    assert missing_for(ticket, status) == []


def test_a_field_that_plays_no_part_holds_nothing_up(ticket, support):
    status = support.workflow.statuses.get(position=1)
    question = make_field("Kind", FieldKind.CHOICE, options=["technical", "financial"])
    order = make_field("Server", shown_when=question, shown_when_values=["technical"])
    order.required_in.add(status)

    assert missing_for(ticket, status) == []


def test_reading_costs_the_same_for_any_number_of_fields(ticket, alice, django_assert_num_queries):
    Group.objects.create(name="Idle")
    for number in range(6):
        write_values(ticket, {make_field(f"Field {number}"): f"value {number}"}, by=alice)

    with django_assert_num_queries(1):
        assert len(values_of(ticket, alice)) == 6
