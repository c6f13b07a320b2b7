"""What stands beside a ticket goes along when it is merged into another one, and comes back when that is undone.

People in copy and watchers are added there, so that nobody stops hearing. Links, the checklist and the time worked move, because each stands
in one place only. Whoever calls has locked both tickets, and keeps in the history what `take_over` returns, for `give_back`.
"""

from django.db.models import F, Q

from departments.switches import TIMESHEETS
from tickets.audience import people_who_see
from tickets.choices import LinkKind
from tickets.models import ChecklistItem, TicketCopy, TicketLink, Watch, WorkRecord
from tickets.services.copies import MOST_IN_COPY
from tickets.services.linking import MOST_LINKS, ONE_WAY, leads_to

#: Links that say what belongs together now. Where a ticket came from stays its own story.
MOVING = [LinkKind.RELATED, LinkKind.PARENT, LinkKind.BLOCKS]


def take_over(into, ticket):
    """Returns {what: ids} of all that came, as a line of history keeps it."""
    came = {
        "copies": _copies(into, ticket),
        "watchers": _watchers(into, ticket),
        "links": _links(into, ticket),
        "checklist": _checklist(into, ticket),
        "work": _work(into, ticket),
    }
    return {what: ids for what, ids in came.items() if ids}


def give_back(into, ticket, came):
    """Undo it, as far as what came is still there."""
    TicketCopy.objects.filter(ticket=into, pk__in=came.get("copies", ())).delete()
    Watch.objects.filter(ticket=into, user__in=came.get("watchers", ())).delete()
    for link in TicketLink.objects.of(into).filter(pk__in=came.get("links", ())):
        _move(link, into, ticket)
    ChecklistItem.objects.filter(ticket=into, pk__in=came.get("checklist", ())).update(ticket=ticket)
    there = WorkRecord.objects.running().filter(ticket=ticket).values("user")
    work = WorkRecord.objects.filter(ticket=into, pk__in=came.get("work", ()))
    work.exclude(minutes=None, user__in=there).update(ticket=ticket)


def _copies(into, ticket):
    there = {email.lower() for email in into.copies.running().values_list("email", flat=True)}
    coming = [row for row in ticket.copies.running().order_by("pk") if row.email.lower() not in there]
    coming = coming[: max(0, MOST_IN_COPY - len(there))]
    return [
        TicketCopy.objects.create(ticket=into, email=row.email, name=row.name, added_by_id=row.added_by_id, created_at=row.created_at).pk
        for row in coming
    ]


def _watchers(into, ticket):
    """Only those who see the other ticket: watching opens nothing."""
    watching = ticket.watches.exclude(user__in=into.watches.values("user")).values("user")
    coming = sorted(people_who_see(into).filter(pk__in=watching).values_list("pk", flat=True))
    Watch.objects.bulk_create([Watch(ticket=into, user_id=pk) for pk in coming], ignore_conflicts=True)
    return coming


def _links(into, ticket):
    """Those that fit there: none with itself, none twice, none in a circle, no second parent. The others stay where they are."""
    moved, room = [], MOST_LINKS - TicketLink.objects.of(into).count()
    for link in TicketLink.objects.of(ticket).filter(kind__in=MOVING).order_by("pk"):
        if len(moved) < room and _move(link, ticket, into):
            moved.append(link.pk)
    return moved


def _move(link, here, there):
    """Let the link stand at `there` instead of `here`. False where it cannot, and then it stays."""
    source, target = (there.pk if pk == here.pk else pk for pk in (link.source_id, link.target_id))
    if source == target:
        return False
    if link.kind == LinkKind.RELATED and source > target:
        source, target = target, source
    others = TicketLink.objects.filter(kind=link.kind).exclude(pk=link.pk)
    if (
        others.filter(source=source, target=target).exists()
        or link.kind in ONE_WAY
        and leads_to(target, source, link.kind, without=link.pk)
    ):
        return False
    if link.kind == LinkKind.PARENT and others.filter(target=target).exists():
        return False
    TicketLink.objects.filter(pk=link.pk).update(source=source, target=target)
    return True


def _checklist(into, ticket):
    moving = ticket.checklist.order_by("pk")
    moved = list(moving.values_list("pk", flat=True))
    if moved:
        last = into.checklist.order_by("-position").values_list("position", flat=True).first()
        moving.update(ticket=into, position=F("position") + (0 if last is None else last + 1))
    return moved


def _work(into, ticket):
    """The time, where the other department keeps any. Whoever measures there already keeps the timer that runs here."""
    if not into.department.uses(TIMESHEETS):
        return []
    running = into.work.running().values("user")
    moving = ticket.work.exclude(Q(minutes=None) & Q(user__in=running))
    moved = sorted(moving.values_list("pk", flat=True))
    WorkRecord.objects.filter(pk__in=moved).update(ticket=into)
    return moved
