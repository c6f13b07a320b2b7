"""Measures what the report of ratings costs on a large store. Needs nothing but a checkout.

    python scripts/measure_reports.py                 on SQLite, in a folder of its own
    python scripts/measure_reports.py --postgres      on a PostgreSQL that it starts and ends
    … --tickets 100000 --explain                      fewer tickets (a million); with the plans of the statements

Writes a million closed tickets of two years in 20 departments with 50 staff, 400,000 surveys, half of them answered, 200,000 answers to
each of two questions of the owner, and 100,000 marks of single answers, by INSERT … SELECT. Then it opens the pages, as somebody who sees
everything and as somebody who sees half, and prints the queries, the median and the slowest of ten in milliseconds.
"""

import argparse
import statistics
import sys
import time
from contextlib import ExitStack
from pathlib import Path

DEPARTMENTS, STAFF, ROUNDS = 20, 50, 10
TWO_YEARS = 2 * 365 * 86_400
PAGES = {
    "report, 30 days": "/desk/reports/ratings/",
    "report, 90 days": "/desk/reports/ratings/?period=90",
    "report, a year": "/desk/reports/ratings/?period=own&since={year_ago}&until={today}",
    "report, a year of a department": "/desk/reports/ratings/?period=own&since={year_ago}&until={today}&department={department}",
    "a person, 90 days": "/desk/reports/people/{person}/?period=90",
    "a person, a year": "/desk/reports/people/{person}/?period=own&since={year_ago}&until={today}",
    "the ratings, a year": "/desk/reports/ratings/answers/?period=own&since={year_ago}&until={today}",
    "the worst of a year": "/desk/reports/ratings/answers/?period=own&since={year_ago}&until={today}&score=1&comments=1",
}


