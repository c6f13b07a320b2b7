"""How soon open pages hear of a change, and what they cost: 200 streams on two web processes, embedded and on PostgreSQL with Redis.

    python -m scripts.bench.live_pages                                 both; the table goes to docs/benchmarks/live.md
    python -m scripts.bench.live_pages --stores embedded --pages 50 --changes 20 --into -

Half of the pages show one of eight tickets, half a list. Another process, which is none of the web servers, writes notes; each page keeps
when it heard of each. Delay: from the commit to the last byte of the sentence on the page's connection. Twenty-five people have eight pages each.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import time
from contextlib import ExitStack
from datetime import date

import psutil

from scripts.bench.memory import _pss
from tests.live import ROOT, LiveStack
from tests.servers import Postgres, Redis, new_database

PROCESSES, PAGES_OF_A_PERSON, TICKETS = 2, 8, 8
MAKE = """
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from accounts.sessions import SessionStore
from customers.models import Customer
from departments.models import Department
from permissions.rights import RoleKey
from permissions.services import grant_role
from tickets.services.lifecycle import open_ticket
users, sessions = get_user_model().objects, []
department = Department.objects.filter(responsible__email="alice@narvan.example").get()
for number in range({people}):
    person = users.create_user(name=f"Person {{number}}", email=f"person{{number}}@narvan.example", password=None, is_staff=True)
    grant_role(person, department, RoleKey.SUPPORTER)
    store = SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = "accounts.backends.AccountBackend"
    store.save()
    sessions.append(store.session_key)
kasia = Customer.objects.get(email="kasia@mail.example")
tickets = [open_ticket(store=department.stores.get(), department=department, customer=kasia, subject="It rattles", text="A lot.") for _ in range({tickets})]
print(json.dumps({{"sessions": sessions, "tickets": [ticket.number for ticket in tickets]}}))
"""
WRITE = """
import sys, time
from django.contrib.auth import get_user_model
from tickets.models import Ticket, TicketEvent
from tickets.services.lifecycle import add_note
alice = get_user_model().objects.get(email="alice@narvan.example")
tickets = list(Ticket.objects.filter(number__in={numbers}))
for number in range({changes}):
    ticket = tickets[number % len(tickets)]
    began = time.time()
    add_note(ticket, text=f"Change {{number}}.", by=alice)
    now = time.time()
    event = ticket.events.order_by("-pk").values_list("pk", flat=True).first()
    print(event, ticket.number, began, now, flush=True)
    time.sleep({pause})
