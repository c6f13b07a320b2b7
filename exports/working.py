"""Writing one file: claim the row, gather the list's ids, write its rows piece by piece, put the file away, tell who asked.

The claim has a lease that every piece renews, so of many workers one has it. When its worker dies the work begins anew, with a file of
another name; only the attempt that holds the row may finish it. Rights are asked for every piece, and once more at the end.
"""

import logging
import tempfile
from array import array
from datetime import timedelta

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.csv_export import CsvFile
from common.moments import reading_as
from common.numbers import format_number
from common.xlsx_export import XlsxFile
from common.zip_export import ZipFile
from exports.choices import Format, Reason, State
from exports.listing import RightsEnded, guard_still_held, listing_of
from exports.models import Export
from exports.services import KEPT_FOR
from exports.waking import wake
from notifications.services import tell_of_export

log = logging.getLogger(__name__)

MOST_ROWS = 1_000_000
#: Of cells, before they are packed.
MOST_BYTES = 1_000_000_000
AT_ONCE = 500
LEASE = timedelta(minutes=3)
MOST_ATTEMPTS = 3
FILES = {Format.CSV: CsvFile, Format.XLSX: XlsxFile, Format.ZIP: ZipFile}


class Taken(Exception):
    """The row is somebody else's now, or was thrown away. Nothing is left to do."""


def write(pk):
    """Write this export's file, if it waits and it is its turn. True when it was ours to write. Then the next one is woken."""
    export = claim(pk)
    if export is None:
        return False
    try:
        with reading_as(language=export.language, calendar=export.calendar, time_zone=export.time_zone) as reader:
            _write(export, reader)
    except Taken:
        log.info("export %s was taken away while it was written", pk)
    except RightsEnded:
        _settle(export, state=State.ENDED, reason=Reason.NO_RIGHT, ends_at=timezone.now())
    except Exception:
        log.exception("export %s could not be written", pk)
        give_back(Export.objects.filter(pk=export.pk, attempts=export.attempts, state=State.WORKING))
    wake_next()
    return True


def claim(pk):
    """The row, when this call made it ours. Of one person one file is written at a time, of all a few: other work goes on beside."""
    with transaction.atomic():
        working = Export.objects.filter(state=State.WORKING)
        if working.count() >= _most_at_once() or working.filter(user__exports=pk).exists():
            return None
        ours = Export.objects.filter(pk=pk, state=State.QUEUED).update(
            state=State.WORKING, lease_until=timezone.now() + LEASE, attempts=F("attempts") + 1, rows_done=0, rows_total=None, is_cut=False
        )
    return Export.objects.filter(pk=pk).select_related("user").first() if ours else None


def _most_at_once():
    return max(1, settings.WORKER_PROCESSES * settings.WORKER_THREADS // 4)


def wake_next():
    """The oldest file that waits, of each person; the claim says whose turn it is."""
    waiting = Export.objects.filter(state=State.QUEUED).order_by().values("user").annotate(first=Min("created_at")).order_by("first")
    for row in waiting[: _most_at_once()]:
        oldest = Export.objects.filter(state=State.QUEUED, user=row["user"], created_at=row["first"]).values_list("pk", flat=True).first()
        if oldest:
            wake(oldest)


def give_back(exports):
    """Let these be tried again, or give up after some attempts."""
    exports.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=State.FAILED, reason=Reason.BROKEN, lease_until=None, ends_at=timezone.now(), rights={}, chosen={}
    )
    exports.update(state=State.QUEUED, lease_until=None)


def _write(export, reader):
    listing = listing_of(export, export.user)
    rights = listing.rights()
    ids, is_cut = gather(export, listing)
    file = FILES[export.format](listing.title, listing.head(), reader)
    try:
        done = 0
        for place in range(0, len(ids), AT_ONCE):
            rows = list(listing_of(export, _asker(export)).rows(ids[place : place + AT_ONCE].tolist()))
            file.add(rows)
            done += len(rows)
            is_too_large = file.size > MOST_BYTES
            _hold(export, rows_done=done)
            if is_too_large:
                is_cut = True
                break
        if is_cut:
            file.add([[listing.newest % {"number": format_number(done)} + " " + _("There are more: narrow the list.")]])
        guard_still_held(rights, listing_of(export, _asker(export)).rights())
        _put_away(export, file, rights=rights, rows_done=done, is_cut=is_cut)
    finally:
        file.close()


def gather(export, listing):
    """(ids in the list's order, each once, whether there were more). A million of them take eight megabytes."""
    ids, seen, is_cut = array("q"), bytearray(), False
    for page in listing.ids():
        for pk in page:
            # While the pages are read, a row may have moved down the list.
            byte, bit = pk >> 3, 1 << (pk & 7)
            if byte >= len(seen):
                seen.extend(bytes(byte + 4096 - len(seen)))
            if not seen[byte] & bit:
                seen[byte] |= bit
                ids.append(pk)
        is_cut = len(ids) > MOST_ROWS
        _hold(export, rows_total=min(len(ids), MOST_ROWS))
        if is_cut:
            break
    return ids[:MOST_ROWS], is_cut


def _asker(export):
    """Who asked, as they are now."""
    return User.objects.get(pk=export.user_id)


def _ours(export):
    return Export.objects.filter(pk=export.pk, state=State.WORKING, attempts=export.attempts)


def _hold(export, **progress):
    """Renew the lease and let the page know how far it is."""
    if not _ours(export).update(lease_until=timezone.now() + LEASE, **progress):
        raise Taken()


def _put_away(export, file, *, rights, **facts):
    """Store the file, then say in one transaction that it is there. When the row is not ours any more, the file goes again."""
    with tempfile.TemporaryFile() as packed:
        file.save(packed)
        size = packed.tell()
        packed.seek(0)
        _hold(export)
        name = default_storage.save(export.stored_name, File(packed))
    now = timezone.now()
    with transaction.atomic():
        is_ours = _ours(export).update(
            state=State.DONE, lease_until=None, done_at=now, ends_at=now + KEPT_FOR, rights=rights, size=size,
            rows_total=facts["rows_done"], **facts,
        )  # fmt: skip
        if is_ours:
            tell_of_export(export.user, rows=facts["rows_done"])
    if not is_ours:
        default_storage.delete(name)
        raise Taken()


def _settle(export, **fields):
    _ours(export).update(lease_until=None, rights={}, chosen={}, **fields)
