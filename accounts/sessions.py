"""Sessions in the database, asked for only by names that could be a session's."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """A damaged cookie is no session. PostgreSQL would refuse some of its signs, and every page would break for that browser."""

    def _validate_session_key(self, key):
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()
