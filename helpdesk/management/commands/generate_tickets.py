import os
from datetime import UTC, datetime

from django.core.management.base import BaseCommand, CommandError

from helpdesk.demo.store import PASSWORD
from helpdesk.generating import progress
from helpdesk.generating.making import BATCH, generate
from helpdesk.generating.report import write_report
from stores.models import Store


class Command(BaseCommand):
    help = (
        "Fill the database with a believable data set of any size: customers, staff with mixed rights, tickets of five years in four languages. "
        "The same seed makes the same data. Killed in the middle, the same command goes on. Nothing is sent."
    )

    def add_arguments(self, parser):
        parser.add_argument("--tickets", type=int, default=10_000, help="how many there shall be; what is missing is added (10000)")
        parser.add_argument("--seed", type=int, default=1, help="another seed, other data (1)")
        parser.add_argument("--messages-per-ticket", type=int, default=5, help="on average, 2 to 20 (5)")
        parser.add_argument("--until", type=datetime.fromisoformat, help="the day before which all of it happened (today)")
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="how many compose (one for each processor)")
        parser.add_argument("--batch", type=int, default=BATCH, help=f"so many are committed together ({BATCH})")
        parser.add_argument("--files", action="store_true", help="lay one small file where all the attachments point")
        parser.add_argument("--yes-into-this-database", action="store_true", help="also where there is a store of somebody's own")

    def handle(self, *, tickets, seed, messages_per_ticket, until, processes, batch, files, yes_into_this_database, **options):
        plan = progress.read()
        foreign = Store.objects.exclude(key="narvan").values_list("key", flat=True).first()
        if foreign and not plan and not yes_into_this_database:
            raise CommandError(
                f"There is a store here, “{foreign}”. Made-up tickets would stand among its own, and only a backup would part them again. "
                "Use an empty database, or say --yes-into-this-database."
            )
        if plan and plan["seed"] != seed:
            raise CommandError(f"The data here was made with --seed {plan['seed']}.")
        if not 2 <= messages_per_ticket <= 20 or tickets < 1 or batch < 1:
            raise CommandError("At least one ticket, and 2 to 20 messages for each.")
        until = until and (until if until.tzinfo else until.replace(tzinfo=UTC))
        plan = generate(
            tickets,
            seed=seed,
            messages=messages_per_ticket,
            until=until,
            batch=batch,
            processes=processes,
            say=self.stderr.write,
        )
        report = write_report(plan, with_file=files)
        rows = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in report["rows"].items())
        self.stdout.write(f"{rows}; {report['seconds']:.0f} s, {report['bytes'] / 1e6:,.0f} MB.")
        self.stdout.write(f"Sign in at the desk (password of everybody: {PASSWORD})")
        for word, person in report["people"].items():
            self.stdout.write(f"  {word:<18}{person['email']:<40}{person['departments']} departments, {person['statuses']} statuses")
        for kind, words in report["words"].items():
            self.stdout.write(f"  search, {kind:<10}" + "   ".join(f"{word['query']} ({word['tickets']})" for word in words))
        for word, ticket in report["tickets"].items():
            self.stdout.write(f"  ticket, {word:<14}" + (ticket["number"] if ticket else "–"))
        self.stdout.write(f"All of this stands in {report['path']}.")
