"""Files of lists made before a customer's data were erased may hold them: they end, and what is being written begins anew."""

from django.db.models import F

from exports.choices import Reason, State
from exports.models import Export
from exports.services import end_export


def erase(eraser):
    for export in Export.objects.filter(state=State.DONE):
        end_export(export, Reason.TOO_OLD)
        eraser.counts["exports"] += 1
    # The attempt that runs notices that the row is not its own any more.
    Export.objects.filter(state=State.WORKING).update(state=State.QUEUED, lease_until=None, attempts=F("attempts") + 1)
    for export in Export.objects.unfinished():
        given = eraser.plain(export.chosen)
        if given != export.chosen:
            Export.objects.filter(pk=export.pk).update(chosen=given)
