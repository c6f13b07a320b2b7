"""F-01: workers are killed (-9) at random moments while answers leave through a slow mail server. None is lost.

What was never taken needs its time at that server, whoever is dead. Beyond it, two leases are what the dead may cost.

A kill between the server's “taken” and our commit sends one mail twice; both carry one Message-ID, by which the receiving side knows them as one.
"""

import random
import time

from scripts.faults.line import Line
from tests.faults.product import Nursery

DELAY, CONNECTIONS = 0.3, 4  # seconds the server takes for each; WORKER_THREADS


def run(grounds, *, replies=1000, kills=100, longest=3.0, waits_for_work=False):
    """`longest`: seconds a worker lives at most. `waits_for_work`: its seconds begin when it has sent something, on machines of any speed."""
    with grounds.product(delay=DELAY, environment={"WORKER_THREADS": str(CONNECTIONS)}) as product:
        writer = product.start("write_replies", replies, kills * longest / 2 * 0.8 / replies if not waits_for_work else 0)
        assert writer.stdout.readline() == "ready\n"
        writer.stdin.write("go\n")
        writer.stdin.flush()
        started, workers, chance, killed_at = time.monotonic(), Nursery(product), random.Random(7), []
        workers.start("clock")
        for number in range(kills):
            worker, before = workers.start(), len(product.server.accepted)
            last_moment = time.monotonic() + 15
            # Every sixth dies before it is quite up.
            while waits_for_work and number % 6 and len(product.server.accepted) == before and time.monotonic() < last_moment:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, longest))
            workers.kill(worker)
            killed_at.append(time.monotonic())
        accepted_while_dying = len(product.server.accepted)
        workers.start()
        writer.communicate(timeout=120)
        quiet = product.wait_until_quiet(180)
        return _line(product, grounds, started, replies, killed_at, accepted_while_dying, quiet)


def _line(product, grounds, started, replies, killed_at, accepted_while_dying, quiet):
    rows, accepted = [row for row in product.deliveries() if row["channel"] == "mail"], product.server.by_message_id()
    lost = [row for row in rows if row["message_id"] not in accepted]
    twice = {message_id for message_id, count in accepted.items() if count > 1}
    gaps = [_until_kill(product.server.moments_of(message_id)[0], killed_at) for message_id in twice]
    lease = int(product.environment["DELIVERY_LEASE_SECONDS"])
    work = (replies - accepted_while_dying) * DELAY / CONNECTIONS
    line = Line("F-01 worker killed", grounds.database, len(rows), len(lost), sum(accepted.values()) - len(accepted))
    line.seconds = time.monotonic() - started
    allowed = f"{2 * lease} and {work:.0f} for what was left to send"
    line.figures = {
        "kills": len(killed_at), "left between the kills": accepted_while_dying, "quiet after the last kill": f"{quiet:.1f} s of {allowed}",
        "longest from “taken” to the kill of a doubled one": f"{1000 * max(gaps, default=0):.0f} ms", "attempts": sum(row["attempts"] for row in rows),
    }  # fmt: skip
    line.expect(len(rows) == replies, f"{len(rows)} rows of {replies}")
    line.expect({row["state"] for row in rows} == {"sent"}, "not every row is sent")
    line.expect(not lost, "lost")
    line.expect(line.doubled <= len(killed_at), "doubled more often than killed")
    line.expect(set(accepted) == {row["message_id"] for row in rows}, "a mail under another Message-ID")
    line.expect(accepted_while_dying < replies, "the kills came too late to interrupt anything")
    line.expect(quiet <= 2 * lease + work, "the dead delayed it by more than two leases")
    return line


def _until_kill(moment, killed_at):
    return min((kill - moment for kill in killed_at if kill >= moment), default=float("inf"))
