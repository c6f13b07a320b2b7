"""One measuring of one database at one size, kept after every group of pages, so that an interrupted run is not lost."""

import json
import subprocess
from contextlib import ExitStack
from itertools import groupby

from scripts.bench.browser import Browser, Request
from scripts.bench.machine import database_version, description
from scripts.bench.measuring import CLIENTS, WARM, Failed, spread, throughput, time_page
from scripts.bench.memory import memory_of
from scripts.bench.pages import NotThere, pages
from scripts.bench.sign_ins import sign_in_all
from scripts.bench.telling import tell
from scripts.bench.weight import weigh

#: The pages of a working day, for eight clients at once.
MIX = [
    "list:open:mixed",
    "list:mine:everything",
    "filter:priority:mixed",
    "ticket:messages_5",
    "ticket:open:mixed",
    "search:rare:everything",
]
MIX += ["search:common 1:mixed", "portal:list", "portal:home", "portal:faq", "list:all:everything", "deep:all:everything", "reply"]
WEIGHED = {
    "portal home": ("visitor", "/"),
    "FAQ": ("visitor", "/faq/"),
    "my requests": ("customer", "/tickets/"),
    "desk list": ("everything", "/desk/"),
}


class Run:
    """`result` is what is kept of it: see docs/contributors/benchmarks.md."""

    def __init__(self, ground, *, command, rounds, cap, seconds, keep, only=""):
        self.only = only
        self.ground, self.rounds, self.cap, self.seconds, self.keep = ground, rounds, cap, seconds, keep
        self.bare_times = []
        self.result = {
            "database": ground.database,
            "size": ground.size,
            "command": command,
            "machine": description(),
            "server": database_version(ground.environment),
            "set": ground.facts["rows"] | {"seconds": ground.facts.get("seconds")},
            "bare": {},
            "rows": {},
            "finished": False,
        }

    def measure(self):
        facts = self.ground.facts
        with ExitStack() as running:
            tell(f"{self.ground.name}: starting the server")
            product, bare = running.enter_context(self.ground.product()), running.enter_context(self.ground.bare())
            host, port = "127.0.0.1", product.port
            self.browsers = sign_in_all(facts, host, port)
            self._prepare_bare(bare, facts)
            everything = pages(facts, self.only)
            for group, members in groupby(everything, key=lambda page: page.group):
                tell(f"{self.ground.name}: {group}")
                for page in members:
                    self._time(page)
                self.result["bare"] = (spread(self.bare_times) if self.bare_times else {}) | {"rounds": len(self.bare_times)}
                self.keep(self.result)
            self._throughput(everything, host, port)
            self._weigh()
            self.result["memory"] = memory_of(product)
            self.keep(self.result)
        self._count_queries(product.port)
        self.result["finished"] = True
        self.keep(self.result)
        return self.result

    @property
    def failures(self):
        return [f"{row['name']} ({row['who']}): {row['fault']}" for row in self.result["rows"].values() if row.get("fault")]

    def _prepare_bare(self, bare, facts):
        # The session of whoever sees everything is as good there: same database, same key.
        self.bare_browser = Browser("127.0.0.1", bare.port, cookies=self.browsers["everything"].cookies)
        self.bare_request = Request("/bare/{}/{}/".format(*facts["bench"]["place"]))
        answer = self.bare_browser.ask(self.bare_request)
        if answer.status != 200 or answer.text.count("<tr>") < min(50, facts["rows"]["tickets"] // 200):
            raise RuntimeError(f"The bare view does not answer as it should: {answer.status}, {answer.text.count('<tr>')} rows")
        for _time in range(WARM):
            self._bare()
        self.bare_times.clear()

    def _bare(self):
        """One more asking of the bare view, in milliseconds."""
        self.bare_times.append(self.bare_browser.ask(self.bare_request).seconds * 1000)
        return self.bare_times[-1]

    def _time(self, page):
        row = {"group": page.group, "name": page.name, "who": page.who, "budget": page.budget}
        if page.who not in self.browsers:
            row["not_there"] = "the set has no such person"
        else:
            try:
                row |= time_page(page, self.browsers[page.who], rounds=self.rounds, cap=self.cap, bare=self._bare)
            except NotThere as reason:
                if page.may_lack:
                    return
                row["not_there"] = str(reason)
            except Failed as fault:
                row["fault"] = str(fault)
                tell(f"  {page.name} ({page.who}) FAILED: {fault}")
        self.result["rows"][page.key] = row

    def _throughput(self, everything, host, port):
        tell(f"{self.ground.name}: {CLIENTS} clients at once")
        fine = {key for key, row in self.result["rows"].items() if row.get("p50")}
        mix = [page for page in everything if page.key in MIX and page.key in fine]
        sign_ins = {who: browser.cookies for who, browser in self.browsers.items()}
        if mix:
            self.result["throughput"] = throughput(mix, sign_ins, host, port, seconds=self.seconds) | {"clients": CLIENTS}

    def _weigh(self):
        self.result["weight"] = {name: weigh(self.browsers[who], place) for name, (who, place) in WEIGHED.items() if who in self.browsers}

    def _count_queries(self, port):
        tell(f"{self.ground.name}: counting queries")
        try:
            done = self.ground.run("-m", "scripts.bench.queries", self.only, PORT=str(port), capture_output=True, text=True)
        except subprocess.CalledProcessError as error:
            tell(f"  queries could not be counted:\n{error.stderr[-2000:]}")
            return
        if done.stderr.strip():
            tell(f"  not counted:\n{done.stderr.strip()}")
        for key, number in json.loads(done.stdout.splitlines()[-1]).items():
            if key in self.result["rows"]:
                self.result["rows"][key]["queries"] = number
