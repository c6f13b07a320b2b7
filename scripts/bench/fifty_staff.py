"""Fifty people at work: `make bench-staff`, or python -m scripts.bench.fifty_staff --minutes 10 --size 100000.

Fifty staff with mixed rights, twenty at once, read and write for some minutes as people do: a deed, half a second to two seconds of
thinking, the next one. Writes docs/benchmarks/fifty-staff.md. Ends with 1 when anything went wrong.
"""

import argparse
import os
import random
import sys
import threading
import time
from collections import Counter, defaultdict
from pathlib import Path
from queue import Queue
from urllib.parse import quote

from scripts.bench import report
from scripts.bench.browser import Lost, Request
from scripts.bench.forms import NoForm, form_at, ticket_numbers
from scripts.bench.ground import prepared
from scripts.bench.machine import database_version, description
from scripts.bench.measuring import spread
from scripts.bench.memory import memory_of
from scripts.bench.pages import DESK, options
from scripts.bench.sign_ins import come_in
from scripts.bench.telling import tell

AT_ONCE = 20
THINKING = (0.5, 2.0)
VISIT = 20  # deeds before a colleague takes the seat
#: How often each is done, in a hundred.
DEEDS = {"list": 24, "filter": 14, "open ticket": 26, "search": 8, "counters": 14, "reply": 7, "note": 4, "close": 3}
VIEWS = ["mine", "unassigned", "unread", "open", "closed", "all"]
#: What is no fault of anybody's: somebody else was quicker, or moved the ticket out of one's sight.
QUICKER = {409: "changed meanwhile", 404: "out of sight meanwhile"}


class Person:
    """One member of staff in a browser of their own. Remembers the last list, to open something from it."""

    def __init__(self, browser, facts, dice):
        self.browser, self.facts, self.dice = browser, facts, dice
        self.numbers, self.page = [], None

    def do(self, deed):
        """(what was asked, its answer; both None when there was nothing to do it to)"""
        return getattr(self, deed.replace(" ", "_"))()

    def list(self):
        return self._list(f"{DESK}?view={self.dice.choice(VIEWS)}")

    def filter(self):
        name = self.dice.choice(["department", "priority", "type"])
        offered = options(self.page, name) if self.page else []
        return self._list(f"{DESK}?view=open&{name}={quote(self.dice.choice(offered)[1])}") if offered else self.list()

    def search(self):
        words = [word["query"] for kind in ("rare", "middle", "common", "phrase") for word in self.facts["words"].get(kind) or []]
        return self._list(f"{DESK}?view=all&q={quote(self.dice.choice(words))}")

    def open_ticket(self):
        return self._get(f"{DESK}tickets/{self.dice.choice(self.numbers)}/") if self.numbers else (None, None)

    def counters(self):
        return self._get(f"{DESK}counts/")

    def reply(self):
        return self._write("replies", text="We have looked into it and write again tomorrow.", mode="reply")

    def note(self):
        return self._write("notes", text="Called the customer, nobody answered.", mode="note")

    def close(self):
        return self._write("closure")

    def _get(self, address):
        request = Request(address)
        return request, self.browser.ask(request)

    def _list(self, address):
        request, answer = self._get(address)
        if answer.status == 200:
            self.page = answer.text
            self.numbers = ticket_numbers(self.page) or self.numbers
        return request, answer

    def _write(self, kind, **words):
        """On a page that is open before one: what is timed is the sending. Who may not do it here only reads."""
        if not self.numbers:
            return None, None
        address = f"{DESK}tickets/{self.dice.choice(self.numbers)}/"
        request, page = self._get(address)
        if page.status != 200:
            return request, page
        try:
            form = form_at(page.text, f"/{kind}/")
        except NoForm:
            return None, None
        time.sleep(self.dice.uniform(*THINKING))
        request = Request(f"{address}{kind}/", form.filled(**words))
        return request, self.browser.ask(request)


