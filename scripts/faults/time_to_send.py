"""How long a message takes: from the click, and from the answer of the page, until the mail server has taken it."""

import time
from contextlib import ExitStack

import httpx

from scripts.bench.forms import form_at
from scripts.faults.ground import part_of
from scripts.faults.line import Line, middle_and_worst


def run(grounds, *, messages=200, pause=0.3):
    with grounds.product() as product, ExitStack() as parts:
        made = product.run("make_customers", messages + 5)
        # The whole under one parent, as `make run` has it, or each part by itself.
        names = [None] if grounds.database == "sqlite" else ["web", "worker", "clock"]
        web, *_others = [parts.enter_context(part_of(product, name, SWEEP_SECONDS=20)) for name in names]
        started, sent = time.monotonic(), {}
        for number, session in zip(made["numbers"], made["sessions"], strict=True):
            with httpx.Client(base_url=web.url, cookies={"session": session}, timeout=30) as browser:
                form = form_at(browser.get(f"/tickets/{number}/").text, "text")
                clicked = time.monotonic()
                browser.post(f"/tickets/{number}/replies/", data=form.filled(text="Any news?"))
                sent[number] = (clicked, time.monotonic())
            time.sleep(pause)
        product.wait_until_quiet(60)
        for number in made["numbers"][:5]:  # everything is loaded then
            del sent[number]
        moments = product.server.moments_by_message_id()
        rows = {row["ticket__number"]: moments[row["message_id"]] for row in product.deliveries() if row["channel"] == "mail"}
        line = Line("Time to the mail server", grounds.database, len(sent), sum(not rows.get(number) for number in sent), 0)
        line.doubled = sum(len(taken) - 1 for taken in rows.values() if taken)
        line.seconds = time.monotonic() - started
        arrived = {number: rows[number][0] for number in sent if rows.get(number)}
        line.figures = {
            "from the click (p50 / p95 / longest)": middle_and_worst([moment - sent[number][0] for number, moment in arrived.items()]),
            "from the answer": middle_and_worst([max(0, moment - sent[number][1]) for number, moment in arrived.items()]),
            "POST": middle_and_worst([answered - clicked for clicked, answered in sent.values()]),
        }
        line.expect(line.lost == 0 and line.doubled == 0, "lost or doubled")
        return line
