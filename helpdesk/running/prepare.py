"""What must be ready before the parts start; each step does nothing when there is nothing to do."""

import fcntl
import hashlib
import io
import os
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from control.setup.beginning import is_untouched, setup_path


class AlreadyRuns(Exception):
    """Another start holds this data folder. `pid` says which."""

    def __init__(self, pid):
        self.pid = pid


def hold_data_folder():
    """Keep others from starting on the same data folder. The file must stay open as long as the hold should last."""
    holder = os.fdopen(os.open(settings.DATA_DIR / "start.lock", os.O_RDWR | os.O_CREAT, 0o600), "r+")
    try:
        fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise AlreadyRuns(holder.read().strip()) from None
    holder.truncate(0)
    holder.write(str(os.getpid()))
    holder.flush()
    return holder


def compile_translations():
    call_command("compilemessages", verbosity=0)


def migrate():
    call_command("migrate", interactive=False, verbosity=0)


def seed_if_empty():
    """Fill a new database with the demo store. The sign-ins are printed later, once the store can be visited."""
    call_command("seed_demo", if_empty=True, stdout=io.StringIO())


def show_demo_sign_ins():
    call_command("seed_demo", sign_ins=True)


def way_to_set_up():
    """The address where the first owner begins, as long as there is nobody; None afterwards."""
    return f"{settings.SITE_URL}{setup_path()}" if is_untouched() else None


def collect_static_files():
    """Copy and compress the static files when any of them changed since the last time."""
    stamp = settings.STATIC_ROOT / ".collected"
    state = _state_of_static_files()
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)


def _state_of_static_files():
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            file = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{file.st_size}\0{file.st_mtime_ns}\n".encode())
    return digest.hexdigest()
