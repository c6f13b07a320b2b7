"""What is measured: each page with the budget it falls under, who asks for it, and how.

A page is asked for by any browser (scripts/bench/browser.py over the wire for the times, Django's own for the queries): `request`
may look at other pages first, and only what it returns is measured.
"""

import itertools
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from scripts.bench.browser import Request
from scripts.bench.forms import NoForm, form_at, link, ticket_numbers

DESK = "/desk/"
DEEP = 40  # pages after the first
PRIORITY_HIGH = 30
#: As the lists offer them (backoffice/tickets/lists.py); what a list does not offer is left out.
ORDERS = ["deadline", "newest", "oldest", "opened-newest", "opened-oldest", "priority"]


class NotThere(Exception):
    """The set or the product has no such page. It stands in the table, without a time."""


@dataclass
class Page:
    key: str
    group: str
    name: str
    who: str
    request: callable  # (browser) -> Request
    budget: str = ""  # a key of scripts/bench/budgets.py
    most: int = 0  # rounds, where the product refuses more in ten minutes; 0: as many as asked for
    walks: bool = False  # each round asks for another page
    finds: bool = False  # the set holds what is asked for: an answer without a ticket is wrong, however quick
    may_lack: bool = False  # when the product has none of it, nobody needs to read so


def pages(facts, only=""):
    """What there is to measure of this set, group by group. `only`: a pattern; pages with another key are left out."""
    every = [lists, filters, tickets, searches, portal, writing]
    return [page for group in every for page in group(facts) if re.fullmatch(only or ".*", page.key)]


def at(address):
    return lambda browser: Request(address)


def lists(facts):
    views = ["mine", "unassigned", "unread", "open", "closed", "all"]
    for who in ("everything", "mixed"):
        for view in views:
            yield Page(f"list:{view}:{who}", "Lists, first page", view, who, at(f"{DESK}?view={view}"), "list")
    yield Page("list:open:one_status", "Lists, first page", "open", "one_status", at(f"{DESK}?view=open"), "list")
    yield Page("list:all:one_status", "Lists, first page", "all", "one_status", at(f"{DESK}?view=all"), "list")
    for who in ("everything", "mixed"):
        for layout in ("dense", "board"):
            address = f"{DESK}?view=open&layout={layout}"
            yield Page(f"layout:{layout}:{who}", "Lists, other layouts", f"open, {layout}", who, at(address), "list")
        yield Page(f"day:{who}", "Lists, other layouts", "My day", who, at(f"{DESK}day/"), "day")
    for who in ("everything", "mixed"):
        for view in ("open", "all"):
            start = f"{DESK}?view={view}"
            walk = Walk(start)
            yield Page(f"walk:{view}:{who}", "Lists, deep", f"{view}, pages 2 to {DEEP + 1}", who, walk, "list", DEEP, walks=True)
            yield Page(f"deep:{view}:{who}", "Lists, deep", f"{view}, page {DEEP + 1}", who, Deep(walk), "list")
            yield Page(f"last:{view}:{who}", "Lists, deep", f"{view}, last page", who, Last(start), "list")


class Walk:
    """One page further each time, by the page's own link, and at the end of the list its last one again."""

    def __init__(self, start):
        self.start, self.visited = start, []

    def __call__(self, browser):
        here = self.visited[-1] if self.visited else self.start
        found = link(browser.get(here).text, "next")
        if not found and not self.visited:
            raise NotThere("the list has one page")
        if not found:
            return Request(self.visited[-1])
        self.visited.append(urljoin(self.start, found))
        return Request(self.visited[-1])


class Deep:
    """The page that DEEP steps of the walk lead to, always the same."""

    def __init__(self, walk):
        self.walk = walk

    def __call__(self, browser):
        while len(self.walk.visited) < DEEP:
            before = len(self.walk.visited)
            self.walk(browser)
            if len(self.walk.visited) == before:
                raise NotThere("the list has fewer pages")
        return Request(self.walk.visited[DEEP - 1])


class Last:
    def __init__(self, start):
        self.start, self.found = start, ""

    def __call__(self, browser):
        if not self.found:
            address = link(browser.get(self.start).text, "last")
            if not address:
                raise NotThere("there is no link to the last page")
            self.found = urljoin(self.start, address)
        return Request(self.found)


