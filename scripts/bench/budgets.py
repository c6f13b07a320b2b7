"""What was promised, and by how much it is missed. Times are multiples of the bare view's median in the same run."""

from dataclasses import dataclass

#: {budget: (what it is for, times the bare view at most, queries at most; 0 = no promise)}
PAGES = {
    "list": ("a list of tickets, any filter, any order, any depth", 2.5, 10),
    "ticket": ("a ticket's page", 3, 15),
    "long ticket": ("a ticket's page with 200 messages", 6, 15),
    "write": ("sending a reply, a note or a new request", 3, 0),
    "search": ("a search: rare word, phrase, number, customer", 3, 0),
    "common search": ("a search: common word", 9, 0),
    "counters": ("the counters beside a list, fetched after it", 4, 0),
    "day": ("My day", 4, 10),
    "portal list": ("a customer's own requests", 2, 8),
    "faq": ("the FAQ", 1.2, 0),
}
FLAT = 1.5  # the median at a million against the median at ten thousand
COLD_BYTES, WARM_BYTES = 150 * 1024, 15 * 1024
WEB_MEMORY = 160 * 1024 * 1024


@dataclass
class Verdict:
    """One promise and what was measured of it, both in the same unit."""

    promised: float
    measured: float
    unit: str = ""

    @property
    def is_met(self):
        return self.measured <= self.promised

    def __str__(self):
        if self.is_met:
            return "met"
        return f"**missed** by {self.measured - self.promised:.{0 if self.unit else 1}f}{self.unit or ' ×'}"


def multiple(row):
    """A page's median as a multiple of the bare view's, asked between its rounds."""
    return row["p50"] / row["bare"]


def verdicts(row):
    """The promises of one measured page: its time, then its queries. Empty for pages nobody promised anything of."""
    _words, times, queries = PAGES.get(row["budget"], ("", 0, 0))
    found = []
    if times and row.get("p50"):
        found.append(Verdict(times, multiple(row)))
    if queries and row.get("queries") is not None:
        found.append(Verdict(queries, row["queries"], " queries"))
    return found


def size_verdicts(run):
    """{what: Verdict} of a whole run: weight on the wire and memory."""
    found = {}
    weight, memory = run.get("weight", {}), run.get("memory", {})
    portal = weight.get("portal home")
    if portal:
        found["portal page, cold"] = Verdict(COLD_BYTES / 1024, portal["cold"] / 1024, " KiB")
        found["portal page, warm"] = Verdict(WARM_BYTES / 1024, portal["warm"] / 1024, " KiB")
    if memory:
        found["both web processes"] = Verdict(WEB_MEMORY / 1024**2, memory["web_pss"] / 1024**2, " MiB")
    return found


def flatness(runs, database):
    """{page: Verdict} between the smallest and the largest size measured of a database, when there are two."""
    sizes = sorted((run["size"], run) for run in runs.values() if run["database"] == database)
    if len(sizes) < 2:
        return {}
    small, large = sizes[0][1]["rows"], sizes[-1][1]["rows"]
    return {
        key: Verdict(FLAT, multiple(row) / multiple(small[key]))
        for key, row in large.items()
        if row.get("p50") and small.get(key, {}).get("p50")
    }


def missed(run):
    """How many promises this run breaks."""
    of_pages = [verdict for row in run["rows"].values() for verdict in verdicts(row)]
    return sum(not verdict.is_met for verdict in [*of_pages, *size_verdicts(run).values()])
