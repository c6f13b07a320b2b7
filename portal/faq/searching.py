"""Searching questions and answers, in all their languages."""

from common.html import html_to_text
from common.text import excerpt

#: How much of an answer stands below its question where no word of the search stands in it.
BEGINNING = 160


def found_in(entries, search):
    """The entries that fit."""
    return entries.none() if search.is_hopeless else entries.matching(search.wanted)


def show_found(entries, search):
    """The entries with `question` and `line` of the answer, hits marked."""
    hits = search.hits
    entries = list(entries)
    for entry in entries:
        shown = entry.words
        answer = html_to_text(shown.answer)
        entry.question = hits.marked(shown.question)
        entry.line = hits.line(answer) or excerpt(answer, BEGINNING)
    return entries