def filters(facts):
    """Each filter and each order a list offers, as the page itself offers them."""
    group = "Lists, narrowed and sorted"
    for who in ("everything", "mixed"):
        for name in ("department", "type", "field"):
            yield Page(f"filter:{name}:{who}", group, f"open, one {name}", who, Offered("open", name), "list")
            yield Page(f"filter:{name}:all:{who}", group, f"all, one {name}", who, Offered("all", name), "list")
        yield Page(f"filter:priority:{who}", group, "open, high priority", who, at(f"{DESK}?view=open&priority={PRIORITY_HIGH}"), "list")
        since = facts["until"][:4]
        yield Page(f"filter:since:{who}", group, "all, since New Year", who, at(f"{DESK}?view=all&since={since}-01-01"), "list")
        for view in ("open", "all"):
            for order in ORDERS:
                yield Page(f"sort:{view}:{order}:{who}", group, f"{view}, {order} first", who, Sorted(view, order), "list", may_lack=True)


class Offered:
    """The list narrowed by the first answer its page offers for this filter."""

    def __init__(self, view, name):
        self.start, self.name, self.found = f"{DESK}?view={view}", name, ""

    def __call__(self, browser):
        if not self.found:
            answers = options(browser.get(self.start).text, self.name)
            if not answers:
                raise NotThere(f"the list offers no {self.name}")
            name, value = answers[0]
            self.found = f"{self.start}&{name}={quote(value)}"
        return Request(self.found)


class Sorted:
    """The list in one of the orders its page offers."""

    def __init__(self, view, order):
        self.start, self.order, self.is_offered = f"{DESK}?view={view}", order, False

    def __call__(self, browser):
        self.is_offered = self.is_offered or ("sort", self.order) in options(browser.get(self.start).text, "sort")
        if not self.is_offered:
            raise NotThere("the list does not offer this order")
        return Request(f"{self.start}&sort={self.order}")


def options(text, name):
    """[(name of the input, value)] of what the filters offer. “field” is any of the owner's own fields."""
    found = []
    for select in re.finditer(r'<select\b[^>]*\bname="([^"]+)"[^>]*>(.*?)</select>', text, re.S):
        given = select[1]
        fits = given == name or (name == "field" and given not in {"department", "priority", "type", "sort", "view", "status", "assignee"})
        if fits:
            found += [(given, value) for value in re.findall(r'<option\b[^>]*\bvalue="([^"]+)"', select[2])]
    return found


def tickets(facts):
    group = "Tickets"
    for key, words, budget in (("messages_5", "5 messages", "ticket"), ("messages_200", "200 messages", "long ticket")):
        ticket = facts["tickets"].get(key)
        if ticket:
            address = f"{DESK}tickets/{ticket['number']}/"
            yield Page(f"ticket:{key}", group, words, "everything", at(address), budget)
    ticket = facts["tickets"].get("open")
    if ticket:
        address = f"{DESK}tickets/{ticket['number']}/"
        yield Page("ticket:open:everything", group, "an open one", "everything", at(address), "ticket")
    yield Page("ticket:open:mixed", group, "an open one", "mixed", FirstOpen(), "ticket")
    yield Page("counters", group, "counters of the side", "everything", at(f"{DESK}counts/"), "counters")
    yield Page("counters:mixed", group, "counters of the side", "mixed", at(f"{DESK}counts/"), "counters")


class FirstOpen:
    """The ticket that stands first in the list of open ones, always the same."""

    def __init__(self):
        self.found = ""

    def __call__(self, browser):
        if not self.found:
            self.found = f"{DESK}tickets/{open_tickets(browser)[0]}/"
        return Request(self.found)


def open_tickets(browser):
    """Numbers from the first page of the open ones."""
    found = ticket_numbers(browser.get(f"{DESK}?view=open").text)
    if not found:
        raise NotThere("no open ticket is in sight")
    return found


