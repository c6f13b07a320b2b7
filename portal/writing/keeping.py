"""Files of a form that has to be sent again: kept, found and forgotten. Browsers cannot send a chosen file twice."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from common.form_keys import sender_of
from common.limits import client_ip, limited, network_of
from common.prepared import Prepared
from common.text import clean_line
from portal.models import KeptFile

KEPT_FOR = timedelta(hours=6)
# Files kept for one address in an hour. More are not kept: their senders choose them again.
PER_HOUR = 40


def kept_files(request):
    """What this sender left with this form before. Read once for a request."""
    if not hasattr(request, "_kept_files"):
        request._kept_files = _kept_with(owner=sender_of(request), form_key=_key(request))
    return request._kept_files


@Prepared
def _kept_with(owner, form_key):
    return KeptFile.objects.filter(owner=owner, form_key=form_key)


def _key(request):
    return clean_line(request.POST.get("form_key"), 64)


def hold_files(request, form):
    """Keep the good files of a form that was sent back, beside those it held before; forget those taken away again."""
    form.is_valid()  # looks into the files, where nobody has yet
    forget_files([row for row in kept_files(request) if row not in form.kept])
    for checked in form.fields["files"].accepted:
        if len(form.kept) >= form.limits.max_files or limited(f"kept:{network_of(client_ip(request))}", PER_HOUR, 3600):
            return
        form.kept.append(KeptFile.keep(checked, form_key=_key(request), owner=sender_of(request)))


def files_arrived(request, form):
    """The form is through: what was kept for it stands on its message now."""
    for row in form.kept:
        for file in (row.file, row.thumbnail):
            file.close()
    forget_files(kept_files(request))


def forget_files(rows):
    """Remove rows now, and their files when the transaction is through."""
    for row in rows:
        places = [(file.storage, file.name) for file in (row.file, row.thumbnail) if file]
        row.delete()
        transaction.on_commit(lambda places=places: [storage.delete(name) for storage, name in places])


def forget_old_files():
    """Forget what nobody came back for. Returns how many."""
    old = list(KeptFile.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)[:500])
    forget_files(old)
    return len(old)
