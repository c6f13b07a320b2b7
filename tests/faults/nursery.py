"""Loads the product once and forks a part of it for each line it reads: “worker” or “clock”. Says the process id."""

import signal
import sys

import django

django.setup()

from helpdesk.running import parts  # noqa: E402
from helpdesk.running.supervisor import fork  # noqa: E402

parts.preload()
signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the killed leave no zombies
sys.stdout.write("ready\n")
sys.stdout.flush()
for line in sys.stdin:
    pid = fork(getattr(parts, line.strip()))
    sys.stdout.write(f"{pid}\n")
    sys.stdout.flush()
