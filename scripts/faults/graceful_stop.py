"""F-21: web and worker are told to stop (SIGTERM) under load, and started again. No request fails, no message is lost, doubled or late.

The web server's socket is held by somebody else, as systemd holds it, so who comes meanwhile waits in line.
"""

import itertools
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from threading import Event, Thread

import httpx

from scripts.bench.forms import form_at
from scripts.faults.ground import part_of
from scripts.faults.line import Line, middle_and_worst
from tests.faults.product import ROOT
from tests.servers import die_with_parent

PEOPLE = 4


class HeldSocket:
    """A listening socket that outlives the servers behind it."""

    def __enter__(self):
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = self.socket.getsockname()[1]
        return self

    def __exit__(self, *_):
        self.socket.close()


class Web:
    """`manage.py start --only web` on a socket it is handed."""

    def __init__(self, product, held, log):
        # A small program takes this process' place, so that the process id in LISTEN_PID is the one that listens.
        code = (
            "import os, sys; os.dup2(int(sys.argv[1]), 3); os.set_inheritable(3, True);"
            "os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS='1');"
            "os.execv(sys.executable, [sys.executable, 'manage.py', 'start', '--only', 'web'])"
        )
        environment = product.environment | {"PORT": str(held.port), "ENV_FILE": os.devnull, "WEB_PROCESSES": "2"}
        number, self.port = held.socket.fileno(), held.port
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, str(number)], cwd=ROOT, env=environment, pass_fds=[number], stdout=log, stderr=log,
            start_new_session=True, preexec_fn=die_with_parent,  # noqa: PLW1509
        )  # fmt: skip

    def wait(self):
        """Until it answers; whoever asks stands in line so long."""
        httpx.get(f"http://127.0.0.1:{self.port}/healthz", timeout=90)
        return self

    def stop(self):
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        return time.monotonic() - started


class Load:
    """People who answer their requests, each on connections of its own, until it is `over`. An answer is a 302."""

    def __init__(self, base, made):
        self.over, self.posted, self.failed, self.took = Event(), 0, [], []
        made = list(zip(made["numbers"], made["sessions"], strict=True))
        self.threads = [Thread(target=self._go_on, args=(base, made[place::PEOPLE])) for place in range(PEOPLE)]
        for thread in self.threads:
            thread.start()

    def _go_on(self, base, made):
        for number, session in itertools.cycle(made):
            if self.over.is_set():
                return
            started = time.monotonic()
            try:
                with httpx.Client(base_url=base, cookies={"session": session}, timeout=60, headers={"Connection": "close"}) as browser:
                    form = form_at(browser.get(f"/tickets/{number}/").text, "text")
                    status = browser.post(f"/tickets/{number}/replies/", data=form.filled(text="Any news?")).status_code
                if status == 302:
                    self.posted += 1
                else:
                    self.failed.append(status)
            except Exception as error:  # noqa: BLE001  every error is the finding
                self.failed.append(repr(error)[:100])
            self.took.append(time.monotonic() - started)
            time.sleep(0.1)

    def end(self):
        self.over.set()
        for thread in self.threads:
            thread.join()


def run(grounds, *, seconds=25, stops=4):
    with grounds.product(delay=0.3) as product, HeldSocket() as held, ExitStack() as parts:
        made = product.run("make_customers", 40)
        log = parts.enter_context(product.log.open("ab"))
        web = Web(product, held, log).wait()
        clock = parts.enter_context(part_of(product, "clock"))
        worker = parts.enter_context(part_of(product, "worker"))
        started, stopping = time.monotonic(), {"web": [], "worker": []}
        load = Load(f"http://127.0.0.1:{held.port}", made)
        try:
            for _number in range(stops):
                time.sleep(seconds / stops / 2)
                stopping["web"].append(web.stop())
                web = Web(product, held, log).wait()
                time.sleep(seconds / stops / 2)
                wait_for_mails(product)
                begun = time.monotonic()
                worker.stop()
                stopping["worker"].append(time.monotonic() - begun)
                held_by_nobody = sum(row["state"] == "sending" for row in product.deliveries())
                worker.start()
        finally:
            load.end()
        quiet = product.wait_until_quiet(120)
        web.stop()
        clock.stop()
        return _line(product, grounds, load, stops, stopping, held_by_nobody, quiet, time.monotonic() - started)


def wait_for_mails(product, more=3):
    """The worker is up and at work."""
    enough, last_moment = len(product.server.accepted) + more, time.monotonic() + 60
    while len(product.server.accepted) < enough and time.monotonic() < last_moment:
        time.sleep(0.02)


def _line(product, grounds, load, stops, stopping, held_by_nobody, quiet, seconds):
    rows, accepted = product.deliveries(), product.server.by_message_id()
    mails = [row for row in rows if row["channel"] == "mail"]
    line = Line("F-21 told to stop", grounds.database, load.posted, sum(row["message_id"] not in accepted for row in mails), 0)
    line.doubled, line.errors, line.seconds = sum(accepted.values()) - len(accepted), len(load.failed), seconds
    line.figures = {
        "stops of each": stops, "mails": len(mails), "second attempts": sum(row["attempts"] > 1 for row in mails),
        "page and answer (p50 / p95 / longest)": middle_and_worst(load.took),
        "web stopped in": f"{max(stopping['web']):.1f} s", "worker stopped in": f"{max(stopping['worker']):.1f} s", "quiet after": f"{quiet:.1f} s",
    }  # fmt: skip
    line.expect(not load.failed, f"requests failed: {load.failed[:3]}")
    line.expect(line.lost == 0 and {row["state"] for row in mails} == {"sent"}, "messages lost")
    line.expect(line.doubled == 0, "messages doubled")
    line.expect(held_by_nobody == 0, "a worker that was told to stop left a row in its hands")
    line.expect(len(mails) == load.posted, f"{load.posted} answers, {len(mails)} mails")
    return line
