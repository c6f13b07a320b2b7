"""What a part of a document is called."""

from i18nfield.strings import LazyI18nString

from common.templatetags.formats import isolate


def name_of(part):
    """A workflow, status or action of a document in the reader's language, as far as there is a word; else its key."""
    return str(LazyI18nString(part["name"] or {})).strip() or part["key"]


def named(part):
    """The same for the middle of a sentence."""
    return isolate(name_of(part))
