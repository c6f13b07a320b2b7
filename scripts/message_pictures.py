"""Every message as a picture and a text: mails at a phone's width, light and dark, their plain text, SMS with their parts counted.

    .venv/bin/python scripts/message_pictures.py FOLDER              all of them, one file each
    .venv/bin/python scripts/message_pictures.py FOLDER --docs       and docs/messages.md with its sheets
    … --width 320                                                    a narrower phone

The store is the demo's, in a folder of its own, unless DATA_DIR names another installation.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

LANGUAGES, THEMES = ("en", "fa", "pl", "ru"), ("light", "dark")
NAMES = {"en": "English", "fa": "Persian", "pl": "Polish", "ru": "Russian"}
SHEET = ROOT / "docs" / "pictures" / "messages"
COLUMNS, TILE = 7, 260


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--docs", action="store_true")
    parser.add_argument("--width", type=int, default=390)
    wanted = parser.parse_args()
    os.environ.setdefault("SITE_URL", "https://help.narvan.example")
    os.environ["DJANGO_SETTINGS_MODULE"] = "helpdesk.settings"
    with tempfile.TemporaryDirectory() as folder:
        if "DATA_DIR" not in os.environ:
            os.environ["DATA_DIR"] = folder
            for command in (["compilemessages", "-v0"], ["migrate", "-v0"], ["seed_demo"]):
                subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        take_all(wanted)


def take_all(wanted):
    import django
    from playwright.sync_api import sync_playwright

    from tests import browser

    django.setup()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    from scripts.message_samples import samples
    from stores.models import Store

    store = Store.objects.default()
    everything = {language: samples(store, language) for language in LANGUAGES}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=browser.ARGUMENTS)
        page = chromium.new_page(viewport={"width": wanted.width, "height": 400})
        for language, theme in ((language, theme) for language in LANGUAGES for theme in THEMES):
            place = wanted.folder / f"{language}-{theme}"
            place.mkdir(parents=True, exist_ok=True)
            page.emulate_media(color_scheme=theme)
            for sample in everything[language]:
                page.set_content(sample.html)
                if page.evaluate("document.documentElement.scrollWidth") > wanted.width:
                    print(f"{language} {sample.name}: wider than {wanted.width} pixels")
                page.screenshot(path=place / f"{sample.name}.png", full_page=True)
            if wanted.docs:
                write_sheet(place, everything[language], SHEET / f"{language}-{theme}.png")
        chromium.close()
    for language in LANGUAGES:
        write_texts(wanted.folder / language, everything[language])
    if wanted.docs:
        write_gallery(everything)


def write_texts(place, samples):
    place.mkdir(parents=True, exist_ok=True)
    for sample in samples:
        (place / f"{sample.name}.txt").write_text(f"{sample.subject}\n\n{sample.text}", encoding="utf-8")
        if sample.sms:
            (place / f"{sample.name}.sms.txt").write_text(f"{sample.sms}\n\n{counted(sample)}\n", encoding="utf-8")


def counted(sample):
    length = sample.length
    return f"{length.parts} part{'s' * (length.parts != 1)}, {length.units} signs, {length.alphabet}"


def write_sheet(place, samples, target):
    """All mails of one language and theme side by side, each with its name."""
    from PIL import Image, ImageDraw

    tiles = []
    for sample in samples:
        picture = Image.open(place / f"{sample.name}.png").convert("RGB")
        tiles.append((sample.name, picture.resize((TILE, round(picture.height * TILE / picture.width)), Image.Resampling.LANCZOS)))
    columns = [[] for _number in range(COLUMNS)]
    for tile in tiles:
        min(columns, key=lambda column: sum(picture.height + 30 for _name, picture in column)).append(tile)
    height = max(sum(picture.height + 30 for _name, picture in column) for column in columns)
    sheet = Image.new("RGB", (COLUMNS * (TILE + 12) + 12, height + 12), "#8a9499")
    draw = ImageDraw.Draw(sheet)
    for number, column in enumerate(columns):
        left, top = 12 + number * (TILE + 12), 12
        for name, picture in column:
            draw.text((left, top), name, fill="#11181b")
            sheet.paste(picture, (left, top + 14))
            top += picture.height + 30
    target.parent.mkdir(parents=True, exist_ok=True)
    sheet.convert("P", palette=Image.Palette.ADAPTIVE, colors=48).save(target, optimize=True)
    print(f"{target.relative_to(ROOT)}  {target.stat().st_size // 1024} KB")


def write_gallery(everything):
    """docs/messages.md: what each message is called, says in its subject, and costs as an SMS, in every language."""
    lines = [
        "# Every message",
        "",
        "Made by `scripts/message_pictures.py --docs` from the texts of the product and made-up facts; change those, not this file.",
        "When each of them leaves, and to whom, stands in the settings (*Who hears what*, *Texts*).",
        "",
    ]
    for language in LANGUAGES:
        lines += [f"## {NAMES[language]}", ""]
        lines += [f"![All mails in {NAMES[language]}, {theme}](pictures/messages/{language}-{theme}.png)" for theme in THEMES]
        lines += ["", "| Message | Subject | SMS | |", "|---|---|---|---|"]
        for sample in everything[language]:
            sms = f"{cell(sample.sms)} | {counted(sample)}" if sample.sms else " | "
            lines.append(f"| {sample.name} | {cell(sample.subject)} | {sms} |")
        lines.append("")
    (ROOT / "docs" / "messages.md").write_text("\n".join(lines), encoding="utf-8")


def cell(words):
    return words.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    main()
