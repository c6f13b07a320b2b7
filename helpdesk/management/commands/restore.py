"""`manage.py restore`: a backup back into an empty help desk."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from helpdesk import backups
from helpdesk.restored import hold_back_what_may_have_been_sent
from helpdesk.running.prepare import AlreadyRuns, hold_data_folder


class Command(BaseCommand):
    help = "Put a backup into an empty database and data folder, migrate it, and hold back messages that may have been sent since."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("archive", type=Path, help="the .tar.gz that backup wrote")
        parser.add_argument("--without-keys", action="store_true", help="restore although the encryption key is another one")

    def handle(self, *, archive, without_keys, **options):
        try:
            with hold_data_folder():
                about = backups.read_about(archive)
                self._make_sure(about, without_keys)
                backups.restore(archive, about, say=self.stderr.write)
                call_command("migrate", interactive=False, verbosity=0)
                held = hold_back_what_may_have_been_sent()
        except AlreadyRuns as error:
            raise CommandError(f"The help desk runs on {settings.DATA_DIR} (process {error.pid}). Stop it first.") from None
        except (backups.CannotBackUp, OSError) as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        self.stdout.write(f"The help desk is as it was at {about['made']}: {about['files']} files, all tables.")
        if held:
            self.stdout.write(f"{held} messages were waiting then. They may have left since, so they wait for a person to send them again.")

    def _make_sure(self, about, without_keys):
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
        if "accounts_user" in tables and apps.get_model("accounts", "User").objects.exists():
            raise CommandError("There are people in this database. A backup goes into an empty one only, so that nothing is lost.")
        if about["keys"] != backups.fingerprint_of_keys() and not without_keys:
            raise CommandError(
                "The encryption key is not the one of the backup, so what it keeps secret could not be read. "
                "Set SECRET_KEY and ENCRYPTION_KEY from the …-keys.txt written with it, or add --without-keys."
            )
        if tables and connection.vendor == "postgresql":
            raise CommandError("This database has tables. Make a new, empty one: a backup brings its own tables.")
