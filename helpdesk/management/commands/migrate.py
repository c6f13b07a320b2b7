from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader

#: The last commit that still has the small migrations of which the first version's were made.
LAST_OF_THE_SMALL_ONES = "b678ac7f"


class Command(migrate.Command):
    """Django's own, which leaves out without a word what it cannot place: a database made between two of the small migrations."""

    def handle(self, *args, **options):
        if half_way := apps_half_way(connections[options["database"]]):
            raise CommandError(
                f"This database was made by a version older than the first one ({', '.join(half_way)}). Nothing was changed. "
                f"Bring it up first: git checkout {LAST_OF_THE_SMALL_ONES}, make setup, manage.py migrate; then this version again."
            )
        return super().handle(*args, **options)


def apps_half_way(connection):
    """The apps of which this database has some of the replaced migrations and not all."""
    loader = MigrationLoader(connection)
    old = {}
    for (app, _name), migration in loader.replacements.items():
        old.setdefault(app, set()).update(migration.replaces)
    return sorted(app for app, names in old.items() if 0 < len(names & loader.applied_migrations.keys()) < len(names))
