"""`manage.py reindex`: makes anew what tickets, customers and answers are found by."""

import time

from django.core.management.base import BaseCommand
from django.db.models import Q

from common.fulltext.index import OLD
from customers import finding as customers
from customers.models import Customer
from faq import services as faq
from faq.models import FaqEntry
from tickets.models import Ticket
from tickets.search import writing as tickets

BATCH = 200
SECONDS = 2
WRITERS = {"tickets": (Ticket, tickets.write_all), "customers": (Customer, customers.write_all), "faq": (FaqEntry, faq.write_all)}


def missing(model):
    """Rows that no search finds yet, or only by what an older version kept of them. Merged and erased customers are found by nothing."""
    rows = Customer.objects.kept() if model is Customer else model._base_manager
    return rows.filter(Q(search_document=None) | Q(search_document__indexed_at__lte=OLD)).order_by("pk")


class Command(BaseCommand):
    help = (
        "Let searches find what they do not find yet. Stopped, it goes on where it was when it is started again; "
        "the help desk may be in use meanwhile."
    )

    def add_arguments(self, parser):
        parser.add_argument("what", nargs="*", choices=[*WRITERS, []], help="Only these; all without.")
        parser.add_argument("--from-start", action="store_true", help="Everything anew, also what is found already.")
        parser.add_argument("--check", action="store_true", help="Only say how many are missing; exit code 1 when there are some.")

    def handle(self, *, what, from_start, check, **options):
        chosen = {name: WRITERS[name] for name in what or WRITERS}
        if check:
            self._check(chosen)
            return
        for name, (model, write_all) in chosen.items():
            if from_start:
                model._meta.get_field("search_document").related_model.objects.update(indexed_at=OLD)
            self._reindex(name, missing(model), write_all)

    def _check(self, chosen):
        counts = {name: missing(model).count() for name, (model, _write_all) in chosen.items()}
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count} missing")
        if any(counts.values()):
            raise SystemExit(1)

    def _reindex(self, name, rows, write_all):
        total, done, last, told = rows.count(), 0, 0, time.monotonic()
        while pks := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
            write_all(pks)
            last, done = pks[-1], done + len(pks)
            if time.monotonic() - told > SECONDS:
                self.stderr.write(f"{name}: {done} of {total}")
                told = time.monotonic()
        self.stderr.write(f"{name}: {done} done")
