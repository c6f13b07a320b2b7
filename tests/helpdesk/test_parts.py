"""The parts of the running product, as far as one may run them here."""

import pytest

from helpdesk.running import parts


def test_a_worker_stands_back_before_it_works(monkeypatch):
    done = []

    class Worker:
        exitcode = 0

        def __init__(self, **options):
            pass

        def start(self):
            done.append("works")

    monkeypatch.setattr(parts.app, "Worker", Worker)
    monkeypatch.setattr(parts.os, "nice", done.append)
    with pytest.raises(SystemExit) as end:
        parts.worker()

    assert done == [parts.NICENESS, "works"]
    assert end.value.code == 0
