"""Which lines somebody reads, and which of them they asked for."""

from datetime import datetime, time, timedelta

from django.db.models import Max, Q

from audit.choices import Deed
from audit.models import AuditLine
from common.moments import current_reader
from control.audit.words import CUSTOMER, Teller
from permissions.querysets import stores_where
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


def lines_about(thing, *, reader, deeds=ABOUT_RIGHTS, most=5):
    """The newest lines about one person, team or role, told to the reader: who changed it, and when.

    For templates/control/audit/_lines.html, on pages whose reader may know of this thing.
    """
    lines = AuditLine.objects.about(thing).filter(deed__in=deeds).newest_first()
    return Teller(reader).told(lines[:most])
