"""Journeys of staff in a real browser, by keyboard where that goes: how many keys and clicks each takes, and how long the product takes.

    python scripts/journeys.py            print the table
    python scripts/journeys.py --write    and keep it in docs/contributors/journeys.md

A chord (Ctrl+K) is one key; signs that are typed as text are counted apart. The seconds are those between the first key and the page that
says it is done, without anybody thinking or reading: a demo store in a browser on this machine.

To add a journey, write a function below with the decorator: its docstring is its line in the table. It is given `desk`: `keys(…)` and
`text(…)` and `click(…)` are counted, `page_comes()` waits for the page that follows. Where it begins stands in `start`, what the store must
be set to before in `with_store`.
"""

import os
import platform
import re
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402

from tests import browser  # noqa: E402
from tests.journeys.keyboard import Keyboard, ready  # noqa: E402
from tests.journeys.pages import choose_language, sign_in  # noqa: E402
from tests.live import LiveStack  # noqa: E402

FILE = ROOT / "docs" / "contributors" / "journeys.md"
OLGA = "olga@narvan.example"
MARKS = "<!-- the table -->", "<!-- end of the table -->"
LIST, TICKET = "/desk/?view=open&sort=newest&layout=comfortable", "ticket"
JOURNEYS = []
UNASSIGN = (
    "from accounts.models import User; from tickets.models import Ticket; from tickets.services.lifecycle import assign_ticket; "
    "olga = User.objects.get(email='olga@narvan.example'); "
    "[assign_ticket(each, to=None, by=olga) for each in Ticket.objects.still_open().filter(assignee__isnull=False).order_by('pk')[:6]]"
)


def journey(start, with_store=None):
    def add(walk):
        JOURNEYS.append((walk, start, with_store))
        return walk

    return add


class Desk:
    """Somebody at the desk. What was pressed and typed is counted."""

    def __init__(self, page):
        self.page, self.keyboard = page, Keyboard(page)
        self.signs = self.clicks = 0

    @property
    def pressed(self):
        return self.keyboard.pressed - self.signs

    def keys(self, *keys):
        self.keyboard.press(*keys)

    def text(self, text):
        self.keyboard.type(text)
        self.signs += len(text)

    def click(self, selector, **more):
        self.page.locator(selector, **more).first.click()
        self.clicks += 1

    @contextmanager
    def page_comes(self):
        """The page that follows on what is pressed inside has come and hears keys."""
        with self.page.expect_navigation():
            yield
        ready(self.page)

    def begin(self, start):
        self.page.goto(LIST if start == TICKET else start)
        ready(self.page)
        if start == TICKET:
            with self.page_comes():
                self.keys("j", "o")

    def seen(self, selector, **more):
        self.page.locator(selector, **more).first.wait_for()


@journey("/desk/")
def take_the_oldest(desk):
    """Take the oldest ticket that nobody has"""
    with desk.page_comes():
        desk.keys("g", "u")
    with desk.page_comes():
        desk.keys("j", "o")
    with desk.page_comes():
        desk.keys("i")


@journey(TICKET)
def answer_and_close(desk):
    """Answer with a prepared answer and close"""
    desk.keys("p")
    desk.seen(".menu-answers button[data-text]")
    desk.keys("Enter")
    with desk.page_comes():
        desk.keys("Ctrl+Shift+Enter")


@journey(TICKET)
def reply(desk):
    """Write a reply and send it"""
    desk.keys("r")
    desk.text("A new lid is on its way.")
    with desk.page_comes():
        desk.keys("Ctrl+Enter")


@journey(TICKET)
def note(desk):
    """Write a note"""
    desk.keys("n")
    desk.text("Third one of this batch.")
    with desk.page_comes():
        desk.keys("Ctrl+Enter")


@journey(TICKET)
def close(desk):
    """Close the ticket one reads"""
    with desk.page_comes():
        desk.keys("e")


@journey(TICKET)
def assign(desk):
    """Give it to a colleague"""
    desk.keys("a")
    desk.seen(".prop[open] menu-part button")
    desk.text("ve")
    with desk.page_comes():
        desk.keys("Enter")


@journey(TICKET)
def change_the_status(desk):
    """Change its status"""
    desk.keys("s")
    desk.seen(".prop[open] button[name=status]:focus")
    desk.keys("ArrowDown", "ArrowDown")
    with desk.page_comes():
        desk.keys("Enter")


@journey(TICKET)
def tag(desk):
    """Put a tag on it"""
    desk.keys("t")
    desk.seen(".add-tag input[name=names]:focus")
    desk.text("grinder")
    with desk.page_comes():
        desk.keys("Enter")


@journey("/desk/")
def find_by_number(desk):
    """Open a ticket by its number"""
    number = re.search(r"/desk/tickets/(\d+)/", desk.page.content())[1]
    desk.keys("Ctrl+k")
    desk.text(number)
    with desk.page_comes():
        desk.keys("Enter")