class Shop:
    """A store whose rows are written by the database itself."""

    def __init__(self, tickets):
        from departments.models import Department
        from permissions.rights import StoreRight
        from permissions.services import grant
        from surveys.choices import QuestionKind
        from tests.make import make_customer, make_department, make_staff, make_store, make_ticket, make_workflow
        from tests.reports.making import make_answer_rating, make_question, make_said, make_survey

        self.tickets, self.store = tickets, make_store()
        workflow = make_workflow()
        self.departments = [make_department(f"Department {n}", workflow=workflow) for n in range(DEPARTMENTS)]
        self.staff = [make_staff(f"Person {n}", sees_customers=False) for n in range(STAFF)]
        self.all, self.half = make_staff("Sees all", *Department.objects.all()), make_staff("Sees half", *self.departments[::2])
        for person in (self.all, self.half):
            grant(person, StoreRight.VIEW_REPORTS, self.store)
        ticket = make_ticket(department=self.departments[0], customer=make_customer(), subject="The grinder rattles since the last repair")
        questions = [make_question(self.store, QuestionKind.SCALE_5), make_question(self.store, QuestionKind.TEXT, "Anything else?")]
        survey = make_survey(ticket, score=5, person=self.staff[0])
        self.first = {
            "ticket": ticket, "survey": survey, "mark": make_answer_rating(ticket, person=self.staff[0]),
            "event": survey.event, "said": [make_said(survey, questions[0], number=4), make_said(survey, questions[1], text="Thank you.")],
        }  # fmt: skip
        self._write(workflow.closing_status().pk)

    def _write(self, closed):
        department, person = _one_of(self.departments), _one_of(self.staff)
        first = self.first
        ticket_id = f"{first['ticket'].pk} + n"
        opened, later = _moment(f"n * {TWO_YEARS // self.tickets}"), _moment(f"n * {TWO_YEARS // self.tickets} - 40000")
        told = {"last_words": "'It works again since the burr was changed. Thank you for the quick help, and for the label.'"}
        _lay_aside(first["ticket"])
        _copy(
            first["ticket"], self.tickets, id=ticket_id, number="CAST(200000 + n AS varchar(12))", department_id=department,
            assignee_id=person, status_id=str(closed), created_at=opened, closed_at=later, first_answered_at=later, last_message_at=later,
            last_public_words=told["last_words"], **told,
        )  # fmt: skip
        every, event_id, survey_id = self.tickets * 2 // 5, f"{first['event'].pk} + n", f"{first['survey'].pk} + n"
        moment, answered = (_moment(f"n * {TWO_YEARS // every} - {shift}") for shift in (50_000, 90_000))
        ticket_of = f"{first['ticket'].pk} + (n * 5) / 2"
        dept_of, person_of = (words.replace("(n", "((n * 5) / 2") for words in (department, person))
        _copy(first["event"], every, id=event_id, ticket_id=ticket_of, created_at=moment)
        score = "CASE WHEN n % 2 = 0 THEN 1 + (n * 7919 / 2) % 5 END"
        _copy(
            first["survey"], every, id=survey_id, ticket_id=ticket_of, event_id=event_id, department_id=dept_of, person_id=person_of,
            asked_at=moment, due_at=moment, answered_at=f"CASE WHEN n % 2 = 0 THEN {answered} END", score=score,
            comment="CASE WHEN n % 8 = 0 THEN 'Quick and friendly, thank you.' ELSE '' END",
        )  # fmt: skip
        for number, said in enumerate(first["said"]):
            given = {"number": "1 + (n * 31) % 5"} if number == 0 else {"text": "'Words number ' || n"}
            _copy(said, every // 2, id=f"{first['said'][-1].pk} + 2 * n + {number}", survey_id=f"{first['survey'].pk} + 2 * n", **given)
        mark = first["mark"]
        marks, shifted = self.tickets // 10, _moment(f"n * {TWO_YEARS // (self.tickets // 10)}")
        _copy(mark.message, marks, id=f"{mark.message_id} + n", ticket_id=f"{first['ticket'].pk} + n * 10", created_at=shifted)
        _copy(
            mark, marks, id=f"{mark.pk} + n", message_id=f"{mark.message_id} + n", ticket_id=f"{first['ticket'].pk} + n * 10",
            department_id=department, person_id=person, score="1 + (n * 7919) % 3", answered_at=shifted,
        )  # fmt: skip


def _one_of(things):
    """Another one for each n; their ids follow each other."""
    step = things[1].pk - things[0].pk if len(things) > 1 else 1
    return f"{things[0].pk} + {step} * ((n) % {len(things)})"


def _moment(seconds):
    from django.db import connection

    if connection.vendor == "postgresql":
        return f"(now() - ({seconds}) * interval '1 second')"
    return f"strftime('%%Y-%%m-%%d %%H:%%M:%%S', 'now', '-' || ({seconds}) || ' seconds')".replace("'-' || (", "(0 - (").replace(
        ") || ' seconds'", ")) || ' seconds'"
    )


def _copy(row, how_many, /, **different):
    """Rows 1 to `how_many` like this one, but for these columns."""
    from django.db import connection

    fields = row._meta.concrete_fields
    names, values, given = [], [], []
    for field in fields:
        names.append(connection.ops.quote_name(field.column))
        if field.column in different:
            values.append(different[field.column])
        else:
            values.append("%s")
            given.append(field.get_db_prep_save(getattr(row, field.attname), connection))
    table = connection.ops.quote_name(row._meta.db_table)
    casts = ", ".join(
        f"CAST({value} AS {field.cast_db_type(connection)})" if value == "%s" and connection.vendor == "postgresql" else value
        for value, field in zip(values, fields, strict=True)
    ).replace(" % ", " %% ")
    sequence = f"WITH RECURSIVE seq(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM seq WHERE n < {how_many})"
    with connection.cursor() as cursor:
        head = f"INSERT INTO {table} ({', '.join(names)})"
        cursor.execute(f"{head} {sequence} SELECT {casts} FROM seq", given)


def _lay_aside(ticket):
    """Indexes of tickets that no report reads: writing a million rows into each takes longer than all the rest."""
    from django.db import connection

    with connection.cursor() as cursor:
        for index in ticket._meta.indexes:
            if index.name != "tickets_merged":
                cursor.execute(f"DROP INDEX IF EXISTS {connection.ops.quote_name(index.name)}")


def measure(client, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    spent = []
    for _n in range(ROUNDS):
        begin = time.process_time(), time.perf_counter()
        client.get(address)
        spent.append((1000 * (time.perf_counter() - begin[1]), 1000 * (time.process_time() - begin[0])))
    return (
        captured,
        statistics.median(each[0] for each in spent),
        max(each[0] for each in spent),
        statistics.median(each[1] for each in spent),
    )


def explain(captured):
    from django.db import connection

    words = "EXPLAIN (ANALYZE, COSTS OFF, BUFFERS)" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    for query in captured:
        if float(query["time"]) > 0.005 and query["sql"].lstrip().startswith(("SELECT", "WITH")):
            print(f"\n    {query['time']} s  {query['sql'][:160]} …")
            with connection.cursor() as cursor:
                cursor.execute(f"{words} {query['sql'].replace('%', '%%')}", [])
                for row in cursor.fetchall():
                    print("      " + str(row[-1]))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--postgres", action="store_true")
    options.add_argument("--tickets", type=int, default=1_000_000)
    options.add_argument("--explain", action="store_true")
    given = options.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from tests.measuring import prepare

    with ExitStack() as databases:
        name = prepare(databases, "reports")
        from django.db import connection
        from django.test import Client
        from django.utils import timezone

        from reports.periods import DAY

        begin = time.monotonic()
        shop = Shop(given.tickets)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{name}: {given.tickets:,} tickets, {given.tickets * 2 // 5:,} surveys, written in {time.monotonic() - begin:.0f} s")
        today = timezone.now().date()
        words = {
            "today": today, "year_ago": today - 364 * DAY, "department": shop.departments[0].pk, "person": shop.staff[0].pk,
        }  # fmt: skip
        for who, person in (("all", shop.all), ("half", shop.half)):
            client = Client()
            client.force_login(person)
            print(f"\nsees {who:<35}queries   median ms   slowest   of them Python and SQLite's own")
            for what, address in PAGES.items():
                captured, median, slowest, own = measure(client, address.format(**words))
                print(f"  {what:<38}{len(captured):7}{median:12.0f}{slowest:10.0f}{own:10.0f}", flush=True)
                if given.explain and what in {"report, a year", "a person, a year"}:
                    explain(captured.captured_queries)


if __name__ == "__main__":
    sys.exit(main())
