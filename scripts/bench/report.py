"""The tables in docs/benchmarks/, made from results.json beside them: one page per database and size, and an overview."""

import json
from itertools import groupby

from scripts.bench import budgets
from tests.live import ROOT

FOLDER = ROOT / "docs" / "benchmarks"
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
PEOPLE = {
    "everything": "sees everything",
    "mixed": "mixed rights",
    "few_rights": "few rights",
    "one_status": "one department, one status",
    "customer": "a customer",
    "visitor": "a visitor",
}
#: What the best of the others needed, measured by us at 100,000 tickets on a like machine: {budget: words}
PEERS = {
    "list": "FreeScout 50 ms, 21 queries; django-helpdesk 752 ms, 249 queries (7 s at a million)",
    "ticket": "osTicket 35 ms",
    "write": "osTicket 20 ms (a reply)",
    "search": "osTicket 20 ms (a rare word)",
    "portal list": "osTicket 14 ms (my tickets)",
}


def load(folder):
    path = folder / "results.json"
    return json.loads(path.read_text()) if path.exists() else {"runs": {}}


def keep(folder, result):
    """Put the run among the others, in place of the one before, and draw its page."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = load(folder)
    kept["runs"][f"{result['database']}-{result['size']}"] = result
    part = folder / "results.json.part"
    part.write_text(json.dumps(kept, indent=1) + "\n")
    part.replace(folder / "results.json")
    (folder / f"{result['database']}-{result['size']}.md").write_text(page(result))


def write(folder):
    """Draw everything anew."""
    runs = load(folder)["runs"]
    for name, result in runs.items():
        (folder / f"{name}.md").write_text(page(result))
    if runs:
        (folder / "README.md").write_text(overview(runs))


def page(run):
    bare = run["bare"].get("p50")
    lines = [f"# {NAMES[run['database']]}, {run['size']:,} tickets", "", *_made(run), ""]
    if bare:
        lines += [
            f"The bare view: **{bare:.1f} ms** (p95 {run['bare']['p95']:.1f} ms, {run['bare']['rounds']} rounds). Every budget is a multiple of it, "
            "as it was between the rounds of each page.",
            "",
        ]
    for group, rows in groupby(run["rows"].values(), key=lambda row: row["group"]):
        lines += [
            f"## {group}",
            "",
            "| page | who | tickets shown | p50 ms | p95 ms | × bare | promised | queries | promised | |",
            "|---|---|--:|--:|--:|--:|--:|--:|--:|---|",
        ]
        lines += [_row(row) for row in rows] + [""]
    return "\n".join([*lines, *_whole(run)]) + "\n"


def _made(run):
    rows = ", ".join(f"{number:,} {name}" for name, number in run["set"].items() if number and name not in {"tickets", "seconds"})
    at = f"{run['machine']['at']}, commit `{run['machine']['commit']}`, by `{run['command']}`."
    return [
        at + ("" if run["finished"] else " **This run did not come to its end.**"),
        _where(run["machine"], run["server"]),
        f"The set: {rows}.",
    ]


def _where(machine, server):
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    return f"{machine['processor']}, {machine['cores']} cores, {machine['memory']}, {machine['system']}. {server}, {versions}. Load before: {machine['load']}."


def _row(row):
    name, who = row["name"], PEOPLE[row["who"]]
    if not row.get("p50"):
        words = f"**FAILED**: {row['fault']}" if row.get("fault") else f"not measured: {row['not_there']}"
        return f"| {name} | {who} | – | – | – | – | – | – | – | {words.replace('|', '/')} |"
    _words, times, queries = budgets.PAGES.get(row["budget"], ("", 0, 0))
    judged = "; ".join(dict.fromkeys(str(verdict) for verdict in sorted(budgets.verdicts(row), key=lambda each: each.is_met)))
    cells = [
        name,
        who,
        str(row["shown"] or ""),
        f"{row['p50']:.1f}",
        f"{row['p95']:.1f}",
        f"{budgets.multiple(row):.1f}",
        f"≤ {times:g}" if times else "–",
    ]
    counted = "not counted" if queries and row.get("queries") is None else str(row.get("queries", "–"))
    cells += [counted, f"≤ {queries}" if queries else "–", _shorter(judged)]
    return "| " + " | ".join(cells) + " |"


def _shorter(judged):
    """A page that misses one promise is not told that it keeps the other."""
    parts = judged.split("; ")
    return "; ".join(part for part in parts if part != "met") or judged


def _whole(run):
    lines = []
    if flow := run.get("throughput"):
        lines += [
            "## Eight clients at once",
            "",
            f"{flow['pages_per_second']:.0f} pages a second (p50 {flow.get('p50', 0):.0f} ms, p95 {flow.get('p95', 0):.0f} ms), {flow['errors']} errors.",
            "",
        ]
    if weight := run.get("weight"):
        lines += ["## On the wire", "", "| page | cold KiB | warm KiB | files |", "|---|--:|--:|--:|"]
        lines += [
            f"| {name} | {each['cold'] / 1024:.1f} | {each['warm'] / 1024:.1f} | {each['files']} |" for name, each in weight.items()
        ] + [""]
    if memory := run.get("memory"):
        lines += [
            "## Memory after the run",
            "",
            f"Both web processes {memory['web_pss'] / 1024**2:.0f} MiB, everything {memory['all_pss'] / 1024**2:.0f} MiB (PSS).",
        ]
        lines += [""]
    judged = budgets.size_verdicts(run)
    if judged:
        lines += ["| promise | at most | measured | |", "|---|--:|--:|---|"]
        lines += [f"| {name} | {each.promised:.0f}{each.unit} | {each.measured:.1f}{each.unit} | {each} |" for name, each in judged.items()]
    return lines


def overview(runs):
    ordered = sorted(runs.values(), key=lambda run: (run["database"], run["size"]))
    lines = ["# How quick it is", "", "Made by `make bench`; [what the figures mean](../contributors/benchmarks.md).", ""]
    lines += [
        f"- [{NAMES[run['database']]}, {run['size']:,} tickets]({run['database']}-{run['size']}.md): {_made(run)[0]}" for run in ordered
    ]
    lines += [
        "",
        "## Each promise, by the worst page under it",
        "",
        *_promises(ordered),
        "",
        "## The same at any size",
        "",
        *_flat(runs),
        "",
    ]
    return "\n".join(lines)


def _promises(runs):
    heads = [f"{NAMES[run['database']]} {run['size']:,}" for run in runs]
    lines = [
        "| promise | at most | " + " | ".join(heads) + " | the best of the others at 100,000 ¹ |",
        "|---|--:|" + "---|" * (len(runs) + 1),
    ]
    bare = [f"{run['bare']['p50']:.1f} ms" if run["bare"].get("p50") else "–" for run in runs]
    lines.append(f"| the bare view | – | {' | '.join(bare)} | |")
    for key, (words, times, queries) in budgets.PAGES.items():
        lines.append(f"| {words} | {times:g} × | {' | '.join(_worst(run, key) for run in runs)} | {PEERS.get(key, '')} |")
        if queries:
            lines.append(f"| … queries | {queries} | {' | '.join(_most_queries(run, key, queries) for run in runs)} | |")
    for name in ("portal page, cold", "portal page, warm", "both web processes"):
        found = [budgets.size_verdicts(run).get(name) for run in runs]
        some = next((each for each in found if each), None)
        if some:
            lines.append(
                f"| {name} | {some.promised:.0f}{some.unit} | "
                + " | ".join(f"{each.measured:.1f}{each.unit}: {each}" if each else "–" for each in found)
                + " | |"
            )
    flow = [f"{run['throughput']['pages_per_second']:.0f}" if run.get("throughput") else "–" for run in runs]
    lines.append(f"| pages a second, eight clients | – | {' | '.join(flow)} | |")
    lines.append(f"| pages that failed | 0 | {' | '.join(str(sum('fault' in row for row in run['rows'].values())) for run in runs)} | |")
    lines.append(
        f"| pages that were not measured | – | {' | '.join(str(sum('not_there' in row for row in run['rows'].values())) for run in runs)} | |"
    )
    return [*lines, "", "¹ Measured by us at 100,000 tickets on a like machine."]


def _worst(run, key):
    rows = [row for row in run["rows"].values() if row["budget"] == key and row.get("p50")]
    if not rows:
        return "–"
    worst = max(rows, key=budgets.multiple)
    verdict = budgets.Verdict(budgets.PAGES[key][1], budgets.multiple(worst))
    over = sum(budgets.multiple(row) > verdict.promised for row in rows)
    words = f"{verdict.measured:.1f} × ({worst['p50']:.0f} ms, {worst['name']}, {PEOPLE[worst['who']]}): {verdict}"
    return words + (f", {over} of {len(rows)} pages" if over else "")


def _most_queries(run, key, promised):
    counts = [row["queries"] for row in run["rows"].values() if row["budget"] == key and row.get("queries") is not None]
    return f"{max(counts)}: {budgets.Verdict(promised, max(counts), ' queries')}" if counts else "–"


def _flat(runs):
    lines = []
    for database in dict.fromkeys(run["database"] for run in runs.values()):
        judged = budgets.flatness(runs, database)
        sizes = sorted(run["size"] for run in runs.values() if run["database"] == database)
        if not judged:
            continue
        rows = runs[f"{database}-{sizes[-1]}"]["rows"]
        steep = sorted(((each.measured, key) for key, each in judged.items() if not each.is_met), reverse=True)
        lines += [
            f"**{NAMES[database]}**, the multiple at {sizes[-1]:,} against that at {sizes[0]:,}: at most {budgets.FLAT:g} × was promised; "
            f"{len(judged) - len(steep)} of {len(judged)} pages keep it.",
            "",
        ]
        if steep:
            lines += [
                "| page | who | × |",
                "|---|---|--:|",
                *(f"| {rows[key]['group']}: {rows[key]['name']} | {PEOPLE[rows[key]['who']]} | {times:.1f} |" for times, key in steep),
                "",
            ]
    return lines or ["Only one size was measured."]


def keep_staff(folder, result):
    """Put a working day of fifty staff among the results, and draw its page."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "fifty-staff.json"
    kept = json.loads(path.read_text()) if path.exists() else {}
    kept[result["database"]] = result
    path.write_text(json.dumps(kept, indent=1) + "\n")
    (folder / "fifty-staff.md").write_text(
        "\n".join(["# Fifty staff at work", "", *(line for each in kept.values() for line in _day(each))]) + "\n"
    )


