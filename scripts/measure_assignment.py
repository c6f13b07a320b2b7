"""Measures how each way of assignment spreads ten thousand tickets, and eight that arrive at once. Needs nothing but a checkout.

    python scripts/measure_assignment.py [--postgres] [TICKETS]

Eight members of one department, all present. For each way: how many tickets each of them got, the spread, the queries one choice
costs at the beginning and at the end, and its median in milliseconds. Then, with a limit of 20 open tickets, how many are left with
nobody; then eight tickets from eight threads at once. Ends with 1 when a count of queries grows, a limit is passed, or eight at once
fall on fewer than eight people where turns or loads decide.
"""

import statistics
import sys
import threading
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

MEMBERS = 8
WAYS = ["random", "balanced", "round_robin"]


def main():
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from tests.measuring import prepare

    count = next((int(word) for word in sys.argv[1:] if word.isdecimal()), 10_000)
    with ExitStack() as databases:
        print(f"{prepare(databases, 'assignment')}, {count} tickets, {MEMBERS} members\n")
        print(
            f"{'way':<13}{'fewest':>8}{'most':>8}{'queries first/last':>20}{'p50 ms':>8}   with a limit of 20: given, left   eight at once"
        )
        return max(measured(way, count) for way in WAYS)


def measured(way, count):
    from tests.make import make_department, make_staff, make_store

    store = make_store()
    department = make_department("Support", store=store, assignment=way)
    department.members.set(make_staff(f"Person {number}", department) for number in range(MEMBERS))
    got, queries, times = give_out(department, many_tickets(department, count))
    department.most_open = 20
    limited, _queries, _times = give_out(emptied(department), many_tickets(department, MEMBERS * 20 + 40))
    left = limited.pop(None, 0)
    department.most_open = None
    at_once = eight_at_once(emptied(department))
    print(
        f"{way:<13}{min(got.values()):>8}{max(got.values()):>8}{f'{queries[0]} / {queries[-1]}':>20}{statistics.median(times):>8.1f}"
        f"   {sum(limited.values())}, {left} (most {max(limited.values())})".ljust(90)
        + f"{sorted(at_once.values(), reverse=True)}"
    )
    grown = queries[-1] > queries[0]
    unfair = way != "random" and (max(got.values()) - min(got.values()) > 1 or set(at_once.values()) != {1})
    return int(grown or unfair or max(limited.values()) > 20 or sum(got.values()) != count)


def many_tickets(department, count):
    """Open tickets that nobody has, made in bulk."""
    from tests.make import make_customer
    from tickets.choices import MessageKind
    from tickets.models import Ticket

    customer, first = make_customer(), Ticket.objects.count()
    facts = {
        "store": department.stores.first(), "department": department, "status": department.workflow.first_status(),
        "customer": customer, "language": "en", "last_message_kind": MessageKind.CUSTOMER,
    }  # fmt: skip
    return Ticket.objects.bulk_create(Ticket(number=f"9{first + number:07}", subject="Measured", **facts) for number in range(count))


def give_out(department, tickets):
    """(who got how many, queries of each choice, milliseconds of each choice)."""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from tickets.models import Ticket
    from tickets.services.assigning import choose_assignee

    got, queries, times = Counter(), [], []
    with transaction.atomic():  # the row that remembers the turns is there before anything is counted
        choose_assignee(tickets[0], department)
    for ticket in tickets:
        connection.queries_log.clear()  # it holds nine thousand, and stops counting then
        begun = time.perf_counter()
        with CaptureQueriesContext(connection) as asked, transaction.atomic():
            chosen = choose_assignee(ticket, department)
        times.append((time.perf_counter() - begun) * 1000)
        queries.append(len(asked))
        got[chosen] += 1
        Ticket.objects.filter(pk=ticket.pk).update(assignee=chosen)
    return got, queries, times


def emptied(department):
    """The department with no open ticket left."""
    from django.utils import timezone

    from tickets.models import Ticket

    Ticket.objects.filter(department=department).update(closed_at=timezone.now())
    return department


def eight_at_once(department):
    from django.db import connections

    from tests.make import make_customer
    from tickets.services.lifecycle import open_ticket

    department.save()
    customers = [make_customer(f"Kasia {number}") for number in range(8)]
    together, got = threading.Barrier(8), []

    def arrive(customer):
        together.wait(timeout=30)
        got.append(
            open_ticket(store=department.stores.first(), department=department, customer=customer, subject="Now", text="Now").assignee
        )
        connections.close_all()

    threads = [threading.Thread(target=arrive, args=[customer]) for customer in customers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(got)


if __name__ == "__main__":
    sys.exit(main())
