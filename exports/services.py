"""Asking for a file, fetching it, throwing it away. Doors ask for rights first; here they are asked again."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.choices import Deed
from audit.log import note
from common.covered import MARK
from common.errors import DeskError, TooManyRequests
from common.limits import limit_or_refuse
from common.moments import current_reader
from exports.choices import Reason, State
from exports.listing import RightsEnded, guard_still_held, listing_of
from exports.models import Export
from exports.waking import wake

KEPT_FOR = timedelta(hours=48)
AN_HOUR, AT_ONCE = 20, 3


class FileHasEnded(DeskError):
    status_code = 410
    message = _("This file is not there any more. Export the list again.")


class TooManyWaiting(TooManyRequests):
    message = _("Some of your files are still being prepared. Wait until one of them is ready.")


@transaction.atomic
def ask_for_export(listing, *, format, by):
    """Have this list written as a file, in the words, calendar and time zone of who reads now. The audit log knows at once.

    Raises TooManyRequests after AN_HOUR files in an hour, TooManyWaiting while AT_ONCE of them are unfinished.
    """
    limit_or_refuse(f"export:{by.pk}", AN_HOUR, 3600)
    get_user_model().objects.select_for_update().get(pk=by.pk)
    if by.exports.unfinished().count() >= AT_ONCE:
        raise TooManyWaiting()
    reader = current_reader()
    export = Export.objects.create(
        user=by, what=listing.key, chosen=listing.chosen, format=format,
        language=reader.language, calendar=reader.calendar, time_zone=reader.time_zone,
    )  # fmt: skip
    note(Deed.EXPORTED, by=by, after={"what": listing.key, "step": "asked", "format": format, "chosen:list": _for_the_log(listing.chosen)})
    wake(export.pk)
    return export


def _for_the_log(chosen):
    """What was searched for may be somebody's name, which not every reader of the log may know."""
    return {name: MARK if name == "q" else value for name, value in chosen.items()}


def open_export(export, *, by):
    """The file, open for reading. Raises FileHasEnded when it is over.

    Whoever lost one of the rights it was made with, or may not read the list any more, does not get it, and it is gone at once.
    """
    if not export.is_ready:
        raise FileHasEnded()
    try:
        guard_still_held(export.rights, listing_of(export, by).rights())
    except RightsEnded as error:
        end_export(export, Reason.NO_RIGHT)
        raise FileHasEnded(Reason.NO_RIGHT.label) from error
    try:
        return default_storage.open(export.stored_name, "rb")
    except FileNotFoundError as error:
        end_export(export, Reason.TOO_OLD)
        raise FileHasEnded() from error


def note_fetched(export, *, by):
    """The audit log keeps that the file left. Before its first byte does."""
    note(Deed.EXPORTED, by=by, after={"what": export.what, "step": "fetched", "lines": export.rows_done, "format": export.format})


def end_export(export, reason):
    """Remove the file and say why. What ended before keeps its reason."""
    Export.objects.filter(pk=export.pk, state=State.DONE).update(
        state=State.ENDED, reason=reason, ends_at=timezone.now(), rights={}, chosen={}
    )
    default_storage.delete(export.stored_name)


def delete_export(export):
    """Throw the wish and its file away. A worker that is at it notices and stops."""
    name = export.stored_name
    export.delete()
    transaction.on_commit(lambda: default_storage.delete(name))
