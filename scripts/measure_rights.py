"""Measures what pages cost when ten thousand rights were given. Needs nothing but a checkout.

    python scripts/measure_rights.py                  on SQLite, in a folder of its own
    python scripts/measure_rights.py --postgres       on a PostgreSQL that it starts and ends
    DATABASE_URL=postgres://… python scripts/measure_rights.py     in a new database of that server, dropped at the end

Builds a shop with 50 staff in 6 teams, 40 departments, 30 statuses and 4,000 tickets; then, with a thousand and with ten thousand rows
of rights, asks each page as a person with few rights and as one with all. Prints queries (session and user included), and the median
and the 95th part of a hundred in milliseconds. Ends with 1 when a page costs more queries than promised, or more with more rights.
"""

import random
import statistics
import sys
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

STAFF, TEAMS, DEPARTMENTS, WORKFLOWS, STATUSES, TICKETS = 50, 6, 40, 5, 6, 4000
SIZES = [1_000, 10_000]
ROUNDS = 30
#: How many queries a page may cost. Pages without a number are only told.
BUDGETS = {"inbox": 10, "inbox, all": 10, "search": 10, "ticket": 15, "counters": 3, "people who see it": 1, "may this person": 2}


class Shop:
    """Everything but the rights, made in bulk."""

    def __init__(self):
        from django.contrib.auth import get_user_model
        from django.contrib.auth.models import Group

        from departments.models import Department
        from statuses.models import StatusKind
        from statuses.services import create_workflow
        from tests.make import make_store

        self.dice = random.Random(3)
        self.store = make_store()
        kinds = [StatusKind.NEW, *[StatusKind.OPEN] * (STATUSES - 3), StatusKind.WAITING_FOR_CUSTOMER, StatusKind.CLOSED]
        rows = [(f"s{n}", kind, {"en": f"Status {n}"}, {"en": f"Status {n}"}, "", "") for n, kind in enumerate(kinds)]
        self.workflows = [create_workflow({"en": f"Workflow {n}"}, rows) for n in range(WORKFLOWS)]
        self.departments = [
            Department.objects.create(name=f"Department {n}", workflow=self.workflows[n % WORKFLOWS], position=n)
            for n in range(DEPARTMENTS)
        ]
        for department in self.departments:
            department.stores.add(self.store)
        User = get_user_model()
        self.staff = User.objects.bulk_create(
            User(name=f"Staff {n}", email=f"staff{n}@shop.example", password="!", is_staff=True) for n in range(STAFF)
        )
        self.few, self.all = self.staff[:2]
        self.teams = [Group.objects.create(name=f"Team {n}") for n in range(TEAMS)]
        for n, person in enumerate(self.staff[1:]):
            person.groups.add(self.teams[n % TEAMS])
        self._tickets()

    def _tickets(self):
        from django.utils import timezone

        from customers.models import Customer
        from tickets.choices import Kind, MessageKind
        from tickets.models import Message, Ticket, TicketEvent
        from tickets.search.writing import write_all

        now = timezone.now()
        customers = Customer.objects.bulk_create(
            Customer(name=f"Customer {n}", email=f"customer{n}@mail.example", language="en") for n in range(TICKETS // 4)
        )
        tickets = []
        for n in range(TICKETS):
            department = self.departments[n % DEPARTMENTS]
            status = self.dice.choice(list(department.workflow.by_code.values()) if hasattr(department.workflow, "by_code") else [])
            moment = now - timedelta(minutes=n)
            tickets.append(
                Ticket(
                    number=str(100_000 + n),
                    store=self.store,
                    department=department,
                    status=status,
                    customer=customers[n // 4],
                    assignee=self.dice.choice([None, *self.staff]),
                    subject=f"The grinder {n} rattles",
                    language="en",
                    created_at=moment,
                    last_message_at=moment,
                    last_message_kind=MessageKind.CUSTOMER,
                    last_words="It rattles since Monday.",
                    closed_at=moment if status.is_closed else None,
                )
            )
        self.tickets = Ticket.objects.bulk_create(tickets, batch_size=500)
        messages = Message.objects.bulk_create(
            (
                Message(ticket=ticket, kind=MessageKind.CUSTOMER, body_html="<p>It rattles.</p>", body_text="It rattles.", source="portal")
                for ticket in self.tickets
                for _part in range(2)
            ),
            batch_size=500,
        )
        write_all([ticket.pk for ticket in self.tickets])
        TicketEvent.objects.bulk_create(
            (TicketEvent(ticket=message.ticket, kind=Kind.CUSTOMER_REPLIED, message=message, by_customer=True) for message in messages),
            batch_size=500,
        )
        self.department_of_few = self.departments[0]
        self.ticket = next(ticket for ticket in self.tickets if ticket.department == self.department_of_few and not ticket.is_closed)


class Rights:
    """Rows of rights, spread over everybody; the two people who are measured have what they have at every size."""

    def __init__(self, shop):
        from django.contrib.auth.models import Permission

        from permissions.models import ROWS
        from permissions.rights import DepartmentRight, RoleKey, StatusRight
        from permissions.services import grant, grant_role

        self.permissions = {permission.codename: permission for permission in Permission.objects.all()}
        self.shop, self.rows = shop, ROWS
        grant(shop.few, DepartmentRight.VIEW, shop.department_of_few)
        grant(shop.few, DepartmentRight.REPLY, shop.department_of_few)
        grant(shop.few, StatusRight.VIEW, shop.ticket.status)
        for department in shop.departments:
            grant_role(shop.all, department, RoleKey.OWNER)
        self.waiting = self._everything()

    def _everything(self):
        """All rights there are, of all others, in an order thrown with dice."""
        from permissions.rights import RIGHTS_ON

        places = {
            "department": self.shop.departments,
            "status": [status for workflow in self.shop.workflows for status in workflow.by_code.values()],
            "workflow": self.shop.workflows,
        }
        whole = [
            (who, kind, place, code)
            for who in [*self.shop.staff[2:], *self.shop.teams]
            for kind, there in places.items()
            for place in there
            for code in RIGHTS_ON[kind].values
        ]
        self.shop.dice.shuffle(whole)
        return whole

    def count(self):
        return sum(table.objects.count() for tables in self.rows.values() for table in tables)

    def fill(self, size):
        """Give until there are this many rows."""
        missing = size - self.count()
        chosen, self.waiting = self.waiting[:missing], self.waiting[missing:]
        made = {}
        for who, kind, place, code in chosen:
            of_team = who._meta.model_name == "group"
            table = self.rows[kind][of_team]
            row = table(**{"group" if of_team else "user": who}, permission=self.permissions[code], content_object=place)
            made.setdefault(table, []).append(row)
        for table, rows in made.items():
            table.objects.bulk_create(rows, batch_size=500)


def questions(shop, person):
    """{what is asked: a call that asks it}. Pages go through the whole of Django, the others straight to the query."""
    from django.test import Client
    from django.urls import NoReverseMatch, reverse

    from backoffice.counts import counts_of
    from permissions.sight import Sight
    from tickets.access import QUESTIONS, TicketAccess
    from tickets.audience import people_who_see
    from tickets.models import Ticket

    browser = Client()
    browser.force_login(person)

    def page(address):
        def ask():
            status = browser.get(address).status_code
            assert status == 200, (address, status)

        return ask

    def answers():
        access = TicketAccess(person, ticket)
        return [access.decide(question) for question in QUESTIONS]

    ticket = Ticket.objects.for_page().get(pk=shop.ticket.pk)
    asked = {
        "inbox": page("/desk/?view=open"),
        "inbox, all": page("/desk/?view=all"),
        "search": page("/desk/?q=grinder"),
        "ticket": page(f"/desk/tickets/{ticket.number}/"),
        "counters": lambda: counts_of(Sight.of(person)),
        "people who see it": lambda: list(people_who_see(ticket)),
        "may this person": answers,
    }
    if person == shop.all:
        try:
            asked["rights"] = page(reverse("control:rights"))
            asked["rights of one"] = page(reverse("control:rights_person", args=[shop.staff[2].pk]))
        except NoReverseMatch:
            pass
    return asked


def measure(ask):
    """(queries, median ms, 95th part of a hundred in ms)"""
    from django.db import connection

    counted = []

    def count(execute, sql, params, many, context):
        counted.append(sql)
        return execute(sql, params, many, context)

    for _warm in range(2):
        ask()
    with connection.execute_wrapper(count):
        ask()
    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        ask()
        times.append((time.perf_counter() - begun) * 1000)
    return len(counted), statistics.median(times), statistics.quantiles(times, n=20)[-1]


def main():
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from tests.measuring import prepare

    with ExitStack() as databases:
        name = prepare(databases, "rights")
        from django.db import connection

        shop = Shop()
        rights = Rights(shop)
        print(f"{name}: {STAFF} staff in {TEAMS} teams, {DEPARTMENTS} departments, {WORKFLOWS * STATUSES} statuses, {TICKETS} tickets")
        found, faults = {}, []
        for size in SIZES:
            rights.fill(size)
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE")
            print(f"\n{rights.count()} rows of rights{'':24}queries   median ms   p95 ms")
            for who, person in (("few", shop.few), ("all", shop.all)):
                for what, ask in questions(shop, person).items():
                    queries, median, slowest = measure(ask)
                    print(f"  {who} rights: {what:<32}{queries:7}{median:12.1f}{slowest:9.1f}")
                    found.setdefault((who, what), []).append(queries)
        for (who, what), counts in found.items():
            if max(counts) > BUDGETS.get(what, 1_000):
                faults.append(f"{who} rights, {what}: {max(counts)} queries, {BUDGETS[what]} were promised")
            if len(set(counts)) > 1:
                faults.append(f"{who} rights, {what}: {counts} queries, not the same with more rights")
    print("\n" + ("\n".join(faults) or "Within the budgets, and the same with more rights."))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
