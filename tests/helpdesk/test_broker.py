"""The folder broker, with real worker processes."""

import os
import shutil
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from queue import Empty

import pytest

from helpdesk.bells import Bell, ring
from tests.helpdesk import counting_worker
from tests.servers import Server

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.once


class CountingWorker(Server):
    name = "worker"

    def __init__(self, folder):
        super().__init__()
        self.counting_folder = folder

    def command(self):
        options = ["--pool=threads", "--concurrency=4", "--loglevel=INFO", f"--hostname={self.port}@test"]
        return [sys.executable, "-m", "celery", "-A", "tests.helpdesk.counting_worker", "worker", *options]

    def environment(self):
        # Celery's command would take the broker of the other tests from here.
        others = {name: value for name, value in os.environ.items() if name != "BROKER_URL"}
        return others | {"COUNTING_FOLDER": str(self.counting_folder)}

    def working_folder(self):
        return ROOT

    def answers(self):
        return "is ready." in self.log.read_text()


@pytest.fixture(scope="module")
def broker_folder(tmp_path_factory):
    """One for all tests, because a connection once opened keeps to its folder."""
    path = tmp_path_factory.mktemp("broker") / "private"
    counting_worker.app.conf.broker_transport_options["folder"] = str(path)
    return path


@pytest.fixture
def folder(broker_folder):
    shutil.rmtree(broker_folder, ignore_errors=True)
    return broker_folder


@pytest.fixture
def channel(folder):
    with counting_worker.app.connection() as connection:
        yield connection.default_channel


def counted(folder):
    """When each number was counted, and how often anything was."""
    try:
        lines = (folder / "counted").read_text().splitlines()
    except FileNotFoundError:
        return {}, 0
    return {int(number): float(at) for number, at in map(str.split, lines)}, len(lines)


def wait_until(question, seconds=30):
    last_moment = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < last_moment, "it did not happen in time"
        time.sleep(0.05)


def waiting(folder):
    return list(folder.glob("queues/*/*"))


def test_two_workers_do_a_thousand_tasks_once_each(folder):
    with CountingWorker(folder) as first, CountingWorker(folder) as second:
        senders = [
            threading.Thread(target=lambda start=start: [counting_worker.count.delay(n) for n in range(start, 1000, 4)])
            for start in range(4)
        ]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        wait_until(lambda: counted(folder)[1] >= 1000, 60)
        time.sleep(0.5)
        assert (first.process.poll(), second.process.poll()) == (None, None)
        assert "Unrecoverable" not in first.log.read_text() + second.log.read_text()

    lines = Counter((folder / "counted").read_text().split()[::2])
    assert lines == Counter(map(str, range(1000)))
    assert waiting(folder) == []


def test_a_task_starts_soon_and_a_retry_comes_back(folder):
    with CountingWorker(folder):
        sent = time.time()
        counting_worker.count.delay(1)
        wait_until(lambda: counted(folder)[1])
        assert counted(folder)[0][1] - sent < 1
        counting_worker.count_at_third_try.delay(2)
        wait_until(lambda: 2 in counted(folder)[0])


def test_who_waits_hears_the_bell_and_a_dead_ones_is_taken_down(tmp_path):
    bell, dead = Bell(tmp_path), Bell(tmp_path)
    os.close(dead._pipe)
    heard = []

    def wait():
        bell.wait(30)
        heard.append(time.monotonic())

    waiting = threading.Thread(target=wait)
    waiting.start()
    time.sleep(0.2)
    assert heard == []
    rung = time.monotonic()
    ring(tmp_path)
    waiting.join()

    assert heard[0] - rung < 10
    assert list(tmp_path.iterdir()) == [bell.path]
    ring(tmp_path)
    bell.wait(30)  # a ring before the wait is heard too
    bell.close()
    assert list(tmp_path.iterdir()) == []
    ring(tmp_path / "no folder")


def test_where_no_pipe_can_be_made_waiting_is_sleeping(tmp_path):
    bell = Bell(tmp_path / "no folder")
    bell.wait(0.01)
    bell.close()


def test_messages_wait_for_a_worker_that_is_not_there_yet(folder):
    counting_worker.count.delay(7)
    assert len(waiting(folder)) == 1
    with CountingWorker(folder):
        wait_until(lambda: counted(folder)[1])


def test_a_worker_told_to_stop_gives_back_what_it_did_not_start(folder):
    with CountingWorker(folder) as worker:
        counting_worker.count.apply_async([1], countdown=60)
        wait_until(lambda: not waiting(folder))
        worker.stop()
    assert len(waiting(folder)) == 1


def test_an_unreadable_message_is_set_aside_and_the_next_one_taken(channel, folder):
    channel._put("celery", {"number": 1})
    (path,) = waiting(folder)
    (path.parent / "00000000000000000000-broken.json").write_text('{"number":')
    assert channel._get("celery") == {"number": 1}
    assert [path.name for path in (folder / "unreadable").iterdir()] == ["00000000000000000000-broken.json"]
    assert list((folder / "taken").iterdir()) == []


def test_messages_leave_in_the_order_they_came(channel):
    for number in range(50):
        channel._put("celery", number)
    assert [channel._get("celery") for _ in range(50)] == list(range(50))


def test_nobody_else_on_the_machine_reads_the_folder(channel, folder):
    channel._put("celery", {})
    assert {oct(path.stat().st_mode & 0o777) for path in [folder, *folder.iterdir(), *folder.glob("queues/*")]} == {"0o700"}
    assert [oct(path.stat().st_mode & 0o777) for path in waiting(folder)] == ["0o600"]


def test_a_folder_that_was_deleted_comes_back_with_the_next_message(channel, folder):
    channel._put("celery", 1)
    shutil.rmtree(folder)
    with pytest.raises(Empty):
        channel._get("celery")
    channel._put("celery", 2)
    assert channel._get("celery") == 2


def test_a_queue_can_be_counted_and_emptied(channel):
    for number in range(3):
        channel._put("celery", number)
    assert channel._size("celery") == 3
    assert channel._purge("celery") == 3
    assert channel._size("celery") == 0
