from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from audit.log import COMMAND_LINE, acting_from
from common.errors import DeskError
from control.configuration.files import read_file
from control.configuration.taking import rehearse, take_configuration


class Command(BaseCommand):
    help = "Take a configuration file in: all of it, or nothing when anything is wrong with it."

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")

    @acting_from(None, way=COMMAND_LINE)
    def handle(self, *, file, dry_run, **options):
        try:
            document = read_file(Path(file).read_bytes())
            report = rehearse(document, by=None) if dry_run else take_configuration(document, by=None)
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from error
        except DeskError as error:
            faults = getattr(error, "report", None)
            raise CommandError("\n".join([str(error), *_lines(faults)])) from error
        if report.faults:
            raise CommandError("\n".join(_lines(report)))
        for change in report.changes:
            self.stdout.write(" ".join([change.did, change.part, change.name, *change.settings]))
        self.stdout.write(f"{len(report.changes)} changes{' would be made' if dry_run else ' made'}.")


def _lines(report):
    return [f"{fault.place}: {fault.words}" for fault in report.faults] if report else []
