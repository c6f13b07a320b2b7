"""`manage.py backup`: database and files of one moment in one file, the keys in another."""

from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from helpdesk import backups


class Command(BaseCommand):
    help = "Write the database and all files into one archive, and the keys beside it. The help desk may run meanwhile."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", default=".", type=Path, help="where to write (default: here)")

    def handle(self, *, folder, **options):
        name = f"helpdesk-{datetime.now():%Y-%m-%d-%H%M%S}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            about = backups.back_up(folder / f"{name}.tar.gz", say=self.stderr.write)
            backups.write_keys(folder / f"{name}-keys.txt")
        except (backups.CannotBackUp, OSError) as error:
            raise CommandError(f"There is no backup: {error}") from error
        for lost in about["missing"]:
            self.stderr.write(self.style.WARNING(f"The file {lost} belongs to a ticket, but is not there."))
        self.stdout.write(f"{folder / name}.tar.gz holds the database and {about['files']} files.")
        self.stdout.write(f"{folder / name}-keys.txt holds the keys. Keep it in another place: whoever has both can read everything.")
