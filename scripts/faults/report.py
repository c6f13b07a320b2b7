"""docs/benchmarks/faults.md: the newest full result of each experiment on each database, with the machine and the load beside it."""

import json

from scripts.bench.machine import description
from scripts.faults.line import NAMES
from tests.live import ROOT

PLACE = ROOT / "docs/benchmarks/faults.md"
HEAD = """# Nothing lost, nothing twice

Written by `python -m scripts.faults`; [what each experiment does](../contributors/faults.md). Lost: accepted by us and never taken by the mail server.
Doubled: taken more than once, always under one Message-ID. Times are p50 / p95 / longest.
"""


def keep(lines, *, quick, place=PLACE):
    """Put these results beside those that are there. Small ones, and those that broke off, are not kept: they prove nothing."""
    if quick:
        return
    data = place.with_suffix(".json")
    kept = json.loads(data.read_text()) if data.exists() else {}
    machine = description()
    for line in (one for one in lines if one.n):
        kept[f"{line.name} | {line.database}"] = {name: value for name, value in vars(line).items() if name != "took"} | {
            "machine": machine
        }
    data.write_text(json.dumps(kept, indent=1, ensure_ascii=False, default=str) + "\n")
    place.write_text(page(kept))


def page(kept):
    found = [HEAD]
    for database, name in NAMES.items():
        rows = sorted((one for one in kept.values() if one["database"] == database), key=lambda one: one["name"])
        if rows:
            found += [f"\n## {name}\n", *_table(rows), "", *(line for row in rows for line in _figures(row))]
    found += ["\n## On what\n", *sorted({_machine(one) for one in kept.values()})]
    return "\n".join(found) + "\n"


def _table(rows):
    yield "| experiment | n | lost | doubled | errors | seconds | kept its promise | load before |"
    yield "|---|--:|--:|--:|--:|--:|---|--:|"
    for row in rows:
        verdict = "yes" if not row["broken"] else "**no**: " + "; ".join(row["broken"]).replace("|", "/").replace("\n", " ")
        yield f"| {row['name']} | {row['n']} | {row['lost']} | {row['doubled']} | {row['errors']} | {row['seconds']:.0f} | {verdict} | {row['load']} |"


def _figures(row):
    yield f"**{row['name']}**"
    yield ""
    for what, value in row["figures"].items():
        yield f"- {what}: {value}"
    yield ""


def _machine(row):
    facts = row["machine"]
    return (
        f"- {facts['at']}, commit `{facts['commit']}`: {facts['processor']}, {facts['cores']} cores, {facts['memory']}, {facts['system']}"
    )