def _day(day):
    minutes = [each["web_pss"] / 1024**2 for each in day["memory"]]
    total = sum(each["count"] for each in day["deeds"].values())
    faults, quicker = sum(day["faults"].values()), ", ".join(f"{number} × {words}" for words, number in day["quicker"].items()) or "none"
    lines = [
        f"## {NAMES[day['database']]}, {day['size']:,} tickets",
        "",
        f"{day['people']} people with mixed rights, twenty at once, {day['minutes']:g} minutes. {_where(day['machine'], day['server'])}",
        "",
        "| deed | times | p50 ms | p95 ms |",
        "|---|--:|--:|--:|",
        *(f"| {deed} | {each['count']} | {each['p50']:.0f} | {each['p95']:.0f} |" for deed, each in sorted(day["deeds"].items())),
        "",
        f"{total} deeds, **{faults} errors**" + "".join(f"; {number} × {words}" for words, number in day["faults"].items()) + ".",
        f"{day['left']} times there was nothing to do it to: no ticket in sight, or no right to write there.",
        f"Somebody else was quicker (no error, said on the page): {quicker}.",
        "",
        "Both web processes, MiB (PSS), at the start and after each minute: " + ", ".join(f"{each:.0f}" for each in minutes) + ".",
    ]
    if len(minutes) > 4:
        grown = minutes[-1] / minutes[3] * 100 - 100
        word = "met" if grown <= 5 else f"**missed** by {grown - 5:.1f} per cent"
        lines.append(f"From the third minute to the last {grown:+.1f} per cent (at most 5 was promised): {word}.")
    return [*lines, ""]
