"""F-18: slow parts. What pages take while the mail server, Redis, the database or the SMS gateway is slow, broken or silent; and what
becomes of an SMS whose gateway says several times, at once, that it arrived.

The part for which no page may wait is the gateway; what the database takes, a page takes.
"""

import itertools
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event, Thread

import httpx

from scripts.bench.forms import form_at
from scripts.faults.ground import part_of
from scripts.faults.line import Line, percentile
from tests.fakes.sms import KavenegarGateway

PEOPLE = 2
#: So many times a gateway tells each thing, of so many messages: its address takes no more calls in a minute than that.
TIMES, MOST_TOLD = 4, 100
#: So much may the machine's own noise add to what a page takes.
NOISE = 1.6, 0.08


class Clients:
    """Customers who look at their request and answer it, one after the other."""

    def __init__(self, base, made):
        self.base, self.made, self.over = base, list(zip(made["numbers"], made["sessions"], strict=True)), Event()
        self.took, self.failed = {"GET": [], "POST": []}, []

    def run(self, seconds):
        threads = [Thread(target=self._go_on, args=(self.made[place::PEOPLE],)) for place in range(PEOPLE)]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        self.over.set()
        for thread in threads:
            thread.join()
        return self

    def _go_on(self, made):
        for number, session in itertools.cycle(made):
            if self.over.is_set():
                return
            with httpx.Client(base_url=self.base, cookies={"session": session}, timeout=60) as browser:
                page = self._ask("GET", browser, f"/tickets/{number}/")
                form = form_at(page.text, "text")
                self._ask("POST", browser, f"/tickets/{number}/replies/", data=form.filled(text="Any news?"))
            time.sleep(0.1)

    def _ask(self, method, browser, path, **more):
        started = time.monotonic()
        answer = browser.request(method, path, **more)
        self.took[method].append(time.monotonic() - started)
        if answer.status_code >= 400:
            self.failed.append(answer.status_code)
        return answer


def run(grounds, *, seconds=12):
    with (
        KavenegarGateway() as sms,
        grounds.product(behind_proxies=True, environment={"DELIVERY_PAUSES": "3, 5, 10, 10, 10, 10, 10"}) as product,
        ExitStack() as parts,
    ):
        # Every answer of a customer is told to Alice, by mail and by SMS.
        made = product.run("make_customers", 24, "sms", sms.KEY)
        gateway = {"SMS_GATEWAY": "kavenegar", "SMS_KAVENEGAR_KEY": sms.KEY, "SMS_KAVENEGAR_URL": sms.url}
        web, *_others = [parts.enter_context(part_of(product, name, **gateway)) for name in ("web", "worker", "clock")]
        Clients(web.url, made).run(2)
        started, found, failed = time.monotonic(), {}, 0
        for name, change in troubles(product, sms):
            with change:
                clients = Clients(web.url, made).run(seconds)
                waiting = sum(row["state"] in {"queued", "sending"} for row in product.deliveries())
            found[name] = (clients, waiting)
            failed += len(clients.failed)
        for proxy in product.proxies.values():
            proxy.cut()
        quiet = product.wait_until_quiet(150)
        told = tell_many_times(product, web.url, made["gateway"])
        return _line(product, grounds, sms, found, failed, quiet, told, time.monotonic() - started)


def tell_many_times(product, base, word):
    """The gateway says of each SMS that it arrived, several times at once. Returns ({pk of what it spoke of}, statuses of the calls)."""
    sent = [row for row in product.deliveries() if row["channel"] == "sms" and row["state"] == "sent" and row["provider_id"]][:MOST_TOLD]

    def call(row):
        said = {"messageid": row["provider_id"], "status": "10"}
        return httpx.post(f"{base}/hooks/sms/{word}/", data=said, timeout=60).status_code

    with ThreadPoolExecutor(2 * TIMES) as threads:
        statuses = Counter(threads.map(call, [row for row in sent for _time in range(TIMES)]))
    return {row["pk"] for row in sent}, statuses


def troubles(product, sms):
    """(name, context in which it is so)"""
    yield "nothing", ExitStack()
    yield "mail server 5 s", set_to(product.server, "delay", 5)
    yield "mail server hangs", set_to(product.server, "hang", 1)
    yield "SMS gateway HTTP 500", set_to(sms, "mode", "broken")
    yield "SMS gateway silent", set_to(sms, "mode", "silent")
    if "redis" in product.proxies:
        yield "Redis +200 ms", set_to(product.proxies["redis"], "delay", 0.2)
    if "database" in product.proxies:
        yield "database +20 ms", set_to(product.proxies["database"], "delay", 0.02)
        yield "database +200 ms", set_to(product.proxies["database"], "delay", 0.2)


class set_to:  # noqa: N801
    def __init__(self, thing, name, value):
        self.thing, self.name, self.value = thing, name, value

    def __enter__(self):
        self.before = getattr(self.thing, self.name)
        setattr(self.thing, self.name, self.value)

    def __exit__(self, *_):
        setattr(self.thing, self.name, self.before)


def _line(product, grounds, sms, found, failed, quiet, told, seconds):
    rows, accepted = product.deliveries(), product.server.by_message_id()
    texts = [row for row in rows if row["channel"] == "sms"]
    mails = [row for row in rows if row["channel"] == "mail"]
    line = Line("F-18 slow parts", grounds.database, len(rows), sum(row["message_id"] not in accepted for row in mails), 0, failed, seconds)
    states = Counter(row["state"] for row in texts)
    # A silent gateway sends and does not say so: those are unknown, never sent again.
    known = states["sent"] + states["delivered"] + states["unknown"]
    line.doubled = max(0, len(sms.sent) - known) + sum(accepted.values()) - len(accepted)
    usual = found["nothing"][0]
    for name, (clients, waiting) in found.items():
        for method in ("GET", "POST"):
            line.figures[f"{method}, {name} (p50 / p95)"] = " / ".join(
                f"{1000 * percentile(clients.took[method], share):.0f}" for share in (0.5, 0.95)
            )
            allowed = percentile(usual.took[method], 0.95) * NOISE[0] + NOISE[1]
            is_of_gateway = name.startswith(("mail", "SMS"))
            line.expect(not is_of_gateway or percentile(clients.took[method], 0.95) <= allowed, f"{method} waits: {name}")
        line.figures[f"waiting at its end, {name}"] = waiting
    line.figures |= {"SMS": dict(states), "sent by the gateway": len(sms.sent), "quiet after": f"{quiet:.0f} s"}
    line.expect(line.lost == 0, "mails lost")
    line.expect(set(states) <= {"sent", "delivered", "unknown"}, f"SMS neither sent nor unknown: {dict(states)}")
    spoken_of, statuses = told
    arrived = Counter(row["arrivals"] for row in texts if row["pk"] in spoken_of)
    line.figures |= {"reports, each many times": dict(statuses), "arrivals written of each": dict(arrived)}
    line.expect(spoken_of and set(statuses) == {200}, f"reports refused: {dict(statuses)}")
    line.expect(set(arrived) == {1}, f"a report that came many times counted otherwise than once: {dict(arrived)}")
    line.expect(line.doubled == 0, "doubled")
    line.expect(failed == 0, "requests failed")
    return line
