"""Who has a ticket open now, and who of them is writing. Told to colleagues alone; whoever loses the ticket is forgotten within a minute."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from common import bus
from tickets.models import Visit

#: So many open pages of one person are kept; the longest unseen goes first.
MOST_PAGES = 20
FORGOTTEN_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Visitor:
    user: object
    is_writing: bool


def note_visit(ticket, *, page, is_writing, by):
    """This page of theirs is open. Others are told when that is new, or when somebody begins or ends to write."""
    now = timezone.now()
    mine = Visit.objects.filter(ticket=ticket, user=by, page=page)
    if mine.filter(is_writing=is_writing).here().update(seen_at=now):
        return
    if not mine.update(is_writing=is_writing, seen_at=now):
        _forget_old(by, now)
        Visit.objects.bulk_create(
            [Visit(ticket=ticket, user=by, page=page, is_writing=is_writing, seen_at=now)],
            update_conflicts=True,
            update_fields=["is_writing", "seen_at"],
            unique_fields=["ticket", "user", "page"],
        )
    bus.wake()


def end_visit(ticket, *, page, by):
    """They have closed this page, or look at another one."""
    if Visit.objects.filter(ticket=ticket, user=by, page=page).delete()[0]:
        bus.wake()


def visitors_of(ticket, *, besides=None):
    """Who has the ticket open, each once: who writes first, then by name."""
    found = {}
    for visit in Visit.objects.here().filter(ticket=ticket).exclude(user=besides).select_related("user"):
        is_writing = visit.is_writing or (visit.user_id in found and found[visit.user_id].is_writing)
        found[visit.user_id] = Visitor(visit.user, is_writing)
    return sorted(found.values(), key=lambda visitor: (not visitor.is_writing, str(visitor.user)))


def _forget_old(by, now):
    Visit.objects.filter(seen_at__lt=now - FORGOTTEN_AFTER).delete()
    latest = Visit.objects.filter(user=by).order_by("-seen_at", "-pk").values_list("pk", flat=True)
    Visit.objects.filter(pk__in=list(latest[MOST_PAGES - 1 :])).delete()
