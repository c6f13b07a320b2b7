"""`manage.py find_duplicates`: looks through all customers for those who are here twice."""

from django.core.management.base import BaseCommand

from customers.duplicates import fill
from customers.models import DuplicateSuggestion


class Command(BaseCommand):
    help = (
        "Give every customer the keys by which the same person is noticed, and suggest who is here twice. Customers who come later are "
        "looked at by themselves; this is for those who were there before, or came by a file. It may be stopped and started again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--after", type=int, default=0, help="Go on behind the customer with this id.")

    def handle(self, *, after, **options):
        before, last = DuplicateSuggestion.objects.count(), after
        while last is not None:
            if last:
                self.stderr.write(f"up to customer {last}")
            last = fill(last)
        self.stdout.write(f"{DuplicateSuggestion.objects.count() - before} new suggestions.")
