"""Writing the audit log. Services call `note` inside the transaction of what they change, so that neither is kept without the other."""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.utils import timezone

from audit.models import AuditLine
from common.text import clean_line

COMMAND_LINE = "command line"

_address = ContextVar("audit_address", default=None)
_way = ContextVar("audit_way", default="")


@contextmanager
def acting_from(address, *, way=""):
    """Lines written inside carry this network address; outside of requests there is none, but a `way` in place of the reason."""
    tokens = _address.set(address), _way.set(way)
    try:
        yield
    finally:
        _address.reset(tokens[0])
        _way.reset(tokens[1])


def note(deed, *, by=None, on=None, name="", before=None, after=None, reason="", store=None):
    """Add one line. `by`: the person (None: the product itself); `on`: the thing, named as it is called now, or `name`.

    `before` and `after` are neutral facts as JSON: codes, ids with names, never a secret. `store`: the one the thing
    belongs to, where the thing does not say it itself.
    """
    return AuditLine.objects.create(
        deed=deed,
        actor=by if by is not None and by.pk else None,
        actor_name=clean_line(str(by), 160) if by is not None else "",
        subject_type=on._meta.model_name if on is not None else "",
        subject_id=str(on.pk) if on is not None else "",
        subject_name=clean_line(str(name or on or ""), 200),
        store=_id_of_store(on) if store is None else store.pk,
        before=before or {},
        after=after or {},
        reason=clean_line(reason or _way.get(), 300),
        address=_address.get(),
    )


def note_seldom(deed, *, minutes, most, by=None, on=None, name="", after=None):
    """Add a line about what may happen as often as somebody likes, such as refusals; None when enough is known already.

    The same from the same address stands once in so many minutes, and at most so many lines in all: of this person, or,
    where nobody is signed in, about this thing. So nobody fills the disk.
    """
    if enough_known(deed, minutes=minutes, most=most, by=by, on=on, name=name):
        return None
    return note(deed, by=by, on=on, name=name, after=after)


def enough_known(deed, *, minutes, most, by=None, on=None, name=""):
    """Whether note_seldom would leave it at what stands there."""
    recent = AuditLine.objects.filter(deed=deed, created_at__gt=timezone.now() - timedelta(minutes=minutes))
    recent = recent.filter(actor=by) if by is not None else recent.about(on)
    known = list(recent.values_list("subject_name", "address")[:most])
    return len(known) >= most or (clean_line(str(name or on or ""), 200), _address.get()) in known


def differences(before, after):
    """Both sets of facts, each with only what differs from the other."""
    return (
        {key: value for key, value in before.items() if after.get(key) != value},
        {key: value for key, value in after.items() if before.get(key) != value},
    )


def _id_of_store(on):
    if on is None:
        return None
    return on.pk if on._meta.model_name == "store" else getattr(on, "store_id", None)
