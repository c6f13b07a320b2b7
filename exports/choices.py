from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Format(models.TextChoices):
    CSV = "csv", _("CSV: plain text, for any program")
    XLSX = "xlsx", _("Spreadsheet (XLSX), with numbers and dates")
    ZIP = "zip", _("Archive (ZIP) of plain data and files")


#: What a list can be; an archive is for what is no list.
OF_LISTS = [(kind.value, kind.label) for kind in (Format.CSV, Format.XLSX)]


class State(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("file of a list", "waiting for its turn")
    WORKING = "working", pgettext_lazy("file of a list", "being prepared")
    DONE = "done", pgettext_lazy("file of a list", "ready")
    FAILED = "failed", pgettext_lazy("file of a list", "could not be made")
    ENDED = "ended", pgettext_lazy("file of a list", "is gone")


class Reason(models.TextChoices):
    """Why there is no file, in whole sentences for who asked."""

    NO_RIGHT = "no_right", _("Your rights, or the list, have changed since you asked. Export it again.")
    TOO_OLD = "too_old", _("Its time was over. Export the list again.")
    BROKEN = "broken", _("Something went wrong on our side. Export the list again.")
