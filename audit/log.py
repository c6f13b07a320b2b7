"""Writing the audit log. Services call `note` inside the transaction of what they change, so that neither is kept without the other."""

from contextlib import contextmanager
from contextvars import ContextVar

from audit.models import AuditLine
from common.text import clean_line

_address = ContextVar("audit_address", default=None)


@contextmanager
def acting_from(address):
    """Lines written inside carry this network address. Outside of requests there is none."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)


def note(deed, *, by=None, on=None, name="", before=None, after=None, reason=""):
    """Add one line. `by`: the person (None: the product itself); `on`: the thing, named as it is called now, or `name`.

    `before` and `after` are neutral facts as JSON: codes, ids with names, never a secret.
    """
    return AuditLine.objects.create(
        deed=deed,
        actor=by if by is not None and by.pk else None,
        actor_name=clean_line(str(by), 160) if by is not None else "",
        subject_type=on._meta.model_name if on is not None else "",
        subject_id=str(on.pk) if on is not None else "",
        subject_name=clean_line(name or (str(on) if on is not None else ""), 200),
        before=before or {},
        after=after or {},
        reason=clean_line(reason, 300),
        address=_address.get(),
    )
