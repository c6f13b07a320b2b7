"""Brings in what the pages borrow from others: fonts, icons, htmx. A tool for developers; nothing of it runs in production.

    python scripts/vendor.py            fetch the npm packages named here (needs npm and a network), cut, write, list
    python scripts/vendor.py --check    compare every file with its hash in static/vendor/VENDOR.md (offline)

Fonts are cut to the letters our four languages write, so a page loads one file of some 25-35 KB.
"""

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
LIST = STATIC / "vendor" / "VENDOR.md"

PACKAGES = {
    "inter-ui": ("4.1.1", "OFL-1.1"),
    "vazirmatn": ("33.0.3", "OFL-1.1"),
    "bootstrap-icons": ("1.13.2", "MIT"),
    "htmx.org": ("2.0.10", "0BSD"),
    "squire-rte": ("2.4.8", "MIT"),
}

PUNCTUATION = "U+2010-2014,U+2018-201A,U+201C-201E,U+2022,U+2026,U+202F,U+2039-203A,U+20AC,U+2116,U+2190-2193,U+2212,U+2248,U+2264-2265"
PERSIAN = (
    "U+0020-007E,U+00A0,U+00AB,U+00B7,U+00BB,U+00D7,U+060C,U+061B,U+061F,U+0621-063A,U+0640-0655,U+0660-066C,U+0670,U+067E,U+0686,"
    "U+0698,U+06A9,U+06AF,U+06C0,U+06CC,U+06D5,U+06F0-06F9,U+200C-200F,U+2010-2014,U+2018-201D,U+2022,U+2026,U+202A-202E,"
    "U+2066-2069,U+2190-2193,U+2212"
)
# file: (package, path inside, letters, features)
INTER = "variable/InterVariable.woff2"
VAZIRMATN = "fonts/variable/Vazirmatn[wght].ttf"
LATIN_FEATURES = "kern locl tnum".split()
PERSIAN_FEATURES = "init medi fina isol rlig calt mark mkmk kern locl tnum ccmp".split()
FONTS = {
    "fonts/inter-latin.woff2": ("inter-ui", INTER, f"U+0020-007E,U+00A0-00FF,{PUNCTUATION}", LATIN_FEATURES),
    "fonts/inter-polish.woff2": (
        "inter-ui",
        INTER,
        "U+0104-0107,U+0118-0119,U+0141-0144,U+015A-015B,U+0179-017C,U+0100-0103,U+010C-0113,U+0160-0161,U+017D-017E",
        LATIN_FEATURES,
    ),
    "fonts/inter-russian.woff2": (
        "inter-ui",
        INTER,
        "U+0401,U+0410-044F,U+0451,U+0404,U+0406-0407,U+0454,U+0456-0457,U+0490-0491",
        LATIN_FEATURES,
    ),
    "fonts/vazirmatn-persian.woff2": (
        "vazirmatn",
        VAZIRMATN,
        PERSIAN,
        PERSIAN_FEATURES,
    ),
}
# file: (package, path inside, where used)
COPIES = {
    "vendor/htmx.min.js": ("htmx.org", "dist/htmx.min.js", "parts of pages that refresh themselves"),
    "vendor/squire.mjs": ("squire-rte", "dist/squire.mjs", "the editor of the desk's composer, loaded when somebody writes"),
    "vendor/licences/squire.txt": ("squire-rte", "LICENSE", "licence"),
    "vendor/licences/htmx.txt": ("htmx.org", "LICENSE", "licence"),
    "vendor/licences/bootstrap-icons.txt": ("bootstrap-icons", "LICENSE", "licence"),
    "fonts/OFL-Inter.txt": ("inter-ui", "LICENSE.txt", "licence"),
    "fonts/OFL-Vazirmatn.txt": ("vazirmatn", "OFL.txt", "licence"),
}


