"""Takes the README's pictures from the demo store: docs/pictures/*.png.

Run it after a change of the face: .venv/bin/python scripts/pictures.py
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
from tests.journeys.pages import PAGES, choose_language, go, sign_in  # noqa: E402
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
    ("desk-inbox-fa-dark", "inbox", "negar@narvan.example", "fa", "dark", DESKTOP),
]


def main():
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        # Where the tests keep the demo store that every product of a run starts from.
        os.environ["TEST_RUN_FOLDER"] = folder
        take_all()


def take_all():
    with LiveStack() as stack, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=browser.ARGUMENTS)
        for name, page_name, reader, language, theme, size in PICTURES:
            who, steps = PAGES[page_name]
            context = chromium.new_context(base_url=stack.url, viewport=size, color_scheme=theme, device_scale_factor=1.5)
            page = context.new_page()
            if reader or who:
                sign_in(page, reader or who)
            choose_language(page, language)
            go(page, steps, stack)
            page.wait_for_timeout(300)
            place = FOLDER / f"{name}.png"
            page.screenshot(path=place)
            Image.open(place).convert("P", palette=Image.Palette.ADAPTIVE, colors=192).save(place, optimize=True)
            print(f"{place.relative_to(ROOT)}  {place.stat().st_size // 1024} KB")
            context.close()


if __name__ == "__main__":
    main()
