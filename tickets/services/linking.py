"""Two tickets that belong together, and what that means for closing one of them. Each side keeps a line of it."""

from django.db import transaction
from django.db.models import Q

from tickets.choices import Kind, LinkKind
from tickets.errors import HasParent, IsBlocked, LinkedAlready, LinkInCircle, LinkWithItself, TicketIsGone, TicketIsMerged, TooManyLinks
from tickets.history import record
from tickets.models import Ticket, TicketLink

MOST_LINKS = 50
#: Links that lead one way: going along them must never come back to where it began.
ONE_WAY = {LinkKind.PARENT, LinkKind.BLOCKS}


@transaction.atomic
def link_tickets(source, target, kind, *, by=None):
    """Link two tickets: the source is related to, parent of, or in the way of the target. Both get a line of history.

    Raises LinkWithItself, TicketIsGone, TicketIsMerged, LinkedAlready, LinkInCircle, HasParent or TooManyLinks.
    """
    if source.pk == target.pk:
        raise LinkWithItself()
    if kind == LinkKind.RELATED and source.pk > target.pk:  # it has no direction, so it is written in one only
        source, target = target, source
    source, target = _locked(source.pk, target.pk)
    links = TicketLink.objects.filter(kind=kind)
    if links.filter(source=source, target=target).exists():
        raise LinkedAlready()
    if kind in ONE_WAY and leads_to(target.pk, source.pk, kind):
        raise LinkInCircle()
    if kind == LinkKind.PARENT and links.filter(target=target).exists():
        raise HasParent()
    if any(TicketLink.objects.of(ticket).count() >= MOST_LINKS for ticket in (source, target)):
        raise TooManyLinks()
    return put_link(source, target, kind, by=by)


def put_link(source, target, kind, *, by=None):
    """The row and, where its services have no lines of their own for it, its two lines. Both tickets are locked."""
    link = TicketLink.objects.create(source=source, target=target, kind=kind, made_by=by)
    if kind not in {LinkKind.SPLIT, LinkKind.FOLLOWS}:
        _tell(link, Kind.LINKED, by=by)
    return link


@transaction.atomic
def unlink_tickets(link, *, by):
    """Take the link away. One that is gone already stays so."""
    link = TicketLink.objects.select_for_update(of=("self",)).select_related("source", "target").filter(pk=link.pk).first()
    if link is None:
        return
    _tell(link, Kind.UNLINKED, by=by)
    link.delete()


def _tell(link, kind, *, by):
    record(link.source, kind, by=by, other=link.target_id, link=link.kind, here="source")
    record(link.target, kind, by=by, other=link.source_id, link=link.kind, here="target")


def _locked(*pks):
    """Both tickets, locked in the order of their ids, so that two who link never wait for each other."""
    list(Ticket.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
    found = Ticket.objects.in_bulk(pks)
    if len(found) < len(pks) or any(ticket.is_deleted for ticket in found.values()):
        raise TicketIsGone()
    if any(ticket.merged_into_id for ticket in found.values()):
        raise TicketIsMerged()
    return [found[pk] for pk in pks]


def leads_to(start, end, kind, *, without=None):
    """Whether links of this kind lead from one ticket to the other. A query per step, and no way is longer than there are tickets in it."""
    seen, edge = set(), {start}
    while edge:
        if end in edge:
            return True
        seen |= edge
        edge = set(TicketLink.objects.filter(kind=kind, source__in=edge).exclude(pk=without).values_list("target", flat=True)) - seen
    return False


def blockers_of(ticket):
    """The open tickets in the way of this one. Of one that was merged, the one it goes on in counts."""
    links = TicketLink.objects.filter(kind=LinkKind.BLOCKS, target=ticket)
    sources = Ticket.objects.filter(pk__in=links.values("source"))
    goes_on = sources.filter(merged_into__isnull=False).values("merged_into")
    return Ticket.objects.kept().still_open().filter(Q(pk__in=sources.values("pk")) | Q(pk__in=goes_on)).exclude(pk=ticket.pk)


def guard_blockers(ticket):
    """Raises IsBlocked while an open ticket is in the way of this one."""
    if blockers_of(ticket).exists():
        raise IsBlocked()
