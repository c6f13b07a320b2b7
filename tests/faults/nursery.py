"""Loads the product once and forks a part of it for each line it reads: “worker”, “clock”, and “busy clock”, “another busy clock”. Says the process id."""

import signal
import sys
from datetime import timedelta

import django

django.setup()

from helpdesk.celery import app  # noqa: E402
from helpdesk.running import parts  # noqa: E402
from helpdesk.running.supervisor import fork  # noqa: E402


def busy_clock():
    """One that asks for everything every second."""
    for entry in app.conf.beat_schedule.values():
        entry["schedule"] = timedelta(seconds=1)
    parts.clock()


def another_busy_clock():
    """As on another machine: it keeps its own diary."""
    app.conf.beat_schedule_filename += "-of-another"
    busy_clock()


kinds = {"worker": parts.worker, "clock": parts.clock, "busy clock": busy_clock, "another busy clock": another_busy_clock}
parts.preload()
signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the killed leave no zombies
sys.stdout.write("ready\n")
sys.stdout.flush()
for line in sys.stdin:
    pid = fork(kinds[line.strip()])
    sys.stdout.write(f"{pid}\n")
    sys.stdout.flush()
