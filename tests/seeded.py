"""A migrated database and the demo store, built once for a whole run of the tests and copied for every product that runs and for
the tests' own databases: building takes far longer.

The folder of the run is made by tests/conftest.py and shared by its processes through TEST_RUN_FOLDER.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from tests.servers import create_database, drop_database

ROOT = Path(__file__).resolve().parent.parent
MIGRATE = """
import django

django.setup()
from helpdesk.running import prepare

prepare.compile_translations()
prepare.migrate()
prepare.collect_static_files()  # and notes it, so that no product that starts on a copy collects again
"""
SEED = """
import django
from django.core.management import call_command

django.setup()
call_command("seed_demo")
# Replies of the journeys leave at once; tests of taking them back give their store its seconds. Its customers are asked after every closing,
# at once, and hear by SMS however many tests wrote to them within the hour.
from notifications.models import SmsRules
from stores.models import Store
from surveys.models import SurveyRules

Store.objects.update(undo_seconds=0, survey_delay_minutes=0)
SmsRules.objects.update(number_per_hour=None, number_per_day=None, store_per_hour=None)
for store in Store.objects.all():
    SurveyRules.objects.update_or_create(store=store, defaults={"pause_days": 0})
"""


def empty_folder(server=None):
    """A data folder with migrated tables and collected files, or beside its database on a PostgreSQL `server`. To be copied, not used."""
    with _once("empty", server) as (place, is_there):
        if not is_there:
            _run(MIGRATE, place, create_database(server, empty_database()) if server else None)
    return place


def data_folder(server=None):
    """The same with the demo in it."""
    with _once("demo", server) as (place, is_there):
        if not is_there:
            copy(empty_folder(server), place)
            _run(SEED, place, create_database(server, database(), template=empty_database()) if server else None)
    return place


def empty_is_there(server=None):
    """Whether somebody in this run built the empty folder already."""
    return (_place("empty", server) / "ready").exists()


def empty_database():
    """The name of the migrated database on PostgreSQL that new ones are copied from."""
    return f"empty_{Path(os.environ['TEST_RUN_FOLDER']).name}"


def database():
    """The name of the one with the demo."""
    return f"seeded_{Path(os.environ['TEST_RUN_FOLDER']).name}"


def forget(server=None):
    if server:
        drop_database(server, database())
        drop_database(server, empty_database())
    shutil.rmtree(os.environ.pop("TEST_RUN_FOLDER"), ignore_errors=True)


def copy(source, target):
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("ready", "start.lock", "broker", "clock*"))


def _place(name, server):
    return Path(os.environ["TEST_RUN_FOLDER"]) / f"{name}-{'postgres' if server else 'sqlite'}"


@contextmanager
def _once(name, server):
    """(its place, whether it is there already), while no other process builds it; it is there afterwards."""
    place = _place(name, server)
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the first process builds, the others wait
        is_there = (place / "ready").exists()
        if not is_there:
            shutil.rmtree(place, ignore_errors=True)
        yield place, is_there
        (place / "ready").touch()


def _run(code, place, database_url):
    removed = {"DATABASE_URL", "REDIS_URL", "BROKER_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in removed}
    environment |= {"DJANGO_SETTINGS_MODULE": "helpdesk.settings", "DATA_DIR": str(place)}
    environment |= {"DATABASE_URL": database_url} if database_url else {}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"The demo store could not be built:\n{done.stdout}{done.stderr}")
