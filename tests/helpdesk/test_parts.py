"""The parts of the running product, as far as one may run them here."""

import pytest

from helpdesk.running import parts


@pytest.mark.parametrize(
    ("engine", "before"),
    [("django.db.backends.postgresql", [parts.NICENESS]), ("django.db.backends.sqlite3", [])],
    ids=["PostgreSQL", "SQLite"],
)
def test_a_worker_stands_back_before_it_works_unless_others_wait_for_its_turn_to_write(monkeypatch, engine, before):
    done = []

    class Worker:
        exitcode = 0

        def __init__(self, **options):
            pass

        def start(self):
            done.append("works")

    monkeypatch.setattr(parts.app, "Worker", Worker)
    monkeypatch.setattr(parts.os, "nice", done.append)
    monkeypatch.setitem(parts.settings.DATABASES["default"], "ENGINE", engine)
    with pytest.raises(SystemExit) as end:
        parts.worker()

    assert done == [*before, "works"]
    assert end.value.code == 0
