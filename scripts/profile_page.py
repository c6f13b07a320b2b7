"""Says where the time of one page goes. It asks in one process, without a server, of the database that manage.py would use.

    python scripts/profile_page.py /desk/ --as alice@narvan.example
    python scripts/profile_page.py /faq/                                       as a visitor
    python scripts/profile_page.py /desk/tickets/532137/replies/ --as alice@narvan.example --post "mode=reply&text=Thanks"
    DATA_DIR=/tmp/big python scripts/profile_page.py /desk/ --as olga@shop.example --only times

Prints how long the page takes beside the bare Django view of `make bench` (scripts/bench/bare/) asked by somebody signed in; its queries with what each
took; the templates with what they took themselves; and the functions that took most. A POST is rolled back each time.
How to read it, and what costs what in this house: docs/contributors/speed.md.
"""

import argparse
import cProfile
import os
import pstats
import re
import statistics
import sys
import time
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
PARTS = ["times", "queries", "templates", "functions"]


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("address")
    parser.add_argument("--as", dest="who", metavar="EMAIL", help="who asks; without it a visitor does")
    parser.add_argument("--post", metavar="NAME=VALUE&…", help="send this form instead of looking")
    parser.add_argument("--times", type=int, default=30, help="how often it is asked (30)")
    parser.add_argument("--most", type=int, default=25, help="how many lines of each kind (25)")
    parser.add_argument("--only", choices=PARTS, help="one part of the report")
    return parser.parse_args()


class Page:
    """One page as one person asks for it. What a form changed is rolled back, and what would run after the commit does not."""

    def __init__(self, address, person, form=None):
        from django.http import QueryDict
        from django.test import Client

        self.address, self.form = address, QueryDict(form) if form is not None else None
        # Not in Django's test environment: there every template copies what it was given.
        self.browser = Client(SERVER_NAME="127.0.0.1")
        if person:
            self.browser.force_login(person)

    def ask(self):
        if self.form is None:
            return self.browser.get(self.address)
        from django.db import transaction

        from common.form_keys import new_form_key

        with transaction.atomic():
            response = self.browser.post(self.address, {**self.form.dict(), "form_key": new_form_key()})
            transaction.set_rollback(True)
        return response

    def times(self, count):
        """What an asking takes in milliseconds: (of the clock, of this processor), the middle of all after some that warm up.

        The processor's time hardly minds what else the machine does, so it is the one to compare.
        """
        for _warm in range(3):
            self.ask()
        clock, processor = [], []
        for _round in range(count):
            begun = time.perf_counter(), time.thread_time()
            self.ask()
            clock.append((time.perf_counter() - begun[0]) * 1000)
            processor.append((time.thread_time() - begun[1]) * 1000)
        return statistics.median(clock), statistics.median(processor)


def bare_times(person, count):
    """The same for the view that everything is measured against, on the fullest list there is."""
    from django.contrib.auth import get_user_model
    from django.db.models import Count
    from django.test import override_settings

    from scripts.bench.bare.settings import BARE
    from tickets.models import Ticket

    fullest = (
        Ticket.objects.exclude(closed_at=None).values_list("department", "status").annotate(Count("pk")).order_by("-pk__count").first()
    )
    person = person or get_user_model().objects.filter(is_staff=True, is_active=True).first()
    if fullest is None or person is None:
        sys.exit("The bare view lists closed tickets to somebody signed in, and here are none: generate_tickets makes some.")
    with override_settings(**BARE):
        return Page("/bare/{}/{}/".format(*fullest), person).times(count)


def tell_times(page, person, count):
    (clock, processor), (_clock, bare) = page.times(count), bare_times(person, count)
    print(f"{clock:.1f} ms, {processor:.1f} of the processor; a bare view {bare:.1f} of the processor: {processor / bare:.2f}x")


def tell_queries(page, most):
    from django.db import connection

    asked = []

    def listen(execute, sql, params, many, context):
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            asked.append(((time.perf_counter() - begun) * 1000, sql))

    with connection.execute_wrapper(listen):
        page.ask()
    print(f"\n{len(asked)} queries, {sum(spent for spent, _sql in asked):.1f} ms in the database")
    for spent, sql in asked[:most]:
        print(f"{spent:8.2f}  {len(sql):6} signs  {shortened(sql)}")


def shortened(sql):
    """The query without its columns."""
    return re.sub(r"SELECT (DISTINCT )?.{60,}? FROM ", "SELECT … FROM ", sql)[:150]


@contextmanager
def listening_to_templates(found):
    """Adds up in `found` {name: [how often, own seconds]}: a template's time without that of those it includes."""
    from django.template import Template

    original, running = Template._render, []

    def render(self, context):
        begun = time.perf_counter()
        running.append(0.0)
        try:
            return original(self, context)
        finally:
            whole, inner = time.perf_counter() - begun, running.pop()
            if running:
                running[-1] += whole
            entry = found[self.name or "(a string)"]
            entry[0] += 1
            entry[1] += whole - inner

    Template._render = render
    try:
        yield
    finally:
        Template._render = original


def tell_templates(page, most):
    found = defaultdict(lambda: [0, 0.0])
    with listening_to_templates(found):
        page.ask()
    print(f"\n{sum(own for _count, own in found.values()) * 1000:.1f} ms in templates, with the queries and the tags they call")
    for name, (count, own) in sorted(found.items(), key=lambda row: -row[1][1])[:most]:
        print(f"{own * 1000:8.2f}  {count:4} times  {name}")


def tell_functions(page, count, most):
    profile = cProfile.Profile()
    profile.enable()
    for _round in range(count):
        page.ask()
    profile.disable()
    stats = pstats.Stats(profile)
    rows = [
        (whole / count * 1000, own / count * 1000, calls / count, where) for where, (_c, calls, own, whole, _callers) in stats.stats.items()
    ]
    print("\nFunctions by the time spent under them (ms a page; the profiler itself doubles it)")
    print("   whole     own    calls")
    for whole, own, calls, (file, line, name) in sorted(rows, reverse=True)[: most * 3]:
        print(f"{whole:8.2f}{own:8.2f}{calls:9.1f}  {place(file, line)} {name}")
    print("\nFunctions by the time spent in them alone")
    for whole, own, calls, (file, line, name) in sorted(rows, key=lambda row: -row[1])[:most]:
        print(f"{whole:8.2f}{own:8.2f}{calls:9.1f}  {place(file, line)} {name}")


def place(file, line):
    path = Path(file)
    if path.is_relative_to(HOUSE):
        return f"{path.relative_to(HOUSE)}:{line}"
    return f"{'/'.join(path.parts[-2:])}:{line}" if path.is_absolute() else ""


def main():
    chosen = read_arguments()
    sys.path.insert(0, str(HOUSE))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
    os.environ.setdefault("LOG_LEVEL", "CRITICAL")
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    person = get_user_model().objects.get(email=chosen.who) if chosen.who else None
    page = Page(chosen.address, person, chosen.post)
    response = page.ask()
    print(f"{chosen.address}: {response.status_code}, {len(response.content):,} bytes", flush=True)
    wanted = [chosen.only] if chosen.only else PARTS
    if "times" in wanted:
        tell_times(page, person, chosen.times)
    if "queries" in wanted:
        tell_queries(page, chosen.most)
    if "templates" in wanted:
        tell_templates(page, chosen.most)
    if "functions" in wanted:
        tell_functions(page, chosen.times, chosen.most)


if __name__ == "__main__":
    main()
