"""A supervisor over two parts that only write down what happens to them: `python little_household.py FOLDER`."""

import os
import signal
import sys
import time
from pathlib import Path

from helpdesk.running.supervisor import Part, Supervisor

folder = Path(sys.argv[1])


def note(word):
    with (folder / "notes").open("a") as notes:
        notes.write(f"{word} {os.getpid()}\n")


def orderly():
    note("orderly")

    def end(*_):
        note("ended")
        raise SystemExit

    signal.signal(signal.SIGTERM, end)
    while True:
        time.sleep(1)


def stubborn():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    note("stubborn")
    while True:
        time.sleep(1)


signal.signal(signal.SIGHUP, signal.SIG_DFL)  # as at a terminal, also where the tests run under nohup
parts = {"orderly": orderly, "stubborn": stubborn}
(folder / "pid").write_text(str(os.getpid()))
Supervisor([Part(name, parts[name]) for name in sys.argv[2:]]).run()
note("over")
