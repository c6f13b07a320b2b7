"""Customers narrowed by what is known of them and of their tickets, in three orders, within the reader's rights; the file of that list."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backoffice.customers.lists import CustomerChoice, customers_in
from common.moments import format_moment
from custom_fields.models import FieldKind, FieldPlace
from custom_fields.services import write_customer_values
from customers.models import Customer
from exports import working
from exports.models import Export
from permissions.rights import DepartmentRight, StatusRight, StoreRight
from permissions.services import grant, grant_role, withdraw
from permissions.sight import Sight
from tests.backoffice.customers.test_customers import listed
from tests.exports.helping import fetched, read_csv
from tests.make import fresh, give_all_but, make_customer, make_department, make_field, make_staff, make_team, make_ticket
from tickets.models import Ticket
from tickets.services.lifecycle import close_ticket, rate_ticket
from tickets.standing import keep_standing

pytestmark = pytest.mark.django_db


def day(days_ago):
    return format_moment((timezone.now() - timedelta(days=days_ago)).date(), "day_numeric")


def last_said(ticket, days_ago):
    Ticket.objects.filter(pk=ticket.pk).update(last_message_at=timezone.now() - timedelta(days=days_ago))
    keep_standing([ticket.customer_id])


@pytest.fixture
def shop(support, sales):
    """Kasia: an open one in Support and a closed, badly rated one in Sales. Nour: closed in Support, rated well. Zoe: open in Sales."""
    kasia = make_customer("Kasia Nowak", company="Cafe Mirror", language="pl")
    nour = make_customer("Nour Haddad", account=False, language="fa")
    zoe = make_customer("Zoe Sand", language="en")
    make_customer("Adam Silent", language="en")
    last_said(make_ticket("Kasia open", department=support, customer=kasia), 10)
    bad = close_ticket(make_ticket("Kasia closed", department=sales, customer=kasia), by=make_staff("Closer", support, sales))
    rate_ticket(bad, score=1, comment="")
    last_said(bad, 3)
    good = close_ticket(make_ticket("Nour closed", department=support, customer=nour), by=make_staff("Closer", support, sales))
    rate_ticket(good, score=5, comment="")
    last_said(good, 20)
    last_said(make_ticket("Zoe open", department=sales, customer=zoe), 1)


@pytest.fixture
def olga(support, sales):
    """Sees every ticket."""
    return make_staff("Olga", support, sales)


CASES = [
    # query, who sees every ticket, who sees Support alone
    ("", ["Adam Silent", "Kasia Nowak", "Nour Haddad", "Zoe Sand"], None),
    ("open=yes", ["Kasia Nowak", "Zoe Sand"], ["Kasia Nowak"]),
    ("open=no", ["Adam Silent", "Nour Haddad"], ["Adam Silent", "Nour Haddad", "Zoe Sand"]),
    ("tickets=1", ["Kasia Nowak", "Nour Haddad", "Zoe Sand"], ["Kasia Nowak", "Nour Haddad"]),
    ("tickets=2", ["Kasia Nowak"], []),
    ("rating=low", ["Kasia Nowak"], []),
    ("rating=high", ["Nour Haddad"], None),
    ("rating=middle", [], None),
    ("rating=none", ["Adam Silent", "Zoe Sand"], ["Adam Silent", "Kasia Nowak", "Zoe Sand"]),
    (f"since={day(5)}", ["Kasia Nowak", "Zoe Sand"], []),
    (f"since={day(15)}", ["Kasia Nowak", "Zoe Sand"], ["Kasia Nowak"]),
    (f"before_day={day(5)}", ["Nour Haddad"], ["Kasia Nowak", "Nour Haddad"]),
    ("language=fa", ["Nour Haddad"], None),
    ("account=no", ["Nour Haddad"], None),
    ("company=yes", ["Kasia Nowak"], None),
    ("company=no&language=en", ["Adam Silent", "Zoe Sand"], None),
    ("open=yes&q=nowak", ["Kasia Nowak"], None),
    ("sort=newest", ["Adam Silent", "Zoe Sand", "Nour Haddad", "Kasia Nowak"], None),
    ("sort=message", ["Zoe Sand", "Kasia Nowak", "Nour Haddad", "Adam Silent"], ["Adam Silent", "Kasia Nowak", "Nour Haddad", "Zoe Sand"]),
    ("open=perhaps&rating=9&tickets=x&language=xx&sort=by&department=0", ["Adam Silent", "Kasia Nowak", "Nour Haddad", "Zoe Sand"], None),
]


def test_each_filter_tells_of_the_tickets_its_reader_sees(shop, olga, alice, desk_of):
    assert (Sight.of(olga).sees_everything, Sight.of(alice).sees_everything) == (True, False)
    all_of_it, support_alone = desk_of(olga), desk_of(alice)

    for query, whole, part in CASES:
        assert listed(all_of_it, f"?{query}") == whole, query
        assert listed(support_alone, f"?{query}") == (whole if part is None else part), query


def test_the_row_and_the_tickets_agree_for_who_sees_everything(shop, olga):
    for query, _whole, _part in CASES:
        choice = CustomerChoice.read(dict(pair.split("=") for pair in query.split("&") if pair))
        by_row, by_tickets = (
            set(customers_in(choice, olga, Customer.objects.all(), sees_all=sees_all).values_list("name")) for sees_all in (True, False)
        )
        assert by_row == by_tickets, query


def test_the_department_they_wrote_to(shop, olga, alice, desk_of, support, sales):
    assert listed(desk_of(olga), f"?department={sales.pk}") == ["Kasia Nowak", "Zoe Sand"]
    assert listed(desk_of(alice), f"?department={support.pk}") == ["Kasia Nowak", "Nour Haddad"]
    # A foreign department counts as not given.
    assert len(listed(desk_of(alice), f"?department={sales.pk}")) == 4


def test_a_status_out_of_sight_is_as_good_as_a_department(olga, support, desk_of, sales):
    ticket = make_ticket(department=support, customer=make_customer("Kasia Nowak"))
    give_all_but(ticket.status, StatusRight.VIEW, olga)

    assert not Sight.of(olga).sees_everything
    assert listed(desk_of(olga), "?open=yes") == []


def test_deleted_and_foreign_stores_tickets_are_not_told_of(shop, olga, desk_of):
    Ticket.objects.filter(subject="Zoe open").update(deleted_at=timezone.now())
    keep_standing(Customer.objects.values_list("pk", flat=True))

    assert listed(desk_of(olga), "?open=yes") == ["Kasia Nowak"]


def test_fields_about_customers(desk, kasia, store):
    level = make_field("Level", FieldKind.CHOICE, place=FieldPlace.CUSTOMER, options=["gold", "plain"])
    secret_level = make_field("Score", FieldKind.CHOICE, place=FieldPlace.CUSTOMER, options=["a"], viewers=[make_team("Money")])
    write_customer_values(kasia, {level: "gold", secret_level: "a"})
    make_customer("Nour Haddad")

    assert listed(desk, "?field-level=gold") == ["Kasia Nowak"]
    assert listed(desk, "?field-level=plain") == []
    assert listed(desk, "?field-score=a") == ["Kasia Nowak", "Nour Haddad"]
    assert "Score" not in desk.get("/desk/customers/").content.decode()


def test_a_wrong_day_is_said_beside_its_field(desk, kasia):
    page = desk.get("/desk/customers/?since=yesterday-ish").content.decode()

    assert 'aria-describedby="since_error"' in page
    assert "yesterday-ish" in page


@pytest.mark.parametrize("sort", ["name", "newest", "message"])
def test_pages_meet_without_a_gap_in_every_order(desk_of, olga, sort, monkeypatch, support):
    monkeypatch.setattr("backoffice.customers.views.PAGE_SIZE", 3)
    for number in range(8):
        customer = make_customer(f"Customer {number % 4} {number}")
        if number % 2:
            make_ticket(department=support, customer=customer)
    seen, address, desk = [], f"/desk/customers/?sort={sort}", desk_of(olga)
    while address:
        response = desk.get(address)
        seen += [customer.name for customer in response.context["page"].rows]
        address = response.context["page"].next_url and f"/desk/customers/{response.context['page'].next_url}"

    assert len(seen) == len(set(seen)) == 8


def test_filters_cost_the_same_for_any_number_of_rows(desk_of, olga, alice, support):
    def cost(person, query):
        browser = desk_of(person)
        browser.get("/desk/customers/")
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/desk/customers/?{query}")
        return len(queries)

    wanted, before = "open=yes&tickets=1&rating=none&sort=newest", []
    for more in (1, 10):
        for number in range(more):
            make_ticket(department=support, customer=make_customer(f"Customer {number}"))
        before.append([cost(person, wanted) for person in (olga, alice)])

    assert before[0] == before[1]
    assert max(before[1]) <= 12


# --- The file ---------------------------------------------------------------------------------------
def file_of(browser, query=""):
    assert browser.post(f"/desk/customers/export/?{query}", {"format": "csv"}).status_code == 302
    export = Export.objects.newest_first().first()
    assert working.write(export.pk)
    return read_csv(fetched(browser, fresh(export)))


def test_the_file_is_the_list_with_what_its_reader_sees_of_tickets(shop, olga, alice, desk_of):
    head, *whole = file_of(desk_of(olga), "sort=message")
    assert [row[0] for row in whole] == ["Zoe Sand", "Kasia Nowak", "Nour Haddad", "Adam Silent"]
    kasia = dict(zip(head, whole[1], strict=True))
    assert (kasia["Tickets that you see"], kasia["Of them open"], kasia["Last rating"]) == ("2", "1", "1")

    _head, *part = file_of(desk_of(alice), "tickets=1")
    assert [(row[0], row[7], row[8], row[10]) for row in part] == [("Kasia Nowak", "1", "1", ""), ("Nour Haddad", "1", "0", "5")]


def test_fields_that_one_may_see_are_columns_and_secrets_are_not(desk, kasia):
    kinds = {"Level": FieldKind.TEXT, "Access": FieldKind.SECRET, "Of a team": FieldKind.TEXT}
    fields = {
        label: make_field(label, kind, place=FieldPlace.CUSTOMER, viewers=[make_team("Money")] if label == "Of a team" else ())
        for label, kind in kinds.items()
    }
    write_customer_values(kasia, {fields["Level"]: "=1+1", fields["Access"]: "hunter2", fields["Of a team"]: "poor"})

    head, row = file_of(desk)

    assert head[-1] == "Level"
    assert row[-1] == "'=1+1"
    assert row[2:4] == ["kasia@mail.example", "'+48601220214"]
    assert not {"Access", "Of a team"} & set(head)


def test_the_customers_of_other_stores_are_not_in_it(desk, alice, support, kasia):
    from tests.make import make_store

    second = make_store()
    make_ticket(department=support, customer=kasia)
    make_ticket(department=support, store=second, customer=make_customer("Nour Haddad"))

    assert [row[0] for row in file_of(desk)[1:]] == ["Kasia Nowak"]


def test_without_customer_data_there_is_no_such_page(desk_of, support, kasia):
    dan = desk_of(make_staff("Dan", support, sees_customers=False))

    assert dan.get("/desk/customers/export/").status_code == 404
    assert dan.post("/desk/customers/export/", {"format": "csv"}).status_code == 404


def test_the_right_to_customers_that_ended_ends_the_file(desk, alice, store, kasia):
    assert desk.post("/desk/customers/export/", {"format": "csv"}).status_code == 302
    export = Export.objects.get()
    withdraw(alice, StoreRight.VIEW_CUSTOMERS, store)

    working.write(export.pk)

    assert fresh(export).state == "ended"


def test_an_order_that_would_tell_too_much_is_not_kept_when_rights_shrink(shop, olga, desk_of, sales):
    """Asked for by who saw everything; by the time of the work the list would mean something else."""
    browser = desk_of(olga)
    assert browser.post("/desk/customers/export/?sort=message", {"format": "csv"}).status_code == 302
    withdraw(olga, DepartmentRight.VIEW, sales)

    working.write(Export.objects.get().pk)

    assert Export.objects.get().state == "ended"


def test_new_departments_end_seeing_everything(olga):
    assert Sight.of(olga).sees_everything
    other = make_department("New")
    assert not Sight.of(olga).sees_everything
    grant_role(olga, other, "supporter")
    grant(olga, DepartmentRight.VIEW, other)
    assert Sight.of(olga).sees_everything
