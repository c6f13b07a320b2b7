"""What happens to messages when parts of the product die, hang, or are slow: one line for each experiment.

    python -m scripts.faults                              everything, on SQLite and on PostgreSQL with Redis; results go to docs/benchmarks/faults.md
    python -m scripts.faults --quick --into -             small ones, written nowhere
    python -m scripts.faults --databases sqlite --only F-01 F-21

A line: name, database, n, lost, doubled, errors, seconds, pass. Ends with 1 when a promise was not kept. docs/contributors/faults.md says what each does.
"""

import argparse
import logging
import os
import sys
import tempfile
import time
from pathlib import Path

from scripts.faults import (
    dead_redis,
    graceful_stop,
    killed_worker,
    memory,
    report,
    slow_parts,
    time_to_send,
    troubled_mail_server,
    two_clocks,
)
from scripts.faults.ground import Grounds
from scripts.faults.line import Line, load_now

#: name: (what runs it, its options in full, its options when quick, on which databases)
BOTH, WITH_REDIS = {"sqlite", "postgres"}, {"postgres"}
EXPERIMENTS = {
    "F-01": (killed_worker.run, {}, {"replies": 80, "kills": 8, "longest": 0.6, "waits_for_work": True}, BOTH),
    "F-02": (troubled_mail_server.run, {}, {"notifications": 80, "hang": 0, "busy": 0.2, "pause": 0}, BOTH),
    "F-03": (dead_redis.run, {"death": "killed"}, {"death": "killed", "requests": 20, "seconds": 5}, WITH_REDIS),
    "F-03h": (dead_redis.run, {"death": "hanging"}, {"death": "hanging", "requests": 20, "seconds": 5}, WITH_REDIS),
    "F-17": (two_clocks.run, {}, {"tickets": 10}, BOTH),
    "F-18": (slow_parts.run, {}, {"seconds": 4}, BOTH),
    "F-21": (graceful_stop.run, {}, {"seconds": 5, "stops": 1}, BOTH),
    "time": (time_to_send.run, {}, {"messages": 20, "pause": 0.2}, BOTH),
    "memory": (memory.run, {}, {"messages": 1000}, BOTH),
}


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgres"], choices=["sqlite", "postgres"])
    parser.add_argument("--only", nargs="+", choices=EXPERIMENTS, metavar="NAME", help=", ".join(EXPERIMENTS))
    parser.add_argument("--quick", action="store_true", help="small ones, some seconds each")
    parser.add_argument("--into", default=str(report.PLACE), help="the file of results; - for none")
    asked = parser.parse_args(arguments)
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # a mail server whose lines are cut complains of each
    lines = []
    with tempfile.TemporaryDirectory(prefix="helpdesk-faults-run-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("TEST_RUN_FOLDER", folder)  # what tests/seeded.py builds once
        for database in asked.databases:
            with Grounds(database) as grounds:
                for name in asked.only or EXPERIMENTS:
                    if database in EXPERIMENTS[name][3]:
                        lines.append(one(name, grounds, asked))
                        print(lines[-1], flush=True)
                        if asked.into != "-":
                            report.keep(lines, quick=asked.quick, place=Path(asked.into))
    return not all(line.passed for line in lines)


def one(name, grounds, asked):
    run, full, quick, _databases = EXPERIMENTS[name]
    load, started = load_now(), time.monotonic()
    try:
        line = run(grounds, **(quick if asked.quick else full))
    except Exception as error:  # noqa: BLE001  one experiment that breaks must not hide the others
        line = Line(name, grounds.database, 0, 0, 0, 1, time.monotonic() - started, broken=[f"{type(error).__name__}: {str(error)[-600:]}"])
    line.load = load
    return line


if __name__ == "__main__":
    sys.exit(main())
