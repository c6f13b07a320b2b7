"""F-02: a mail server that takes mails and cuts the line, asks to come later, knows some people not, and hangs."""

import time
from collections import Counter

from scripts.faults.line import Line, middle_and_worst, percentile
from tests.faults.product import Nursery

UNKNOWN_EVERY = 40
# Growing, but short: what matters is that they are kept to.
PAUSES = "3, 6, 18, 30, 30, 30, 30"


def run(grounds, *, notifications=1000, pause=0.15, hang=0.004, busy=0.3):
    modes = {"delay": 0.02, "lost_reply": 0.05, "busy": busy, "hang": hang, "hang_seconds": 60, "unknown": ("nobody",)}
    with grounds.product(environment={"DELIVERY_PAUSES": PAUSES, "DELIVERY_LEASE_SECONDS": "60"}, **modes) as product:
        writer = product.start("write_replies", notifications, pause, UNKNOWN_EVERY)
        assert writer.stdout.readline() == "ready\n"
        started, workers = time.monotonic(), Nursery(product)
        workers.start("clock")
        workers.start()
        writer.communicate("go\n", timeout=500)
        time.sleep(30 if notifications >= 500 else 0)
        product.server.busy = 0  # it has enough of it; who waits longest comes at the next attempt
        quiet = product.wait_until_quiet(240)
        return _line(product, grounds, started, notifications, quiet)


def _line(product, grounds, started, notifications, quiet):
    # Beside these rows there are notices to staff of what did not arrive.
    rows, accepted = [row for row in product.deliveries() if row["channel"] == "mail"], product.server.by_message_id()
    to_nobody = [row for row in rows if row["address"].startswith("nobody@")]
    others = [row for row in rows if not row["address"].startswith("nobody@")]
    lost = [row for row in others if row["message_id"] not in accepted]
    at_first = [row["took"] for row in others if row["attempts"] == 1 and row["took"] is not None]
    line = Line("F-02 troubled mail server", grounds.database, len(rows), len(lost), sum(accepted.values()) - len(accepted))
    line.seconds = time.monotonic() - started
    line.figures = {
        "retries": sum(row["attempts"] - 1 for row in rows),
        "most attempts": max(row["attempts"] for row in rows),
        "lines cut after “taken”": product.server.cut,
        "hung": product.server.hung,
        "refused": product.server.refused,
        "states": dict(Counter(row["state"] for row in rows)),
        "mails sent at the first attempt (p50 / p95 / longest)": middle_and_worst(at_first),
        "quiet after the last was written": f"{quiet:.0f} s",
    }
    line.expect(len(rows) == notifications, f"{len(rows)} rows of {notifications}")
    line.expect(not lost and {row["state"] for row in others} == {"sent"}, "not all others are sent")
    line.expect(line.doubled <= product.server.cut, "doubled more often than the line was cut")
    refused = [row for row in to_nobody if row["state"] == "failed"]
    line.expect(all((row["attempts"], row["reason"]) == (1, "bad_address") for row in refused), "a 550 was tried again")
    spared = [row for row in to_nobody if row not in refused]
    line.expect(all((row["state"], row["reason"]) == ("dropped", "came_back") for row in spared), "an address nobody has is written to")
    line.expect(product.server.refused == len(refused) > 0, "the server refused another number than failed")
    line.expect(percentile(at_first, 0.95) < 30, "others waited for what hung")
    return line
