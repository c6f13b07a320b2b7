"""The product for experiments with faults: its own data folder, workers that can be killed at any moment, a clock that goes on."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from tests import seeded
from tests.servers import die_with_parent

ROOT = Path(__file__).resolve().parent.parent.parent


class Product:
    """`with Product(folder, EMAIL_URL=…) as product:` has an empty migrated database; nothing runs yet.

    A DATABASE_URL names a migrated database on PostgreSQL.
    """

    def __init__(self, folder, **environment):
        self.log = Path(folder) / "log"
        inherited = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL", "BROKER_URL"}}
        self.environment = inherited | {
            "DATA_DIR": str(Path(folder) / "data"), "DJANGO_SETTINGS_MODULE": "helpdesk.settings", "LOG_LEVEL": "WARNING",
            "SWEEP_SECONDS": "1", "SURVEY_SWEEP_SECONDS": "3600", "DELIVERY_LEASE_SECONDS": "12", **environment,
        }  # fmt: skip
        self._running = []
        self._teller = None

    def __enter__(self):
        seeded.copy(seeded.empty_folder(), self.environment["DATA_DIR"])
        return self

    def __exit__(self, *_):
        for process in self._running:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()

    def manage(self, *arguments):
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=900
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def run(self, script, *arguments):
        """What a script of this folder printed, read as JSON."""
        process = self.start(script, *arguments)
        said = process.communicate(timeout=600)[0]
        if process.returncode:
            raise RuntimeError(f"{script} failed: {self.log.read_text()[-2000:]}")
        return json.loads(said)

    def start(self, script, *arguments):
        """A script of this folder in a process group of its own; it ends with the experiment."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"tests.faults.{script}", *map(str, arguments)], cwd=ROOT, env=self.environment, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, start_new_session=True,
                preexec_fn=die_with_parent,  # noqa: PLW1509
            )  # fmt: skip
        self._running.append(process)
        return process

    def deliveries(self):
        """[{state, message_id, …}] of every row there is."""
        self._teller = self._teller or self.start("say_deliveries")
        self._teller.stdin.write("\n")
        self._teller.stdin.flush()
        return json.loads(self._teller.stdout.readline())

    def unsettled(self):
        """How many rows wait, by what they are: for the words of a failure."""
        rows = [row for row in self.deliveries() if row["state"] in {"queued", "sending"}]
        return Counter(
            (row["template"], row["channel"], row["state"], row["reason"], row["remark"], row["attempts"]) for row in rows
        ).most_common(8)

    def wait_until_quiet(self, seconds):
        """Seconds until no message waits or is being sent any more; fails after so many."""
        started = time.monotonic()
        while any(row["state"] in {"queued", "sending"} for row in self.deliveries()):
            assert time.monotonic() - started < seconds, f"{self.unsettled()}\n{self.log.read_text()[-3000:]}"
            time.sleep(0.1)
        return time.monotonic() - started


class Nursery:
    """Workers, forked as `manage.py start` forks them, so that a new one is there in no time."""

    def __init__(self, product):
        self._process = product.start("nursery")
        assert self._process.stdout.readline() == "ready\n", product.log.read_text()[-3000:]

    def start(self, part="worker"):
        """The process id of a new worker (or clock), which leads a process group of its own."""
        self._process.stdin.write(f"{part}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    @staticmethod
    def kill(pid):
        """Kill the worker and what it started. One that died by itself is an error: ProcessLookupError."""
        try:
            os.killpg(pid, signal.SIGKILL)
        except ProcessLookupError:  # so young that it does not lead its group yet
            os.kill(pid, signal.SIGKILL)
