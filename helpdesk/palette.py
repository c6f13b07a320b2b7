"""What the command palette of the desk leads to beyond the desk. The doors do not know each other; here they meet."""

from backoffice.palette.rows import Place
from control.index import pages_for

#: What people type to get to settings at all, in four languages.
SETTINGS = "settings ustawienia настройки تنظیمات"


def places(sight):
    """The settings that this person may open, each found under its own words and as a setting."""
    return [Place(row.icon, row.words, row.url, row.part, f"{row.others} {SETTINGS}") for row in pages_for(sight)]
