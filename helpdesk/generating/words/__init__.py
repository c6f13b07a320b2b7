"""Sentences, names and things, language by language."""

from helpdesk.generating.words import en, fa, pl, ru

#: In the order of how much is written in each of them, and how much that is of a thousand.
LANGUAGES = {"fa": (fa, 400), "pl": (pl, 300), "en": (en, 200), "ru": (ru, 100)}


def listed(text):
    """The things of a list that stands in a file with bars between them."""
    return [thing.strip() for thing in text.replace("\n", "").split("|") if thing.strip()]
