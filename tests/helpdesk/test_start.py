"""`manage.py start`, as a person meets it."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import ExitStack

import psutil
import pytest

from tests import seeded
from tests.live import LiveStack

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def stack(live_environment):
    """A running product of this file's own, which it may kill."""
    with LiveStack(**live_environment()) as running:
        yield running


def get(stack, path):
    connection = http.client.HTTPConnection("127.0.0.1", stack.port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse()
    finally:
        connection.close()


def run_to_its_end(stack):
    try:
        return subprocess.run(
            stack.command(), cwd=stack.working_folder(), env=stack.environment(), capture_output=True, text=True, timeout=60
        )
    finally:
        shutil.rmtree(stack.folder)


def family(stack):
    return psutil.Process(stack.process.pid).children(recursive=True)


def wait_until_gone(processes, seconds=30):
    gone, alive = psutil.wait_procs(processes, timeout=seconds)
    assert alive == []


def test_the_parent_has_loaded_what_the_first_pages_need(stack):
    """A module that each web process loads by itself is memory that the two do not share."""
    own = stack.shell(
        "import sys; from django.test import Client; from helpdesk.running import parts;"
        "parts.preload(); before = set(sys.modules); browser = Client(SERVER_NAME='127.0.0.1');"
        "assert [browser.get(path).status_code for path in ('/', '/faq/', '/account/login/')] == [200] * 3;"
        "print(*sorted(set(sys.modules) - before))"
    )
    assert own.split() == []


def test_the_first_page_answers_and_the_sign_ins_are_printed(stack):
    assert get(stack, "/").status == 200
    deadline = time.monotonic() + 10
    while "@" not in stack.log.read_text().partition(f"The help desk runs at {stack.url}/")[2]:
        assert time.monotonic() < deadline, stack.log.read_text()
        time.sleep(0.2)


def wait_until_heard_of(stack):
    deadline = time.monotonic() + 60
    while "clock and worker" not in stack.shell("from helpdesk.models import Heartbeat; print(*Heartbeat.objects.all())"):
        assert time.monotonic() < deadline
        time.sleep(1)


def test_clock_and_worker_are_heard_of_and_the_doctor_finds_all_well(stack):
    wait_until_heard_of(stack)
    assert "All is well." in stack.manage("doctor")


def test_every_part_runs_by_its_own_command(live_environment, tmp_path):
    environment = live_environment() | {"demo": False, "data": tmp_path / "data", "WEB_PROCESSES": 2}
    with ExitStack() as running:
        web = LiveStack(only="web", **environment)
        seeded.copy(seeded.data_folder(web.server_of_the_run), web.data)
        running.enter_context(web)
        for part in ("worker", "clock"):
            running.enter_context(LiveStack(only=part, **environment))
        assert get(web, "/").status == 200
        assert len(family(web)) == 2
        wait_until_heard_of(web)


def test_a_busy_port_is_one_plain_sentence(stack):
    other = LiveStack(demo=False, **stack.own_environment)
    other.port = stack.port
    done = run_to_its_end(other)
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"CommandError: Cannot listen on 127.0.0.1, port {stack.port} (Address already in use). Choose another port: PORT={stack.port + 1} make run"
    )


def test_a_second_start_on_the_same_data_is_refused(stack):
    done = run_to_its_end(LiveStack(data=stack.data, **stack.own_environment))
    assert done.returncode == 1
    assert "already runs on" in done.stderr and "Traceback" not in done.stderr


def test_a_web_process_that_is_killed_comes_back_and_no_visitor_is_refused(stack):
    web = next(child for child in family(stack) if any(link.status == "LISTEN" for link in child.net_connections()))
    web.kill()
    # The parent holds the port, so the visitor waits instead of being refused.
    assert get(stack, "/healthz").status == 200


def test_stop_and_start_keep_the_data_and_take_seconds(stack):
    count = "from tickets.models import Ticket; print('tickets:', Ticket.objects.count())"
    before = stack.shell(count)
    everyone = family(stack)
    stack.process.send_signal(signal.SIGTERM)
    assert stack.process.wait(30) == 0
    wait_until_gone(everyone)
    started = time.monotonic()
    stack.start()
    assert time.monotonic() - started < 15
    assert stack.shell(count) == before
    assert before != "tickets: 0\n"


def test_nothing_outlives_a_parent_that_was_killed(stack):
    everyone = family(stack)
    assert len(everyone) >= 3
    os.kill(stack.process.pid, signal.SIGKILL)
    stack.process.wait()
    wait_until_gone(everyone)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", stack.port))
    stack.start()
    assert get(stack, "/readyz").status == 200
