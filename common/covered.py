"""The mark that stands where something is hidden from its reader."""

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

MARK = "•••"


def mark_html():
    """The mark in a page: dots, read aloud and explained as what they are."""
    return format_html('<span class="covered" role="img" aria-label="{0}" title="{0}">{1}</span>', _("hidden customer data"), MARK)


def with_marks(text):
    """The text escaped, and its marks as they stand in a page."""
    escaped = conditional_escape(text)
    return mark_safe(escaped.replace(MARK, mark_html())) if MARK in escaped else escaped  # noqa: S308  escaped above
