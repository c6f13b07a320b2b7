"""The mark that stands where something is hidden from its reader."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from common.drawing import draw, escaped

MARK = "•••"


def mark_html():
    """The mark in a page: dots, read aloud and explained as what they are."""
    return draw('<span class="covered" role="img" aria-label="{0}" title="{0}">{1}</span>', _("hidden customer data"), MARK)


def with_marks(text):
    """The text escaped, and its marks as they stand in a page."""
    words = escaped(text)
    return SafeString(words.replace(MARK, mark_html())) if MARK in words else words
