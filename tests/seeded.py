"""The demo store, built once for a whole run of the tests and copied for every running product: building takes far longer.

The folder of the run is made by tests/conftest.py and shared by its processes through TEST_RUN_FOLDER.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.servers import create_database, drop_database

ROOT = Path(__file__).resolve().parent.parent
BUILD = """
import django
from django.core.management import call_command

django.setup()
call_command("compilemessages", verbosity=0)
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
call_command("seed_demo")
"""


def data_folder(server=None):
    """A data folder with the demo in it, or beside its database on a PostgreSQL `server`. To be copied, not used."""
    place = Path(os.environ["TEST_RUN_FOLDER"]) / ("postgres" if server else "sqlite")
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the first process builds, the others wait
        if not (place / "ready").exists():
            shutil.rmtree(place, ignore_errors=True)
            _build(place, {"DATABASE_URL": create_database(server, database())} if server else {})
            (place / "ready").touch()
    return place


def database():
    """The name of the database that new ones on PostgreSQL are copied from."""
    return f"seeded_{Path(os.environ['TEST_RUN_FOLDER']).name}"


def forget(server=None):
    if server:
        drop_database(server, database())
    shutil.rmtree(os.environ.pop("TEST_RUN_FOLDER"), ignore_errors=True)


def copy(source, target):
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("ready", "start.lock", "broker", "clock*"))


def _build(place, more):
    removed = {"DATABASE_URL", "REDIS_URL", "BROKER_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in removed}
    environment |= {"DJANGO_SETTINGS_MODULE": "helpdesk.settings", "DATA_DIR": str(place)} | more
    done = subprocess.run([sys.executable, "-c", BUILD], cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"The demo store could not be built:\n{done.stdout}{done.stderr}")
