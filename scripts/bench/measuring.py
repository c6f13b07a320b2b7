"""Times over the wire: one client for the medians, eight at once for the throughput."""

import statistics
import threading
import time

from scripts.bench.browser import Browser, Lost
from scripts.bench.forms import NoForm, tickets_on

#: Askings that do not count. For one connection PostgreSQL plans a statement eight times before it keeps a plan (common/planned.py).
WARM = 12
LEAST_ROUNDS = 5
CLIENTS = 8


class Failed(Exception):
    """A page answered with something else than itself. Said in the table, counted at the end."""


def time_page(page, browser, *, rounds, cap, bare):
    """{"p50", "p95" in milliseconds, "bare", "rounds", "shown": how many tickets stand on the page}. Stops after `cap` seconds, but not before
    a few rounds. `bare()`: asks the bare view, in milliseconds; done after each round, since a machine is not equally quick all the time."""
    times, beside, begun = [], [], time.perf_counter()
    rounds = min(rounds, page.most) if page.most else rounds
    warm = 0 if page.most and not page.walks else WARM
    for number in range(warm + rounds):
        if number >= warm + LEAST_ROUNDS and time.perf_counter() - begun > cap:
            break
        answer = ask(page, browser)
        if number >= warm:
            times.append(answer.seconds * 1000)
            beside.append(bare())
    shown = len(tickets_on(answer.text))
    if page.finds and not shown:
        raise Failed("nothing was found, though the set holds it (a set made by another version? FRESH=1 makes it anew)")
    return spread(times) | {"bare": statistics.median(beside), "rounds": len(times), "shown": shown}


def ask(page, browser):
    """The answer to one round of a page. Raises Failed for everything that is no answer, NotThere for pages that do not exist."""
    try:
        request = page.request(browser)
        answer = browser.ask(request)
    except (NoForm, Lost, OSError, KeyError, ValueError) as error:
        browser.close()
        raise Failed(f"{type(error).__name__} {error}".strip()) from error
    if not answer.is_fine(request):
        raise Failed(f"{answer.status} at {request.address} {answer.headers.get('location', '')}".strip())
    return answer


def spread(times):
    """Median and 95th part of a hundred."""
    times = sorted(times)
    return {"p50": statistics.median(times), "p95": times[min(len(times) - 1, int(len(times) * 0.95))]}


def throughput(mix, sign_ins, host, port, *, seconds):
    """Pages a second with CLIENTS clients at once, each going through the mix from another place in it."""
    clients = [_Client(mix[number % len(mix) :] + mix[: number % len(mix)], sign_ins, host, port) for number in range(CLIENTS)]
    begun = time.perf_counter()
    for client in clients:
        client.until = begun + seconds
        client.start()
    for client in clients:
        client.join()
    took = time.perf_counter() - begun
    times = [each for client in clients for each in client.times]
    if not times:
        return {"pages_per_second": 0.0, "errors": sum(client.errors for client in clients), "seconds": took}
    return {"pages_per_second": len(times) / took, "errors": sum(client.errors for client in clients), "seconds": took, **spread(times)}


class _Client(threading.Thread):
    def __init__(self, mix, sign_ins, host, port):
        super().__init__(daemon=True)
        self.mix, self.times, self.errors, self.until = mix, [], 0, 0
        self.browsers = {who: Browser(host, port, cookies=cookies) for who, cookies in sign_ins.items()}

    def run(self):
        while True:
            for page in self.mix:
                if time.perf_counter() > self.until:
                    return
                try:
                    self.times.append(ask(page, self.browsers[page.who]).seconds * 1000)
                except Failed:
                    self.errors += 1
