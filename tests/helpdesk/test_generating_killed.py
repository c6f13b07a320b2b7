"""The making of data, killed without warning: what it leaves is whole, and the same command goes on."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests import seeded

ROOT = Path(__file__).resolve().parents[2]
COMMAND = ["generate_tickets", "--tickets=400", "--batch=20", "--processes=2", "--until=2026-03-01"]
BIG = ["customers_customer", "tickets_ticket", "tickets_message", "tickets_ticketevent", "tickets_fieldvalue", "tickets_readmark"]

pytestmark = [pytest.mark.once, pytest.mark.slow]


def start(folder, *arguments):
    environment = os.environ | {"DATA_DIR": str(folder), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "helpdesk.settings", "REDIS_URL": ""}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, start_new_session=True, **quiet)


def batches_there(folder):
    with closing(sqlite3.connect(f"file:{folder / 'helpdesk.sqlite3'}?mode=ro", uri=True)) as connection:
        try:
            return json.loads(connection.execute("SELECT note FROM generated_data").fetchone()[0])["makings"][0]["done"]
        except (sqlite3.OperationalError, IndexError, TypeError):
            return 0


def rows_of(folder):
    with closing(sqlite3.connect(folder / "helpdesk.sqlite3")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in BIG}


def children_of(group):
    """Processes of this session that still run."""
    ids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in ids if _session(pid) == group]


def _session(pid):
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return None


@pytest.fixture
def folders(tmp_path):
    """Two new databases that are alike."""
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    for folder in (whole, killed):
        seeded.copy(seeded.empty_folder(), folder)
    return whole, killed


def test_killed_in_the_middle_and_begun_again_it_is_as_if_nothing_had_been(folders):
    whole, killed = folders
    assert start(whole, *COMMAND).wait() == 0
    making = start(killed, *COMMAND)
    while batches_there(killed) < 3:
        assert making.poll() is None
        time.sleep(0.01)
    making.send_signal(signal.SIGKILL)
    making.wait()
    assert batches_there(killed) < 20
    last_moment = time.monotonic() + 20
    while children_of(making.pid):
        assert time.monotonic() < last_moment, "its helpers outlive it"
        time.sleep(0.1)

    assert start(killed, *COMMAND).wait() == 0

    assert rows_of(killed) == rows_of(whole)
