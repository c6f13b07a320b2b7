"""The parent over the parts: they come back when they die, and none outlives it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]


class Household:
    def __init__(self, folder, *parts):
        self.folder = folder
        self.process = subprocess.Popen([sys.executable, "-m", "tests.helpdesk.little_household", str(folder), *parts], cwd=ROOT)

    def notes(self, word):
        try:
            lines = (self.folder / "notes").read_text().splitlines()
        except FileNotFoundError:
            return []
        return [int(line.split()[1]) for line in lines if line.startswith(word)]

    def wait_for(self, word, count=1, seconds=15):
        last_moment = time.monotonic() + seconds
        while len(self.notes(word)) < count:
            assert time.monotonic() < last_moment, f"no {word} number {count}"
            time.sleep(0.05)
        return self.notes(word)


@pytest.fixture
def household(tmp_path):
    started = []

    def start(*parts):
        started.append(Household(tmp_path, *parts))
        return started[-1]

    yield start
    for each in started:
        for pid in [*each.notes("orderly"), *each.notes("stubborn")]:
            if is_alive(pid):
                os.kill(pid, signal.SIGKILL)
        each.process.kill()
        each.process.wait()


def is_alive(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_until_gone(*pids, seconds=10):
    last_moment = time.monotonic() + seconds
    while any(map(is_alive, pids)):
        assert time.monotonic() < last_moment, f"still there: {[pid for pid in pids if is_alive(pid)]}"
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_every_part_in_order(household, number):
    house = household("orderly", "orderly")
    parts = house.wait_for("orderly", 2)
    house.process.send_signal(number)
    assert house.process.wait(10) == 0
    assert sorted(house.notes("ended")) == sorted(parts)
    assert house.notes("over")


def test_a_part_that_dies_comes_back(household):
    house = household("orderly")
    (first,) = house.wait_for("orderly")
    os.kill(first, signal.SIGKILL)
    first, second = house.wait_for("orderly", 2)
    assert first != second and is_alive(second)


def test_parts_end_when_the_parent_is_killed(household):
    house = household("orderly", "orderly")
    parts = house.wait_for("orderly", 2)
    house.process.kill()
    house.process.wait()
    wait_until_gone(*parts)


def test_a_second_signal_does_not_wait_for_the_stubborn(household):
    house = household("stubborn")
    (part,) = house.wait_for("stubborn")
    house.process.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    assert house.process.poll() is None
    house.process.send_signal(signal.SIGTERM)
    assert house.process.wait(5) == 0
    assert not is_alive(part)