def fetch(name, folder):
    """The files of one package, by their path inside it. npm itself checks the archive against the registry's hash."""
    version, _licence = PACKAGES[name]
    subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=folder, check=True, capture_output=True)
    archive = next(Path(folder).glob(f"{name}-{version}.tgz"))
    with tarfile.open(archive) as tar:
        return {member.name.removeprefix("package/"): tar.extractfile(member).read() for member in tar if member.isfile()}


def cut_font(source, letters, features):
    """Subset first, then limit the axes: in the other order the outlines of dropped letters are worked out for nothing."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(BytesIO(source), recalcTimestamp=False)  # the same letters make the same file
    options = subset.Options(layout_features=features, hinting=False, name_IDs=[1, 2, 13, 14], notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(letters))
    cutter.subset(font)
    limits = {"wght": (400, 700)}
    if any(axis.axisTag == "opsz" for axis in font["fvar"].axes):
        limits["opsz"] = 14
    font = instancer.instantiateVariableFont(font, limits)
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def draw_sprite(icons):
    """One file of symbols: the named Bootstrap Icons, then our own signs. Ids start with i-, or they collide with ids of fields."""
    names = [line for line in (ROOT / "scripts/icons/names.txt").read_text().splitlines() if line and not line.startswith("#")]
    symbols = []
    for name in sorted(set(names)):
        svg = icons[f"icons/{name}.svg"].decode()
        inside = re.sub(r"\s*\n\s*", "", re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S)[1])
        symbols.append(f'<symbol id="i-{name}" viewBox="0 0 16 16">{inside}</symbol>')
    own = re.findall(r"<symbol .*?</symbol>", (ROOT / "scripts/icons/own.svg").read_text(), re.S)
    symbols += [symbol.replace('id="', 'id="i-', 1) for symbol in own]
    return ('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n").encode()


def fingerprint(content):
    return hashlib.sha256(content).hexdigest()


def refresh():
    made = {}  # file: (package, where used)
    with tempfile.TemporaryDirectory() as folder:
        packages = {name: fetch(name, folder) for name in PACKAGES}
    for place, (package, inside, letters, features) in FONTS.items():
        (STATIC / place).write_bytes(cut_font(packages[package][inside], letters, features))
        made[place] = (package, "font of the pages, cut")
    for place, (package, inside, use) in COPIES.items():
        (STATIC / place).write_bytes(packages[package][inside])
        made[place] = (package, use)
    (STATIC / "icons.svg").write_bytes(draw_sprite(packages["bootstrap-icons"]))
    made["icons.svg"] = ("bootstrap-icons", "sprite of all icons and our own signs")
    write_list(made)


def write_list(made):
    rows = ["| file | from | version | licence | sha256 | where used |", "|---|---|---|---|---|---|"]
    for place, (package, use) in sorted(made.items()):
        version, licence = PACKAGES[package]
        rows.append(f"| {place} | {package} | {version} | {licence} | {fingerprint((STATIC / place).read_bytes())} | {use} |")
    head = "# Borrowed files\n\nWritten by `scripts/vendor.py`; with `--check` it compares the hashes. Paths are inside `static/`.\n\n"
    LIST.write_text(head + "\n".join(rows) + "\n")


def check():
    """Sentences about files that are missing or were changed by hand; empty when all is well."""
    listed = dict(re.findall(r"^\| (\S+) \|.*?\| ([0-9a-f]{64}) \|", LIST.read_text(), re.M))
    wrong = [f"{place} is not listed." for place in [*FONTS, *COPIES, "icons.svg"] if place not in listed]
    for place, expected in listed.items():
        file = STATIC / place
        if not file.exists():
            wrong.append(f"{place} is missing.")
        elif fingerprint(file.read_bytes()) != expected:
            wrong.append(f"{place} differs from its hash.")
    return wrong


if __name__ == "__main__":
    if "--check" not in sys.argv:
        refresh()
    problems = check()
    print("\n".join(problems) or "Borrowed files are as listed.")
    sys.exit(bool(problems))
