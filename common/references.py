"""A short name for each request, told to the person on an error page and written in every line of the log."""

import secrets
from contextvars import ContextVar

# Without the letters and digits that are mistaken for one another when read aloud.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_current: ContextVar[str] = ContextVar("reference", default="")


def new_reference() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(8))


def current_reference() -> str:
    """The name of the request being served, or nothing outside of one."""
    return _current.get()


def begin(reference):
    return _current.set(reference)


def end(token):
    _current.reset(token)
