"""F-03: Redis dies while new requests are posted, killed or hanging, and comes back after a while. Each is accepted at once; all are told."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import httpx

from scripts.bench.forms import form_at
from scripts.faults.ground import part_of
from scripts.faults.line import Line, middle_and_worst, percentile

AT_ONCE = 4


def run(grounds, *, death="killed", requests=200, seconds=60):
    with grounds.product(behind_proxies=True) as product, ExitStack() as parts:
        made = product.run("make_customers", -(-requests // 4))
        web, *_others = [parts.enter_context(part_of(product, name)) for name in ("web", "worker", "clock")]
        post_request(web.url, made["sessions"][0])
        product.wait_until_quiet(60)  # all have met Redis alive

        product.redis.kill() if death == "killed" else setattr(product.proxies["redis"], "is_hung", True)
        started = time.monotonic()
        with ThreadPoolExecutor(AT_ONCE) as people:
            posted = list(people.map(lambda session: post_request(web.url, session), (made["sessions"] * 4)[:requests]))
        waiting = sum(row["state"] == "queued" for row in product.deliveries())
        time.sleep(max(0, seconds - (time.monotonic() - started)))
        if death == "killed":
            product.redis.start()
            product.proxies["redis"].cut()
        else:
            product.proxies["redis"].is_hung = False
        quiet = product.wait_until_quiet(120)
        return _line(product, grounds, death, requests, posted, waiting, quiet, time.monotonic() - started)


def post_request(base, session):
    """(status, seconds) of a new request of somebody who is signed in."""
    with httpx.Client(base_url=base, cookies={"session": session}, timeout=30) as browser:
        page = browser.get("/tickets/new/", follow_redirects=True)
        form = form_at(page.text, "subject")
        started = time.monotonic()
        status = browser.post(form.address(page.url.path), data=form.filled(subject="The lid leaks", text="It drips.")).status_code
        return status, time.monotonic() - started


def _line(product, grounds, death, requests, posted, waiting, quiet, whole):
    rows, accepted = product.deliveries(), product.server.by_message_id()
    mails = [row for row in rows if row["channel"] == "mail"]
    tickets = {row["ticket__number"] for row in rows}
    took = [seconds for _status, seconds in posted]
    line = Line(f"F-03 Redis {death}", grounds.database, requests, requests + 1 - len(tickets), sum(accepted.values()) - len(accepted))
    line.errors = sum(status != 302 for status, _seconds in posted)
    line.seconds = whole
    line.figures = {
        "POST (p50 / p95 / longest)": middle_and_worst(took), "p99": f"{1000 * percentile(took, 0.99):.0f} ms", "mails": len(mails),
        "waited": waiting, "all told after its return": f"{quiet:.1f} s",
    }  # fmt: skip
    line.took = took
    line.expect(not line.errors, f"not accepted: {json.dumps([status for status, _seconds in posted if status != 302][:5])}")
    line.expect(line.lost == 0, "requests lost")
    line.expect({row["state"] for row in mails} == {"sent"}, "not all told")
    line.expect(set(accepted.values()) == {1} and len(accepted) == len(mails), "told twice")
    line.expect(percentile(took, 0.99) < 2, "p99 of the POSTs is not below 2 s")
    line.expect(quiet < 90, "not all told within 90 s of its return")
    return line
