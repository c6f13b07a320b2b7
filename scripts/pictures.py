"""Takes the pictures of the README and of docs/ from the demo store: docs/pictures/*.png.

Run it after a change of the face: .venv/bin/python scripts/pictures.py [part of a name …]
"""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from tests import browser  # noqa: E402
from tests.journeys.pages import PAGES, choose_language, first, go, sign_in  # noqa: E402
from tests.live import LiveStack  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 780}
# file, page, who reads it, language, theme, size
PICTURES = [
    ("portal-home-en-light", "my home", None, "en", "light", DESKTOP),
    ("portal-new-request-en-light", "answers", None, "en", "light", DESKTOP),
    ("portal-conversation-fa-phone", "my conversation", "nour@mail.example", "fa", "light", PHONE),
    ("survey-pl-phone", "survey", None, "pl", "dark", PHONE),
    ("desk-ticket-en-light", "ticket", None, "en", "light", DESKTOP),
    ("control-workflow-en-light", "workflow", None, "en", "light", DESKTOP),
    ("control-guide-fa-phone", "guide", None, "fa", "light", PHONE),
    ("control-rights-en-light", "rights of a person", None, "en", "light", DESKTOP),
    ("control-rights-fa-phone", "rights of a person", None, "fa", "light", PHONE),
]
# What staff look at all day: each in two languages and both themes, as desk-board-fa-dark.
DESK = {
    "list": "all open",
    "dense": "inbox, dense",
    "board": "inbox, board",
    "ticket": "ticket of Kasia",
    "customer": "customer",
    "palette": "palette over the list",
    "day": "my day",
    "ratings": "ratings",
}


def reader_of(name, language):
    """Reports are the owner's; the rest is what staff see who speak that language."""
    if name == "ratings":
        return None
    return "negar@narvan.example" if language == "fa" else "alice@narvan.example"


PICTURES += [
    (
        f"desk-{name}-{language}-{theme}",
        page,
        reader_of(name, language),
        language,
        theme,
        DESKTOP,
    )
    for name, page in DESK.items()
    for language in ("en", "fa")
    for theme in ("light", "dark")
    if (name, language, theme) != ("ticket", "en", "light")
]


def open_palette(page):
    page.locator("html[data-keys-ready]").wait_for(state="attached")
    page.keyboard.press("Control+k")
    page.keyboard.type("grinder")
    page.locator("[role=option]").nth(1).wait_for()


def refuse_errors(response):
    """A page that is not there makes no picture."""
    if response.request.is_navigation_request() and response.status >= 400:
        raise RuntimeError(f"{response.status} at {response.url}")


OWN_PAGES = {
    "ticket of Kasia": (None, ["/desk/?view=open&layout=comfortable&q=grinder", first("main .row a[href^='/desk/tickets/']")]),
    "palette over the list": (None, ["/desk/?view=open&layout=comfortable", open_palette]),
    "all open": (None, ["/desk/?view=open&layout=comfortable"]),
}


def main():
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        # Where the tests keep the demo store that every product of a run starts from.
        os.environ["TEST_RUN_FOLDER"] = folder
        take_all(sys.argv[1:])


def take_all(wanted):
    with LiveStack() as stack, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=browser.ARGUMENTS)
        signed_in = {None: None}
        for name, page_name, reader, language, theme, size in PICTURES:
            if wanted and not any(part in name for part in wanted):
                continue
            who, steps = OWN_PAGES.get(page_name) or PAGES[page_name]
            reader = reader or who
            if reader not in signed_in:
                # Once each: who signs in too often has to wait.
                context = chromium.new_context(base_url=stack.url)
                sign_in(context.new_page(), reader)
                signed_in[reader] = context.storage_state()
                context.close()
            context = chromium.new_context(
                base_url=stack.url, viewport=size, color_scheme=theme, device_scale_factor=1.5, storage_state=signed_in[reader]
            )
            page = context.new_page()
            page.on("response", refuse_errors)
            choose_language(page, language)
            for step in steps:
                if step is open_palette:
                    open_palette(page)
                else:
                    go(page, [step], stack)
            page.wait_for_timeout(300)
            place = FOLDER / f"{name}.png"
            page.screenshot(path=place)
            Image.open(place).convert("P", palette=Image.Palette.ADAPTIVE, colors=192).save(place, optimize=True)
            print(f"{place.relative_to(ROOT)}  {place.stat().st_size // 1024} KB")
            context.close()


if __name__ == "__main__":
    main()