def searches(facts):
    words = facts["words"]

    def first(kind, number=0):
        found = words.get(kind) or []
        return found[min(number, len(found) - 1)]["query"] if found else ""

    customer = facts["customers"].get("with_account") or {}
    kinds = {"rare": "rare", "middle": "middle", "function": "function", "phrase": "phrase", "order": "number"}
    held = {"number", "customer", "mail"} | {
        key for key, kind in kinds.items() if any(word["tickets"] for word in (words.get(kind) or [])[:1])
    }
    held |= {f"common {n + 1}" for n, word in enumerate(words.get("common", [])) if word["tickets"]}
    asked = [
        ("rare", "a rare word", first("rare"), "search"),
        ("middle", "a word of one in a hundred", first("middle"), "search"),
        *(
            (f"common {n + 1}", f"a common word ({n + 1})", first("common", n), "common search")
            for n in range(len(words.get("common", [])))
        ),
        ("function", "a word nearly everybody uses", first("function"), "common search"),
        ("phrase", "a phrase", first("phrase"), "search"),
        ("order", "an order number", first("number"), "search"),
        ("number", "a ticket's number", (facts["tickets"].get("messages_5") or {}).get("number", ""), "search"),
        ("customer", "a customer's name", customer.get("name", ""), "search"),
        ("mail", "a customer's address", customer.get("email", ""), "search"),
        ("two", "two words", f"{first('common')} {first('middle')}", "search"),
        ("operators", "words and operators", f"{first('common')} is:unread after:{facts['until'][:4]}-01-01 -{first('rare')}", "search"),
        ("nothing", "what nobody wrote", "qzxjwvk", "search"),
    ]
    for key, name, query, budget in asked:
        for who in ("everything", "mixed") if key in {"rare", "common 1", "phrase", "function"} else ("everything",):
            if query.strip():
                finds = who == "everything" and key in held
                yield Page(f"search:{key}:{who}", "Search", name, who, at(f"{DESK}?view=all&q={quote(query)}"), budget, finds=finds)
    yield Page("search:rare:one_status", "Search", "a rare word", "one_status", at(f"{DESK}?view=all&q={quote(first('rare'))}"), "search")


def writing(facts):
    group = "Writing"
    yield Page("reply", group, "a reply", "everything", Reply("replies"), "write")
    yield Page("reply:mixed", group, "a reply", "mixed", Reply("replies"), "write")
    yield Page("note", group, "a note", "everything", Reply("notes"), "write")
    yield Page("new", group, "a new request, by a customer", "customer", NewRequest(), "write", 18)
    yield Page("export", group, "asking for a file of the list", "everything", Export(), "", 3)


class Reply:
    """The sending alone: each time another open ticket's page is fetched first, for its one-time key. Where one may not write, the next."""

    def __init__(self, kind):
        self.kind, self.numbers = kind, None

    def __call__(self, browser):
        if self.numbers is None:
            self.numbers = itertools.cycle(open_tickets(browser))
        for number in itertools.islice(self.numbers, 50):
            address = f"{DESK}tickets/{number}/"
            try:
                form = form_at(browser.get(address).text, f"/{self.kind}/")
            except NoForm:
                continue
            meant = "note" if self.kind == "notes" else "reply"
            return Request(f"{address}{self.kind}/", form.filled(text="We look into it and write again tomorrow.", mode=meant))
        raise NoForm(f"no open ticket may be written to ({self.kind})")


class NewRequest:
    def __init__(self):
        self.address = ""

    def __call__(self, browser):
        if not self.address:
            self.address = "/tickets/new/"
            answer = browser.follow(browser.get(self.address), self.address)
            choice = re.search(r"/tickets/new/(\d+)/", answer.text)
            if not choice:
                raise NotThere("no department takes requests")
            self.address = f"/tickets/new/{choice[1]}/"
        form = form_at(browser.get(self.address).text, "subject")
        return Request(self.address, form.filled(subject="The grinder rattles", text="It rattles since Monday, louder each day."))


class Export:
    """Asking for the file; what makes it works elsewhere, and on a short list, so that it is done before anything else is measured."""

    address = f"{DESK}tickets/export/?view=mine&priority={PRIORITY_HIGH}"

    def __call__(self, browser):
        return Request(self.address, form_at(browser.get(self.address).text, "form_key").filled())


def portal(facts):
    group, who = "Portal", "customer"
    yield Page("portal:home", group, "home", "visitor", at("/"))
    yield Page("portal:home:customer", group, "home", who, at("/"))
    yield Page("portal:list", group, "my requests", who, at("/tickets/"), "portal list")
    ticket = facts["tickets"].get("of_account")
    if ticket:
        yield Page("portal:ticket", group, "one request", who, at(f"/tickets/{ticket['number']}/"), "")
    yield Page("portal:faq", group, "FAQ", "visitor", at("/faq/"), "faq")
    yield Page("portal:faq:entry", group, "one answer", "visitor", at(f"/faq/{facts['bench']['faq_entry']}/"), "faq")
    yield Page("portal:faq:search", group, "FAQ, searched", "visitor", at("/faq/?q=order"), "")
