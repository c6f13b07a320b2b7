"""What a worker's memory does over many sends: it grows while everything is loaded, and then no more."""

import time

import psutil

from scripts.faults.line import Line
from tests.faults.product import Nursery

MOST_GROWTH = 8 * 2**20


def run(grounds, *, messages=10_000):
    with grounds.product(environment={"SWEEP_SECONDS": "1"}) as product:
        product.run("queue_mails", messages)
        started, workers = time.monotonic(), Nursery(product)
        workers.start("clock")
        worker = psutil.Process(workers.start())
        seen = []  # (sent, bytes)
        while (sent := len(product.server.accepted)) < messages and time.monotonic() - started < 900:
            seen.append((sent, worker.memory_info().rss))
            time.sleep(0.5)
        seconds = time.monotonic() - started
        product.wait_until_quiet(30)
        memory = [at_share(seen, messages, share) for share in (0.2, 0.6, 0.95)]
        accepted = product.server.by_message_id()
        line = Line("Memory of a worker", grounds.database, messages, messages - len(accepted), sum(accepted.values()) - len(accepted))
        line.seconds = seconds
        line.figures = {
            "after a fifth / three fifths / nearly all": " / ".join(f"{one / 2**20:.0f}" for one in memory) + " MiB",
            "mails a second": round(messages / seconds), "open files": worker.num_fds(),
        }  # fmt: skip
        line.expect(line.lost == 0 and line.doubled == 0, "lost or doubled")
        line.expect(memory[2] - memory[0] < MOST_GROWTH, "it grows")
        return line


def at_share(seen, messages, share):
    return next((size for sent, size in seen if sent >= messages * share), seen[-1][1])
