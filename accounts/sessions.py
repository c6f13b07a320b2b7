"""Sessions in the database, asked for only by names that could be a session's."""

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare

from common.prepared import Prepared, now


@Prepared
def _running(key):
    return Session.objects.filter(session_key=key, expire_date__gt=now())


#: What sessions name as the way their person came in: as it was called before the first version, and as it is called now. To be dropped
#: once no session can be so old.
_BACKENDS = {"allauth.account.auth_backends.AuthenticationBackend": "accounts.backends.AccountBackend"}


class SessionStore(DatabaseStore):
    """A damaged cookie is no session. PostgreSQL would refuse some of its signs, and every page would break for that browser."""

    def _validate_session_key(self, key):
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()

    def load(self):
        kept = super().load()
        if kept.get(BACKEND_SESSION_KEY) in _BACKENDS:
            kept[BACKEND_SESSION_KEY] = _BACKENDS[kept[BACKEND_SESSION_KEY]]
        return kept

    def _get_session_from_db(self):
        """As the original does, by a query that is written once: every page of somebody who signed in begins with it."""
        found = _running(key=self.session_key)
        if not found:
            self._session_key = None
            return None
        return found[0]


def is_signed_in(key, user):
    """Whether this session lives and is still this person's. A new password ends all of them but the one it was chosen in."""
    kept = SessionStore(session_key=key).load() if key else {}
    mark = kept.get(HASH_SESSION_KEY, "")
    marks = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return kept.get(SESSION_KEY) == str(user.pk) and any(constant_time_compare(mark, one) for one in marks)
