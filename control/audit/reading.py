"""Which lines somebody reads, and which of them they asked for."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Exists, Max, Q
from django.urls import reverse

from audit.choices import Deed
from audit.models import AuditLine
from common.moments import current_reader
from control.audit.words import CUSTOMER, Teller
from permissions.querysets import stores_to_grant_in, stores_where
from permissions.rights import StoreRight
from stores.models import Store

# Names are looked for in so many of the newest lines: no index helps with words in the middle.
LOOKED_THROUGH = 100_000
ABOUT_RIGHTS = [Deed.GRANTED, Deed.WITHDRAWN, Deed.GRANT_ENDED, Deed.EMERGENCY, Deed.ROLE_CHANGED, Deed.TEAM_CHANGED, Deed.PERSON_CHANGED]


def lines_for(user):
    """Everything for who reads the log in every store; else the lines of their stores, and what they did themselves.

    People, teams and roles belong to no single store, so lines about them are read by those who read everywhere.
    """
    allowed = set(stores_where(user, StoreRight.VIEW_AUDIT).values_list("pk", flat=True))
    if not allowed:
        return AuditLine.objects.none()
    if allowed == set(Store.objects.values_list("pk", flat=True)):
        return AuditLine.objects.all()
    return AuditLine.objects.filter(Q(store__in=allowed) | Q(actor=user))


def lines_in(asked, user):
    """The lines of this list, in no order yet."""
    lines = lines_for(user)
    if asked.person:
        lines = lines.filter(actor=asked.person)
    if asked.deeds:
        lines = lines.filter(deed__in=asked.deeds)
    if asked.kind:
        lines = lines.filter(subject_type=asked.kind)
    if asked.thing_id:
        lines = lines.filter(subject_id=asked.thing_id)
    if asked.since.day:
        lines = lines.filter(created_at__gte=_midnight(asked.since.day))
    if asked.until.day:
        lines = lines.filter(created_at__lt=_midnight(asked.until.day + timedelta(days=1)))
    return _with_words(lines, asked.words, user) if asked.words else lines


def _midnight(day):
    return datetime.combine(day, time.min, current_reader().zone)


def _with_words(lines, words, user):
    """Names of customers are no hits for whoever may not read them."""
    thing = Q(subject_name__icontains=words)
    if not Teller(user).knows_customers:
        thing &= ~Q(subject_type=CUSTOMER)
    return lines.filter(Q(actor_name__icontains=words) | thing, pk__gt=newest_number() - LOOKED_THROUGH)


def newest_number():
    """About how many lines there are: their ids count on by ones."""
    return AuditLine.objects.aggregate(newest=Max("pk"))["newest"] or 0


@dataclass(frozen=True)
class Story:
    """What changed about one thing lately, and where the rest is told; no address for who may not read the log."""

    lines: list
    address: str


def story_of(thing, *, reader, deeds=ABOUT_RIGHTS, most=5):
    """The newest lines about one person, team or role, told to somebody who gives rights: who changed it, and when.

    Who gives them in some stores only reads here what they did themselves. For templates/control/audit/_last.html; one query.
    """
    foreign = Store.objects.exclude(pk__in=stores_to_grant_in(reader).values("pk"))
    lines = AuditLine.objects.about(thing).filter(~Exists(foreign) | Q(actor=reader), deed__in=deeds)
    lines = list(lines.annotate(is_reader=Exists(stores_where(reader, StoreRight.VIEW_AUDIT))).newest_first()[:most])
    is_reader = bool(lines) and lines[0].is_reader
    address = f"{reverse('control:audit')}?thing={thing._meta.model_name}-{thing.pk}" if is_reader else ""
    return Story(Teller(reader).told(lines), address)
