"""What the clock does: take up what dead workers held, wake what was overlooked, remove what has ended."""

import logging
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils import timezone

from exports.choices import Reason, State
from exports.models import Export
from exports.services import end_export
from exports.working import give_back, wake_next

log = logging.getLogger(__name__)

#: How long the page still says what became of a file.
SAID_FOR = timedelta(days=7)
FOLDER = "exports"


def sweep():
    """Safe to run at any time and twice."""
    if Export.objects.lapsed().exists():
        log.warning("exports were left behind by a worker and begin anew")
        give_back(Export.objects.lapsed())
    wake_next()
    now = timezone.now()
    for export in Export.objects.filter(state=State.DONE, ends_at__lte=now):
        end_export(export, Reason.TOO_OLD)
    for export in Export.objects.filter(Q(user__is_active=False) | Q(user__is_staff=False), state=State.DONE):
        end_export(export, Reason.NO_RIGHT)
    Export.objects.filter(state__in=[State.ENDED, State.FAILED], ends_at__lt=now - SAID_FOR).delete()


def remove_strays():
    """Files that no export names: of attempts that were broken off, and of rows that went with their person."""
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    # First the files, then the rows: what a worker stores meanwhile is not among them.
    kept = {export.stored_name for export in Export.objects.filter(state__in=[State.DONE, State.WORKING])}
    for name in names:
        if f"{FOLDER}/{name}" not in kept:
            default_storage.delete(f"{FOLDER}/{name}")
