"""What waits for one person: of each of their tickets why it should be worked on now, in the order to be worked.

One query for all of theirs, as few columns of each. Nobody has more than a few hundred open tickets; of more than MOST those with the
nearest promise, and then those that were silent longest, are looked at.
"""

from collections import namedtuple
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.contrib.auth import get_user_model
from django.db.models import DateTimeField, Exists, OuterRef, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from backoffice.tickets.listing import coming_midnight
from common.prepared import Prepared
from notifications.choices import Channel, Template
from notifications.models import Delivery
from statuses.models import StatusKind
from tickets.models import Ticket

MOST = 300
#: So many rows stand in each part of the page.
ROWS = 5
#: What waits for somebody else is too long in a status after this.
TOO_LONG = timedelta(days=3)
OURS = {StatusKind.NEW, StatusKind.OPEN}
#: Why a ticket stands under “Start with these”, the most urgent reason first.
LATE, DUE, ANSWERED, MENTIONED, WAITING = "late", "due", "answered", "mentioned", "waiting"
URGENCY = [LATE, DUE, ANSWERED, MENTIONED, WAITING]

NEVER = datetime(9000, 1, 1, tzinfo=UTC)

Mine = namedtuple(
    "Mine", "pk department_id status_id kind due waiting_since status_since last_message_at by_customer is_unread is_mentioned"
)
COLUMNS = (
    "pk", "department_id", "status_id", "status__kind", "due", "waiting_since", "status_since", "last_message_at", "last_word_by_customer",
    "is_unread", "is_mentioned",
)  # fmt: skip


@dataclass
class Waiting:
    """`first`: [(id, reason)] to start with; `others`: {id: since when} of what waits for somebody else too long, the longest first; `counts`: {reason:
    how many}; `due_by`: until when the last of those is promised that are due today; `is_capped`: there are more than were looked at."""

    first: list = field(default_factory=list)
    others: dict = field(default_factory=dict)
    counts: dict = field(default_factory=dict)
    due_by: object = None
    is_capped: bool = False


def waiting_for(sight):
    """Waiting, of all open tickets that this person or a team of theirs has, as far as they see them."""
    read = _rows(user=sight.user.pk)
    rows = [row for row in (Mine(*row) for row in read) if sees(sight, row)]
    now, midnight = timezone.now(), coming_midnight()
    found = Waiting(is_capped=len(read) >= MOST)
    reasons = {row.pk: _reason(row, now, midnight) for row in rows}
    order = sorted((row for row in rows if reasons[row.pk]), key=lambda row: (URGENCY.index(reasons[row.pk]), _since(row, reasons[row.pk])))
    found.first = [(row.pk, reasons[row.pk]) for row in order[:ROWS]]
    found.counts = {reason: sum(given == reason for given in reasons.values()) for reason in URGENCY}
    found.due_by = max((row.due for row in rows if reasons[row.pk] == DUE), default=None)
    others = [row for row in rows if row.kind not in OURS and not reasons[row.pk] and now - row.status_since > TOO_LONG]
    found.others = {row.pk: row.status_since for row in sorted(others, key=lambda row: row.status_since)[:ROWS]}
    return found


def sees(sight, ticket):
    """`visible_to`, asked of a ticket that was read already: its pk, department_id and status_id. Not for somebody with so many shares
    that their Sight does not know them: those are left out here."""
    return (ticket.department_id in sight.departments and ticket.status_id in sight.statuses) or ticket.pk in (sight.shared or ())


@Prepared
def _rows(user):
    """Of this person and of their teams apart, because no database finds one index for both."""
    mentions = Delivery.objects.filter(ticket=OuterRef("pk"), user=user, channel=Channel.IN_APP, template=Template.MENTIONED, read_at=None)
    teams = get_user_model().groups.through.objects.filter(user=user).values("group")
    opened = Ticket.objects.kept().still_open().awake().with_unread_of(user).annotate(is_mentioned=Exists(mentions), due=_due()).order_by()
    theirs, of_teams = (part.values_list(*COLUMNS) for part in (opened.filter(assignee=user), opened.filter(team__in=teams)))
    return theirs.union(of_teams, all=True).order_by("due", "last_message_at")[:MOST]


def _due():
    """Without a promise: after all others, on every database."""
    return Coalesce("answer_due_at", Value(NEVER, output_field=DateTimeField()))


def _reason(row, now, midnight):
    """Why this one should be worked on now; nothing for what can wait."""
    if row.due <= now:
        return LATE
    if row.due < midnight:
        return DUE
    if row.is_unread and row.by_customer:
        return ANSWERED
    if row.is_mentioned:
        return MENTIONED
    return WAITING if row.kind in OURS and (row.waiting_since or row.kind == StatusKind.NEW or row.by_customer) else ""


def _since(row, reason):
    return row.due if reason in {LATE, DUE} else row.waiting_since or row.last_message_at
