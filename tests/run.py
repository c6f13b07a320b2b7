"""`make test`: check, then the tests on SQLite, then what touches the database once more on PostgreSQL and Redis.

`python -m tests.run --only postgres tests/tickets -k close` runs a part; other arguments go to pytest. A run of everything draws
what takes too long to look at each time (tests/drawing.py); a part leaves nothing out.
TEST_DATABASE_URL and TEST_REDIS_URL name servers to use instead of the ones it brings.
"""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from tests import browser, drawing
from tests.servers import Postgres, Redis

ROOT = Path(__file__).resolve().parent.parent
NO_TESTS = 5


def main(arguments):
    only = None
    if arguments[:1] == ["--only"]:
        only, arguments = arguments[1], arguments[2:]
    browser.find_or_install()
    keep_what_is_compiled()
    if not arguments:
        os.environ.setdefault(drawing.NAME, drawing.new_draw())
    results = []
    if not only and not arguments:
        results.append(step("check", [sys.executable, "scripts/check.py"]))
    if only in {None, "sqlite"}:
        results.append(tests("SQLite", arguments, {"TEST_DATABASE_URL": ""}))
    if only in {None, "postgres"}:
        with ExitStack() as servers:
            database = os.environ.get("TEST_DATABASE_URL") or servers.enter_context(Postgres()).url()
            redis = os.environ.get("TEST_REDIS_URL") or servers.enter_context(Redis()).url()
            given = os.environ.get("TEST_DATABASE_URL", "")
            environment = {"TEST_DATABASE_URL": database, "TEST_REDIS_URL": redis, "TEST_DATABASE_URL_GIVEN": given}
            results.append(tests("PostgreSQL", ["--only-database", *arguments], environment))

    print()
    for name, code, seconds, last_line in results:
        print(f"{name:<12}{'passed' if code == 0 else 'FAILED':<8}{seconds:5.0f} s  {last_line}")
    print("\n" + totals(last_line for _name, _code, _seconds, last_line in results))
    return max(code for _name, code, _seconds, _line in results)


def keep_what_is_compiled():
    """A run starts hundreds of processes. Where Python may write nothing beside the sources, it compiles them into a folder of the tests."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ["PYTHONPYCACHEPREFIX"] = str(ROOT / ".pytest_cache" / "compiled")


def totals(closing_lines):
    """“1790 passed, 0 failed” over all runs, from pytest's own closing lines; what could not be set up has failed."""
    counts = Counter()
    for number, word in re.findall(r"(\d+) (passed|failed|errors?|skipped)", " ".join(closing_lines)):
        counts[{"error": "failed", "errors": "failed"}.get(word, word)] += int(number)
    return f"{counts['passed']} passed, {counts['failed']} failed" + (f", {counts['skipped']} skipped" if counts["skipped"] else "")


def tests(name, arguments, environment):
    workers = os.environ.get("TEST_PROCESSES", "3")
    name, code, seconds, last_line = step(
        name, [sys.executable, "-m", "pytest", "-n", workers, "--dist", "loadfile", "--no-loadscope-reorder", *arguments], environment
    )
    return name, 0 if code == NO_TESTS and arguments else code, seconds, last_line


def step(name, command, environment=None):
    print(f"\n--- {name} ---", flush=True)
    started, last_line = time.monotonic(), ""
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | (environment or {}), stdout=subprocess.PIPE, text=True, errors="replace"
    ) as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            last_line = line.strip() or last_line
    return name, process.returncode, time.monotonic() - started, last_line.strip("= ")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
