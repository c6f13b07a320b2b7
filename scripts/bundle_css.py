"""Joins the parts in static/css into the two files pages link: css/portal.css and css/desk.css. A tool for developers.

    python scripts/bundle_css.py            write them
    python scripts/bundle_css.py --check    say which are out of date

Both files are committed, so nothing is built when the product is installed. One file each, because a browser would
fetch @import after @import one behind the other.
"""

import re
import sys
from pathlib import Path

CSS = Path(__file__).resolve().parent.parent / "static" / "css"
HEAD = "/* Written by scripts/bundle_css.py from the parts beside it. Change those. */\n"


def parts(face):
    """The files of one face in their order: values, elements, components, its own pages, paper."""
    return [CSS / "tokens.css", CSS / "base.css", *sorted((CSS / "components").glob("*.css")), *pages(face), CSS / "print.css"]


def pages(face):
    """The frame comes first, so that a page part can answer to it."""
    folder = CSS / face
    return sorted(folder.glob("*.css"), key=lambda part: (part.stem != "frame", part.stem))


def bundle(face):
    """Comments and indents stay behind; the browser gets the same rules."""
    text = "\n".join(part.read_text() for part in parts(face))
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"\n\s*", "\n", text)
    return HEAD + re.sub(r"\n+", "\n", text).strip() + "\n"


def stale():
    return [
        f"css/{face}.css" for face in ("portal", "desk") if not (out := CSS / f"{face}.css").exists() or out.read_text() != bundle(face)
    ]


if __name__ == "__main__":
    if "--check" not in sys.argv:
        for face in ("portal", "desk"):
            (CSS / f"{face}.css").write_text(bundle(face))
    behind = stale()
    print(f"Out of date, run scripts/bundle_css.py: {', '.join(behind)}" if behind else "Style sheets are fresh.")
    sys.exit(bool(behind))
