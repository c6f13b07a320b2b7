"""The plans of lists and searches, asked of PostgreSQL by scripts/explain_lists.py and kept beside the times."""

import subprocess

from scripts.bench.telling import tell
from tests.live import ROOT

SCRIPT = ROOT / "scripts" / "explain_lists.py"


def explain(ground, folder):
    """Write explain.md of this database. SQLite's plans say nothing of rows read, so only PostgreSQL is asked."""
    if ground.database != "postgres":
        return
    if not SCRIPT.exists():
        tell(f"{ground.name}: no plans, there is no {SCRIPT.name}")
        return
    tell(f"{ground.name}: asking for the plans")
    try:
        said = ground.run(str(SCRIPT), capture_output=True, text=True).stdout
    except subprocess.CalledProcessError as error:
        tell(f"  the plans could not be had, or are not as promised:\n{(error.stdout + error.stderr)[-3000:]}")
        said = f"{error.stdout}\nThis did not end well: {error.stderr.strip()[-1500:]}\n"
    if said.strip():
        title = f"# The plans at {ground.size:,} tickets\n\nMade by `scripts/explain_lists.py`, as part of `make bench`.\n\n"
        (folder / "explain.md").write_text(title + (said if "|" in said or "#" in said else f"```\n{said.rstrip()}\n```\n"))
