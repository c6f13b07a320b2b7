"""Before something that would hand the account to another, we make sure that it is still the same person at the keyboard."""

import time
from functools import wraps

from portal.accounts.destinations import go

SINCE = "confirmed_at"
TO_OPEN = 10 * 60
TO_SEND = 30 * 60  # longer, so that nobody loses what they typed on a page that was open to them


def note_confirmed(request):
    request.session[SINCE] = time.time()


def confirmed_first(view):
    """Asks for the password, or a code, when the last time was a while ago."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        within = TO_SEND if request.method == "POST" else TO_OPEN
        if time.time() - request.session.get(SINCE, 0) > within:
            return go("account_reauthenticate", request.path)
        return view(request, *args, **kwargs)

    return guarded