"""


class Page:
    """One open stream. `heard`: {event id or number of ticket: the moment}."""

    def __init__(self, port, session, number=""):
        self.port, self.session, self.number = port, session, number
        self.hello, self.heard, self.task = asyncio.Event(), [], None

    async def open(self):
        reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        query = f"?ticket={self.number}" if self.number else ""
        head = f"GET /desk/live/{query} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: session={self.session}\r\nAccept: text/event-stream\r\n\r\n"
        self.writer.write(head.encode())
        status = await reader.readline()
        if b" 200 " not in status:
            raise RuntimeError(f"no stream: {status!r}")
        self.task = asyncio.create_task(self.listen(reader))
        await asyncio.wait_for(self.hello.wait(), 60)

    async def listen(self, reader):
        name = ""
        while line := await reader.readline():
            if line.startswith(b"event: "):
                name = line[7:].strip().decode()
                if name == "hello":
                    self.hello.set()
            elif line.startswith(b"data: ") and name in {"ticket", "tickets"}:
                self.heard.append((time.time(), name, json.loads(line[6:])))

    def delays(self, written):
        """Seconds from each commit to the sentence that told of it; None for a change of which it never heard."""
        for event, number, began, moment in written:
            if self.number and number != self.number:
                continue
            told = (at for at, name, facts in self.heard if at > began and self.tells(name, facts, event, number))
            yield next((max(0, at - moment) for at in told), None)

    def tells(self, name, facts, event, number):
        if self.number:
            return name == "ticket" and facts["event"] >= event
        return name == "tickets" and number in facts["numbers"]


async def measure(stack, asked):
    people = -(-asked.pages // PAGES_OF_A_PERSON)
    made = json.loads(stack.shell(MAKE.format(people=people, tickets=TICKETS)).splitlines()[-1])
    for _ in range(2):  # both processes have loaded what they need
        warm = [Page(stack.port, session) for session in made["sessions"]]
        await asyncio.gather(*(page.open() for page in warm))
        for page in warm:
            page.task.cancel()
            page.writer.close()
    await asyncio.sleep(2)
    before = memory(stack)
    pages = [
        Page(stack.port, made["sessions"][place // PAGES_OF_A_PERSON], made["tickets"][place % TICKETS] if place % 2 else "")
        for place in range(asked.pages)
    ]
    started = time.monotonic()
    for place in range(0, len(pages), 20):
        await asyncio.gather(*(page.open() for page in pages[place : place + 20]))
    opening = time.monotonic() - started
    await asyncio.sleep(3)
    cpu = processor(stack)
    await asyncio.sleep(10)
    idle = (processor(stack) - cpu) / 10
    cpu, started = processor(stack), time.monotonic()
    code = WRITE.format(numbers=made["tickets"], changes=asked.changes, pause=asked.pause)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", code,
        cwd=ROOT, env=stack.environment(), stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said = (await process.communicate())[0].decode().split("\n")
    await asyncio.sleep(8)
    busy = (processor(stack) - cpu) / asked.changes
    written = [
        (int(event), number, float(began), float(moment)) for event, number, began, moment in (line.split() for line in said if line)
    ]
    delays = [delay for page in pages for delay in page.delays(written)]
    heard = sorted(delay for delay in delays if delay is not None)
    after = memory(stack)
    closing = time.monotonic()
    stack.process.terminate()
    await asyncio.to_thread(stack.process.wait, 40)
    closing = time.monotonic() - closing
    for page in pages:
        page.task.cancel()
        page.writer.close()
    return {
        "pages": len(pages),
        "changes": len(written),
        "told": len(heard),
        "not heard of": len(delays) - len(heard),
        "delay p50, ms": round(1000 * statistics.median(heard)),
        "delay p95, ms": round(1000 * heard[int(len(heard) * 0.95)]),
        "delay, longest, ms": round(1000 * heard[-1]),
        "memory of both web processes, no page open, MiB": round(before / 2**20),
        "with the pages open, MiB": round(after / 2**20),
        "a page, KiB": round((after - before) / len(pages) / 1024),
        "opening all, s": round(opening, 1),
        "processor while nothing happens, % of a core": round(100 * idle, 1),
        "processor for a change, ms": round(1000 * busy, 1),
        "stopping the server with all pages open, s": round(closing, 1),
    }


def web_processes(stack):
    parent = psutil.Process(stack.process.pid)
    return sorted(parent.children(), key=lambda child: (child.create_time(), child.pid))[:PROCESSES]


def memory(stack):
    return sum(_pss(process) for process in web_processes(stack))


def processor(stack):
    return sum(sum(process.cpu_times()[:2]) for process in web_processes(stack))


def run(store, asked):
    with ExitStack() as servers:
        environment = {"WEB_PROCESSES": PROCESSES, "LOG_LEVEL": "WARNING"}
        if store == "redis":
            postgres, redis = servers.enter_context(Postgres()), servers.enter_context(Redis())
            environment["DATABASE_URL"] = servers.enter_context(new_database(postgres.url(), "live_pages"))
            environment["REDIS_URL"] = redis.url()
        stack = LiveStack(demo=False, **environment)
        stack.demo = True  # it fills its database itself
        stack.data.mkdir(parents=True, exist_ok=True)
        stack.patience = 300
        servers.enter_context(stack)
        result = asyncio.run(measure(stack, asked))
        said = stack.log.read_text(errors="replace")
        result["complaints in the log"] = sum("ERROR" in line or "Traceback" in line for line in said.splitlines())
        return result


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stores", nargs="+", default=["embedded", "redis"], choices=["embedded", "redis"])
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--changes", type=int, default=60)
    parser.add_argument("--pause", type=float, default=0.4)
    parser.add_argument("--into", default=str(ROOT / "docs/benchmarks/live.md"))
    parser.add_argument("--remark", default="The machine did nothing else meanwhile.")
    asked = parser.parse_args(arguments)
    load = os.getloadavg()[0]
    results = {store: run(store, asked) for store in asked.stores}
    text = table(results, load, asked)
    print(text)
    if asked.into != "-":
        with open(asked.into, "w", encoding="utf-8") as file:
            file.write(text)
    return any(result["not heard of"] for result in results.values())


def table(results, load, asked):
    names = {"embedded": "SQLite, no Redis", "redis": "PostgreSQL and Redis"}
    rows = list(next(iter(results.values())))
    lines = [f"| {row} | {' | '.join(str(result[row]) for result in results.values())} |" for row in rows]
    return "\n".join(
        [
            "# Open pages that hear what is new",
            "",
            f"Written by `python -m scripts.bench.live_pages` on {date.today()}. Two cores; load before the run {load:.1f}. {asked.remark}",
            "",
            "Two web processes; half of the pages show one of eight tickets, half a list; 25 people. The changes are written by another process,",
            "one every 0.4 s. Delay: from the commit to the sentence on the page's connection, over all pages and changes.",
            "",
            f"| | {' | '.join(names[store] for store in results)} |",
            f"|---|{'--:|' * len(results)}",
            *lines,
            "",
            "Queries for a change: four in each web process, however many pages are open (`tests/backoffice/live/test_looking.py`); then each page",
            "that shows the ticket asks for itself, by the queries of the ticket page.",
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
