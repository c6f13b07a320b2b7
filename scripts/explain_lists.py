"""Shows how the database finds each list of the inbox, in each order, for three kinds of people; ends with 1 where it reads too much.

    DATABASE_URL=postgres://… python scripts/explain_lists.py             plans of a database with tickets in it
    DATABASE_URL=postgres://… python scripts/explain_lists.py --analyze   and how long each took; --plans prints them whole

Too much is, on PostgreSQL, a sequential scan over tickets, messages or documents of the search, or a sort of more than 5,000 rows; on
SQLite, where a plan knows no numbers, a scan over one of them without an index. The people are those who see the fewest and the most
pairs of department and status, and one between them. What is searched for stands in the generated.json of the data folder, where there
is one (generate_tickets); of the search on PostgreSQL the plan inside its function is looked at as well.
"""

import json
import os
import re
import sys
import time
from pathlib import Path

LARGE = ("tickets_ticket", "tickets_message", "tickets_searchdocument")
MOST_SORTED = 5_000
#: Smaller tables are read whole, rightly.
FEWEST = 2_000


def main(arguments):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
    import django

    django.setup()
    from django.db import connection

    analyze, whole = "--analyze" in arguments, "--plans" in arguments
    faults = []
    for who, sight in people():
        print(f"\n{who}: {len(sight.departments)} departments, {len(sight.statuses)} statuses{', all' if sight.sees_everything else ''}")
        for what, ask in questions(sight):
            statements, seconds = statements_of(connection, ask)
            plans = [explain(connection, sql, params, analyze=analyze) for sql, params in statements]
            found = [fault for plan in plans for fault in faults_of(connection, plan)]
            faults += [f"{who}, {what}: {fault}" for fault in found]
            took = f"{seconds * 1000:8.1f} ms" if analyze else ""
            print(f"  {what:<44}{len(statements):3} statements{took}  {'; '.join(found) or 'by index'}", flush=True)
            if whole:
                for plan in plans:
                    print(json.dumps(plan, indent=1) if isinstance(plan, list) else plan)
    print("\n" + ("\n".join(faults) or "No large table is read whole, and nothing large is sorted."))
    return bool(faults)