class Seat(threading.Thread):
    """One of the places at which somebody works."""

    def __init__(self, number, people, book, until):
        super().__init__(daemon=True)
        self.people, self.book, self.until = people, book, until
        self.dice = random.Random(number)

    def run(self):
        while time.monotonic() < self.until:
            person = self.people.get()
            for _deed in range(VISIT):
                if time.monotonic() > self.until:
                    break
                deed = self.dice.choices(list(DEEDS), DEEDS.values())[0]
                self.book.note(deed, person)
                time.sleep(self.dice.uniform(*THINKING))
            self.people.put(person)


class Book:
    """What was done, how long it took, and what went wrong."""

    def __init__(self):
        self.times, self.quicker, self.faults, self.left = defaultdict(list), Counter(), Counter(), 0
        self._lock = threading.Lock()

    def note(self, deed, person):
        try:
            request, answer = person.do(deed)
        except (Lost, OSError, ValueError, KeyError) as error:
            person.browser.close()
            with self._lock:
                self.faults[f"{deed}: {type(error).__name__} {error}"] += 1
            return
        with self._lock:
            if answer is None:
                self.left += 1
            elif answer.is_fine(request):
                self.times[deed].append(answer.seconds * 1000)
            elif answer.status in QUICKER and deed not in {"list", "filter", "search", "counters"}:
                self.quicker[QUICKER[answer.status]] += 1
            else:
                self.faults[f"{deed}: {answer.status}"] += 1


def work(ground, minutes):
    """The result of so many minutes of work on this ground."""
    facts, book, memory = ground.facts, Book(), []
    with ground.product() as product:
        signed_in = come_in({login: login for login in facts["staff"]}, facts["password"], "127.0.0.1", product.port)
        people = [Person(browser, facts, random.Random(number)) for number, browser in enumerate(signed_in.values())]
        tell(f"{ground.name}: {len(people)} people are signed in, {AT_ONCE} work at once for {minutes:g} minutes")
        seats, begun = Queue(), time.monotonic()
        for person in people:
            seats.put(person)
        working = [Seat(number, seats, book, begun + minutes * 60) for number in range(AT_ONCE)]
        memory.append(memory_of(product))
        for seat in working:
            seat.start()
        for minute in range(1, int(minutes) + 1):
            time.sleep(max(0, begun + minute * 60 - time.monotonic()))
            memory.append(memory_of(product))
            tell(
                f"  minute {minute}: {sum(map(len, book.times.values()))} deeds, {book.faults.total()} errors, {memory[-1]['web_pss'] / 1024**2:.0f} MiB"
            )
        for seat in working:
            seat.join()
    return {
        "database": ground.database,
        "size": ground.size,
        "minutes": minutes,
        "machine": description(),
        "server": database_version(ground.environment),
        "people": len(people),
        "deeds": {deed: spread(times) | {"count": len(times)} for deed, times in book.times.items()},
        "quicker": dict(book.quicker),
        "left": book.left,
        "faults": dict(book.faults),
        "memory": memory,
    }


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m scripts.bench.fifty_staff", description=__doc__)
    parser.add_argument(
        "--databases", nargs="+", choices=["sqlite", "postgres"], default=(os.environ.get("DATABASES") or "sqlite postgres").split()
    )
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--minutes", type=float, default=float(os.environ.get("MINUTES") or "10"))
    parser.add_argument("--into", type=Path, default=report.FOLDER)
    asked = parser.parse_args(arguments)
    errors = 0
    for database in asked.databases:
        with prepared(database, asked.size) as ground:
            result = work(ground, asked.minutes)
        report.keep_staff(asked.into, result)
        errors += sum(result["faults"].values())
    print(f"\n{errors} errors. The table is in {asked.into / 'fifty-staff.md'}.")
    return bool(errors)


if __name__ == "__main__":
    sys.exit(main())
