import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from helpdesk.management.commands.migrate import apps_half_way

pytestmark = pytest.mark.django_db


def test_a_database_older_than_the_first_version_is_refused_and_told_how_to_come_up():
    MigrationRecorder(connection).migration_qs.filter(app="notifications", name__in=["0022_digests", "0001_first_version"]).delete()

    with pytest.raises(CommandError, match=r"notifications.*git checkout [0-9a-f]{8}"):
        call_command("migrate", verbosity=0)


def test_a_database_that_had_all_of_them_goes_on_as_if_made_by_the_first_version():
    MigrationRecorder(connection).migration_qs.filter(name__endswith="first_version").delete()

    call_command("migrate", verbosity=0)

    assert apps_half_way(connection) == []
    assert MigrationRecorder(connection).migration_qs.filter(app="tickets", name="0001_first_version").exists()
