"""How a browser is called where people choose among theirs, and how a page knows its own."""

import hashlib
import re

# The first one that fits: most browsers also call themselves what they descend from.
_BROWSERS = [
    (r"Edg(e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"YaBrowser/", "Yandex"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Vivaldi/", "Vivaldi"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/", "Chrome"),
    (r"Safari/", "Safari"),
]
_SYSTEMS = [
    (r"Android", "Android"),
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Windows", "Windows"),
    (r"Mac OS X", "macOS"),
    (r"CrOS", "ChromeOS"),
    (r"Linux", "Linux"),
]


def agent_words(user_agent):
    """“Firefox · Android”: names that are the same in every language; empty for what is neither."""
    known = (next((name for pattern, name in names if re.search(pattern, user_agent)), "") for names in (_BROWSERS, _SYSTEMS))
    return " · ".join(name for name in known if name)


def mark_of(endpoint):
    """By it a page knows its own browser among the others, without any of their addresses standing there."""
    return hashlib.sha256(endpoint.encode()).hexdigest()[:32]
