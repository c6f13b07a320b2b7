"""F-17: two clocks and four workers do what is due, at once. Nobody is told twice."""

import time
from collections import Counter

from scripts.faults.line import Line
from tests.faults.product import Nursery

WORKERS = 4


def run(grounds, *, tickets=70):
    with grounds.product(delay=0.02) as product:
        planned = product.run("plan_things", tickets)
        started, workers = time.monotonic(), Nursery(product)
        for _number in range(WORKERS):
            workers.start()
        workers.start("busy clock")
        workers.start("another busy clock")
        wanted = sum(planned.values())
        last_moment = time.monotonic() + 150
        while time.monotonic() < last_moment and len(told(product)) < wanted:
            time.sleep(0.3)
        product.wait_until_quiet(60)
        time.sleep(4)  # some more rounds of both clocks
        rows, accepted = told(product), product.server.by_message_id()
        times = Counter((row["ticket__number"], row["template"], row["channel"], row["recipient_key"]) for row in product.deliveries())
        line = Line(
            "F-17 two clocks, four workers", grounds.database, wanted, wanted - len(rows), sum(count - 1 for count in times.values())
        )
        line.doubled += sum(accepted.values()) - len(accepted)
        line.seconds = time.monotonic() - started
        line.figures = {
            **planned,
            "mails": sum(accepted.values()),
            "by template": dict(Counter(row["template"] for row in product.deliveries())),
        }
        line.expect(line.lost == 0, "somebody was not told")
        line.expect(line.doubled == 0, f"told twice: {[key for key, count in times.items() if count > 1][:3]}")
        return line


def told(product):
    """What was told to whom it is about: one row for each thing that was planned."""
    kinds = {("survey", "mail"), ("woken", "in_app"), ("reply", "mail"), ("digest", "mail")}
    return [row for row in product.deliveries() if (row["template"], row["channel"]) in kinds]
