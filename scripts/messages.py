"""The words to translate: `messages.py` collects them into locale/, `messages.py --check` says what is not in order.

The check needs no gettext for what is in the files: nothing untranslated, fuzzy or obsolete, every plural
form there, every placeholder kept. Whether the files hold all words of the code is compared by collecting
them anew in a copy, which needs GNU gettext.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
COLLECT = ["--all", "--no-obsolete", "--no-wrap", "--add-location", "file", "--verbosity", "0"]
IGNORE = [".venv*", "data*", "tests*", "scripts*", "static/vendor*", "docs*"]
SHOWN = 40
PLURAL_FORMS = {"en": 2, "fa": 2, "pl": 3, "ru": 3}
PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]?\d*(?:\.\d+)?[a-zA-Z]|%[sd]|\{\w*\}")


def main(arguments):
    if arguments == ["--check"]:
        faults = [*faults_in_files(), *differences_to_code()]
        print("\n".join(faults[:SHOWN]))
        if len(faults) > SHOWN:
            print(f"… and {len(faults) - SHOWN} more.")
        return bool(faults)
    if not has_gettext():
        sys.exit("Collecting words needs GNU gettext: sudo apt-get install gettext")
    collect(ROOT)
    return 0


def files(root=ROOT):
    return sorted(root.glob("locale/*/LC_MESSAGES/*.po"))


def faults_in_files():
    for path in files():
        language = path.parts[-3]
        for entry in polib.pofile(str(path)):
            if fault := fault_in(entry, PLURAL_FORMS.get(language, 2)):
                yield f"{path.relative_to(ROOT)}:{entry.linenum}: {fault}: {entry.msgid[:80]!r}"


def fault_in(entry, plural_forms):
    if entry.obsolete:
        return "obsolete"
    if entry.fuzzy:
        return "fuzzy"
    forms = [entry.msgstr_plural.get(number, "") for number in range(plural_forms)] if entry.msgid_plural else [entry.msgstr]
    if not all(forms):
        return "untranslated"
    if "python-format" in entry.flags or "python-brace-format" in entry.flags:
        # One plural form may leave the number out ("one file"), but none may bring a placeholder nobody fills.
        known = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
        if any(set(PLACEHOLDER.findall(form)) - known for form in forms):
            return "has a placeholder the original does not have"
        if any(not entry.msgid_plural and set(PLACEHOLDER.findall(form)) != known for form in forms):
            return "lost a placeholder"
    return "" if entry.msgid.startswith("\n") == forms[0].startswith("\n") else "begins with another line break than the original"


def differences_to_code():
    """Words of the code that the files lack, and words in the files that the code does not have any more."""
    if not has_gettext():
        yield "The words of the code could not be compared: GNU gettext is missing (sudo apt-get install gettext)."
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        copy_sources(copy)
        collect(copy)
        for path in files():
            here, there = words(path), words(copy / path.relative_to(ROOT))
            yield from (f"{path.relative_to(ROOT)}: not collected yet (make messages): {word!r}" for word in sorted(there - here))
            yield from (f"{path.relative_to(ROOT)}: no longer in the code (make messages): {word!r}" for word in sorted(here - there))


def words(path):
    return {f"{entry.msgctxt or ''}|{entry.msgid}|{entry.msgid_plural}" for entry in polib.pofile(str(path))}


def copy_sources(folder):
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    for name in filter(None, listed.split("\0")):
        if name.endswith((".py", ".html", ".txt", ".po")) and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)


def collect(folder):
    ignore = [part for pattern in IGNORE for part in ("--ignore", pattern)]
    # Without settings: the words do not depend on an installation.
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run([sys.executable, "-m", "django", "makemessages", *COLLECT, *ignore], cwd=folder, env=environment, check=True)


def has_gettext():
    if not shutil.which("xgettext") and os.environ.get("CI") == "true" and os.geteuid() == 0 and shutil.which("apt-get"):
        for words_ in (["update"], ["install", "-y", "gettext"]):
            subprocess.run(["apt-get", *words_], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return bool(shutil.which("xgettext"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