def people():
    """(who, their Sight): with few rights, with some, with the most."""
    from django.contrib.auth import get_user_model

    from permissions.sight import Sight

    sights = [Sight.of(person) for person in get_user_model().objects.staff().order_by("pk")[:200]]
    sights = sorted((one for one in sights if one.departments and one.statuses), key=lambda one: len(one.departments) * len(one.statuses))
    if not sights:
        sys.exit("There is nobody here who may see tickets.")
    return [("few rights", sights[0]), ("some rights", sights[len(sights) // 2]), ("all rights", sights[-1])]


def questions(sight):
    """(what, a call that asks the database for it)."""
    from dataclasses import replace
    from datetime import timedelta

    from django.utils import timezone

    from backoffice.counts import counts_of
    from backoffice.tickets.listing import PAGE_SIZE, sections_in_order
    from backoffice.tickets.lists import VIEWS, Choice
    from backoffice.tickets.searching import search_of
    from common.paging import Cursor, page_of
    from departments.models import RequestType
    from permissions.sight import Sight
    from tickets.choices import Priority
    from tickets.covering import known_stores

    def page(choice, **place):
        def ask():
            search = search_of(choice.words, sight, known_stores(sight))
            return page_of(sections_in_order(choice, sight, search), size=PAGE_SIZE, **place)

        return ask

    yield "sight", lambda: Sight.of(sight.user)
    yield "counters", lambda: counts_of(sight)
    middle = timezone.now() - timedelta(days=365)
    rare = RequestType.objects.order_by("-pk").values_list("pk", flat=True).first()
    for view in VIEWS:
        for sort in Choice(view).sorts:
            choice = Choice(view, sort=sort)
            yield f"{view}, {sort}", page(choice)
            yield f"{view}, {sort}, the end", page(choice, at_end=True)
        for name, narrowed in (
            ("department", {"department": min(sight.departments)}),
            ("priority", {"priority": Priority.URGENT.value}),
            ("type", {"request_type": rare}),
            ("since", {"since": timezone.now().date() - timedelta(days=3)}),
        ):
            yield f"{view}, {name}", page(replace(Choice(view), **narrowed))
    yield "all, deep", page(Choice("all"), after=str(Cursor(0, middle, 2**40)))
    yield "closed, deep", page(Choice("closed"), after=str(Cursor(0, middle, 2**40)))
    yield "deleted", _deleted(sight)
    for kind, words in searched_for():
        for sort in Choice("all", words=words).sorts:
            yield f"search, {kind}, {sort}", page(Choice("all", words=words, sort=sort))


def searched_for():
    """(kind, words) of what the generated set says is in it, and of operators."""
    from django.conf import settings

    facts = settings.DATA_DIR / "generated.json"
    words = json.loads(facts.read_text())["words"] if facts.exists() else {}
    for kind, rows in words.items():
        if rows:
            yield kind, rows[0]["query"]
    if words.get("common"):
        common = words["common"][0]["query"]
        yield "common and open", f"{common} is:open"
        yield "common without", f"{common} -{words['middle'][0]['query']}" if words.get("middle") else common
    for typed in (
        "status:closed",
        "is:open has:file",
        "is:unread",
        "before:2024-01-01",
        "after:7d",
        "assignee:me",
        "from:a",
        "number:123456",
    ):
        yield typed, typed


def _deleted(sight):
    from tickets.models import Ticket
    from tickets.ranges import DELETED, Part, merge

    part = Part(Ticket.objects.deleted(), DELETED, sight.departments, frozenset(sight.statuses))
    return lambda: merge([part], "deleted_at", 51, descending=True)


def statements_of(connection, ask):
    """([(sql, params)] that the question asks, how long it took)."""
    asked = []

    def keep(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    ask()
    begun = time.perf_counter()
    with connection.execute_wrapper(keep):
        ask()
    seconds = time.perf_counter() - begun
    asked = [pair for pair in asked if pair[0].lstrip().upper().startswith(("SELECT", "WITH"))]
    return asked + [inner for pair in asked for inner in inside(*pair)], seconds


def inside(sql, params):
    """What the functions of the search ask on PostgreSQL, which a plan of the statement does not show."""
    before = sql.split("%s")
    for number, text in enumerate(before[:-1]):
        if text.endswith("_found("):
            yield f"SELECT ctid FROM {text.split()[-1].removesuffix('_found(')} WHERE document @@ %s::tsquery", [params[number]]
    for table in re.findall(r"(\w+)_found\(step\.asked\)", sql):  # block by block: common/fulltext/walking.py
        for asked in params[0]:
            yield f"SELECT ctid FROM {table} WHERE document @@ %s::tsquery", [asked.replace("@", "0")]


def explain(connection, sql, params, *, analyze):
    """The plan: as PostgreSQL's JSON, or SQLite's lines."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            within = "off" if "WHERE document @@" in sql else "on"
            cursor.execute(f"SET enable_seqscan = {within}; SET enable_indexscan = {within}")  # as the function has it
            cursor.execute(f"EXPLAIN (FORMAT JSON{', ANALYZE' if analyze else ''}) {sql}", params)
            plan = cursor.fetchone()[0]
            cursor.execute("RESET enable_seqscan; RESET enable_indexscan")
            return json.loads(plan) if isinstance(plan, str) else plan
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        return "\n".join(row[-1] for row in cursor.fetchall())


def faults_of(connection, plan):
    if connection.vendor != "postgresql":
        return [line.strip() for line in plan.splitlines() if line.strip().startswith("SCAN ") and _is_scan(line.split())]
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, reltuples FROM pg_class WHERE relkind = 'r'")
        sizes = dict(cursor.fetchall())
    return list(_faults(plan[0]["Plan"], sizes))


def _is_scan(words):
    return any(table in words[1] for table in LARGE) and "INDEX" not in words


def _faults(node, sizes):
    rows = node.get("Actual Rows", node["Plan Rows"])
    table = node.get("Relation Name", "")
    if node["Node Type"] == "Seq Scan" and any(name in table for name in LARGE) and sizes.get(table, 0) > FEWEST:
        yield f"a sequential scan over {table}"
    inner = node.get("Plans", [])
    if node["Node Type"] in {"Sort", "Incremental Sort"}:
        rows = inner[0].get("Actual Rows", inner[0]["Plan Rows"])
        if node["Node Type"] == "Sort" and rows > MOST_SORTED:
            yield f"a sort of {rows:,.0f} rows"
    for child in inner:
        yield from _faults(child, sizes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