@journey("/desk/")
def find_a_customer(desk):
    """Find a customer"""
    desk.keys("Ctrl+k")
    desk.text("tomasz")
    desk.seen("[role=option]", has_text="Tomasz")
    with desk.page_comes():
        desk.keys("Enter")


@journey("/desk/")
def go_to_a_setting(desk):
    """Go to a setting"""
    desk.keys("Ctrl+k")
    desk.text("smtp")
    with desk.page_comes():
        desk.keys("Enter")


@journey("/desk/?view=unassigned&sort=oldest")
def oldest_answered_and_closed(desk):
    """Take the oldest ticket that nobody has, answer with a prepared answer, close"""
    with desk.page_comes():
        desk.keys("j", "o")
    with desk.page_comes():
        desk.keys("i")
    desk.keys("p")
    desk.seen(".menu-answers button[data-text]")
    desk.keys("Enter")
    with desk.page_comes():
        desk.keys("Ctrl+Shift+Enter")


@journey(LIST)
def close_several_and_undo(desk):
    """Close two tickets at once, and undo it"""
    with desk.page_comes():
        desk.keys("j", "x", "j", "x", "e")
    with desk.page_comes():
        desk.click("form[action$='/undo/'] button")


@journey(TICKET)
def snooze_until_tomorrow(desk):
    """Let it sleep until tomorrow morning"""
    desk.keys("z")
    desk.seen(".menu[open] button:focus")
    with desk.page_comes():
        desk.keys("Enter")


@journey(LIST)
def save_a_view(desk):
    """Save the list as a view"""
    desk.click(".filters-save summary")
    desk.click("#view_name")
    desk.text("Newest")
    with desk.page_comes():
        desk.keys("Enter")


@journey(TICKET)
def write_with_a_stroke(desk):
    """Answer with what / offers"""
    desk.keys("r")
    desk.text("/")
    desk.seen(".offer-list [role=option]")
    desk.keys("Enter")
    with desk.page_comes():
        desk.keys("Ctrl+Enter")


@journey(TICKET, with_store={"undo_seconds": 60})
def take_a_reply_back(desk):
    """Send a reply and take it back"""
    desk.keys("r")
    desk.text("A new lid.")
    with desk.page_comes():
        desk.keys("Ctrl+Enter")
    with desk.page_comes():
        desk.click("leave-soon button[type=submit]")


@journey("/desk/?view=open&q=Tomasz")
def merge(desk):
    """Find two tickets of one customer and merge them"""
    with desk.page_comes():
        desk.keys("j", "o")
    desk.keys("m")
    with desk.page_comes():
        desk.click(".menu[open] a[href$='/merge/']")
    desk.click(".pick")
    with desk.page_comes():
        desk.click("main .ends button")


@journey("/desk/?view=open&layout=board")
def move_a_card(desk):
    """Move a card of the board by its menu"""
    card = desk.page.locator(".card").first.get_attribute("data-number")
    desk.click(f".card[data-number='{card}'] summary")
    desk.click(f".card[data-number='{card}'] button[name=status]:not([aria-pressed=true], [disabled])")
    desk.page.locator(f".lane:nth-of-type(n+2) .card[data-number='{card}']:not(.is-moving)").wait_for()


def walk_all(stack, playwright):
    chromium = playwright.chromium.launch(executable_path=browser.find(), args=browser.ARGUMENTS)
    page = chromium.new_context(base_url=stack.url, viewport={"width": 1440, "height": 900}).new_page()
    sign_in(page, OLGA)
    choose_language(page, "en")
    page.goto("/desk/?view=unassigned&sort=oldest")
    for walk, start, with_store in JOURNEYS:
        desk = Desk(page)
        for name, value in (with_store or {}).items():
            stack.shell(f"from stores.models import Store; Store.objects.update({name}={value})")
        desk.begin(start)
        before, started = desk.pressed, time.monotonic()
        walk(desk)
        yield walk.__doc__, desk.pressed - before, desk.clicks, desk.signs, time.monotonic() - started
    chromium.close()


def main(arguments):
    with tempfile.TemporaryDirectory() as folder:
        # Where the tests keep the demo store that every product of a run starts from.
        os.environ["TEST_RUN_FOLDER"] = folder
        with LiveStack() as stack, sync_playwright() as playwright:
            stack.shell(UNASSIGN)
            lines = ["| journey | keys | clicks | signs typed | seconds |", "|---|---|---|---|---|"]
            for words, keys, clicks, signs, seconds in walk_all(stack, playwright):
                lines.append(f"| {words} | {keys} | {clicks or '-'} | {signs} | {seconds:.1f} |")
    table = "\n".join(lines)
    print(table)
    if "--write" in arguments:
        text = FILE.read_text(encoding="utf-8")
        head, tail = text.split(MARKS[0])[0], text.split(MARKS[1])[1]
        machine = f"Measured with {platform.python_implementation()} {platform.python_version()} on {os.cpu_count()} cores, in Chromium, on SQLite."
        FILE.write_text(f"{head}{MARKS[0]}\n{table}\n\n{machine}\n{MARKS[1]}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
