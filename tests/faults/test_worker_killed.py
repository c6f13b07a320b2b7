"""A worker is killed (-9) at random moments while notifications leave through a slow mail server: none is lost.

A kill between the server's “taken” and our commit sends one mail twice; both carry the same Message-ID, by which the
receiving side knows them as one. NOTIFICATIONS=300 KILLS=30 make the run as long as the promise; the suite's is shorter.
"""

import os
import random
import time
from contextlib import ExitStack

import pytest

from tests.fakes.smtp import SmtpServer
from tests.faults.product import Nursery, Product
from tests.servers import Redis, new_database

NOTIFICATIONS, KILLS = int(os.environ.get("NOTIFICATIONS", "80")), int(os.environ.get("KILLS", "8"))

pytestmark = [pytest.mark.once, pytest.mark.slow]


@pytest.fixture(params=["the folder broker and SQLite", "Redis and PostgreSQL"])
def product(request, tmp_path):
    with ExitStack() as stack:
        server = stack.enter_context(SmtpServer(delay=0.3))
        environment = {"EMAIL_URL": server.url}
        if request.param.startswith("Redis"):
            environment["REDIS_URL"] = stack.enter_context(Redis()).url()
            postgres = request.getfixturevalue("postgres_server").url("postgres")
            environment["DATABASE_URL"] = stack.enter_context(new_database(postgres, f"worker_killed_{os.getpid()}"))
        product = stack.enter_context(Product(tmp_path, **environment))
        product.name, product.server = request.param, server
        yield product


def test_killing_workers_loses_nothing(product):
    writer = product.start("write_replies", NOTIFICATIONS)
    assert writer.stdout.readline() == "ready\n"
    writer.communicate("go\n", timeout=120)

    workers = Nursery(product)
    workers.start("clock")
    chance = random.Random(7)
    for kill in range(KILLS):
        worker, before = workers.start(), len(product.server.accepted)
        # Most die in the middle of their work, every sixth before it is quite up.
        last_moment = time.monotonic() + 15
        while kill % 6 and len(product.server.accepted) == before and time.monotonic() < last_moment:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.6))
        workers.kill(worker)
    accepted_while_dying = len(product.server.accepted)
    workers.start()
    seconds = product.wait_until_quiet(120)

    rows = product.deliveries()
    accepted = product.server.by_message_id()
    lost = [row for row in rows if row["message_id"] not in accepted]
    doubled = sum(count - 1 for count in accepted.values())
    print(
        f"worker killed {KILLS} times, {product.name}: {len(rows)} notifications, {accepted_while_dying} left between the kills, "
        f"lost {len(lost)}, doubled {doubled}, quiet {seconds:.1f} s after the last kill"
    )
    assert len(rows) == NOTIFICATIONS
    assert {row["state"] for row in rows} == {"sent"}
    assert lost == []
    assert doubled <= KILLS
    assert set(accepted) == {row["message_id"] for row in rows}
    assert accepted_while_dying < NOTIFICATIONS, "the kills came too late to interrupt anything"
