"""Sessions in the database, asked for only by names that could be a session's."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session

from common.prepared import Prepared, now


@Prepared
def _running(key):
    return Session.objects.filter(session_key=key, expire_date__gt=now())


class SessionStore(DatabaseStore):
    """A damaged cookie is no session. PostgreSQL would refuse some of its signs, and every page would break for that browser."""

    def _validate_session_key(self, key):
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()

    def _get_session_from_db(self):
        """As the original does, by a query that is written once: every page of somebody who signed in begins with it."""
        found = _running(key=self.session_key)
        if not found:
            self._session_key = None
            return None
        return found[0]
