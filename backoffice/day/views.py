"""My day: where a member of staff may begin. What waits for them in the order to be worked, and how yesterday went."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from backoffice.day.mine import ANSWERED, DUE, LATE, MENTIONED, ROWS, WAITING, sees, waiting_for
from backoffice.day.yesterday import yesterday_of
from backoffice.notices.reading import cover
from backoffice.pages import desk_page, sight_of
from backoffice.tickets.rows import dress
from common.moments import format_moment, reader_today
from common.numbers import format_number
from common.prepared import Prepared
from notifications.choices import Channel, Template
from notifications.models import Delivery
from tickets.covering import known_stores
from tickets.models import Ticket
from tickets.ranges import OPEN, Part, merge

#: So many colleagues are named.
COLLEAGUES = 12
#: So many rows stand on the page at most.
PLACES = 3 * ROWS


@require_safe
def day(request):
    """Ten queries, whatever there is: each part is read to its first rows only."""
    sight = sight_of(request)
    waiting, nobodys = waiting_for(sight), _nobodys(sight)
    tickets = _tickets(sight, [pk for pk, _reason in waiting.first] + [*waiting.others, *nobodys])
    first = [_with_reason(tickets[pk], reason) for pk, reason in waiting.first if pk in tickets]
    yesterday = yesterday_of(request.user)
    context = {
        "today": reader_today(),
        "sums": sums(waiting),
        "first": first,
        "others": [_waiting(tickets[pk], since) for pk, since in waiting.others.items() if pk in tickets],
        "nobodys": [tickets[pk] for pk in nobodys if pk in tickets],
        "mentions": _mentions(sight),
        "colleagues": _colleagues(request.user),
        "numbers": numbers_of(yesterday),
        "yesterday": yesterday,
    }
    return desk_page(request, "backoffice/day/day.html", context)


def sums(waiting):
    """What waits, as short sentences, of which each stands by itself. Nothing where nothing is late, due or answered."""
    counts, told = waiting.counts, []
    if late := counts[LATE]:
        told.append(ngettext("%(number)s late", "%(number)s late", late) % {"number": format_number(late)})
    if due := counts[DUE]:
        words = ngettext("%(number)s due by %(clock)s", "%(number)s due by %(clock)s", due)
        told.append(words % {"number": format_number(due), "clock": format_moment(waiting.due_by, "clock")})
    if answered := counts[ANSWERED]:
        words = ngettext("%(number)s answered while you were away", "%(number)s answered while you were away", answered)
        told.append(words % {"number": format_number(answered)})
    if not told and (rest := counts[WAITING] + counts[MENTIONED]):
        told.append(
            ngettext("%(number)s ticket is yours to act on", "%(number)s tickets are yours to act on", rest)
            % {"number": format_number(rest)}
        )
    return told


def _nobodys(sight):
    """Ids of the tickets nobody has that were silent longest, by the index of the list of unassigned ones."""
    tickets = Ticket.objects.kept().still_open().awake().unassigned()
    return [
        pk
        for _moment, pk in merge(
            [Part(tickets, OPEN, sight.departments, frozenset(sight.statuses))], "last_message_at", ROWS, descending=False
        )
    ]


def _tickets(sight, ids):
    """{id: ticket dressed for its row}, of ids that were found among those this person sees."""
    if not ids:
        return {}
    places = dict(enumerate([*ids, *[0] * (PLACES - len(ids))]))
    found = _with_ids(reader=sight.user.pk, **{f"place{place}": pk for place, pk in places.items()})
    dress(found, known_stores(sight))
    return {ticket.pk: ticket for ticket in found}


@Prepared
def _with_ids(reader, **places):
    return Ticket.objects.kept().filter(pk__in=list(places.values())).for_inbox().with_unread_of(reader).order_by()


def _waiting(ticket, since):
    """Its row says for how long it has waited."""
    ticket.when, ticket.when_at, ticket.when_tone = format_moment(since, "ago"), since, ""
    return ticket


def _mentions(sight):
    """The newest mentions that were not read yet, in tickets this person still sees."""
    found = [notice for notice in _mentioned(user=sight.user.pk) if sees(sight, notice.ticket)]
    return cover(found[:ROWS], sight)


@Prepared
def _mentioned(user):
    notices = Delivery.objects.filter(user=user, channel=Channel.IN_APP, template=Template.MENTIONED, ticket__deleted_at=None).unread()
    return notices.select_related("ticket__customer", "ticket__department", "event__actor").order_by("-created_at", "-pk")[:COLLEAGUES]


def _with_reason(ticket, reason):
    """Its chip says why it stands here; the promise itself stands at the end of the row."""
    ticket.reason, ticket.reason_tone = {
        LATE: (_("late"), " chip-danger"),
        DUE: (_("due today"), " chip-soon"),
        ANSWERED: (_("new answer"), ""),
        MENTIONED: (_("you are mentioned"), ""),
        WAITING: (_("waits longest"), ""),
    }[reason]
    return ticket


def _colleagues(user):
    """Those who are members of a department together with this person, or in a team: who is there first."""
    return sorted(_beside(user=user.pk), key=lambda person: not person.is_present)


@Prepared
def _beside(user):
    User = get_user_model()
    members, teams = User.departments.rel.through.objects, User.groups.through.objects
    beside = Q(pk__in=members.filter(department__in=members.filter(user=user).values("department")).values("user"))
    beside |= Q(pk__in=teams.filter(group__in=teams.filter(user=user).values("group")).values("user"))
    return User.objects.staff().filter(beside).exclude(pk=user).only("name", "email", "phone", "is_away", "away_until")[:COLLEAGUES]


def numbers_of(yesterday):
    """[(what, the number in words, how it is counted)]."""
    rows = [
        (_("Answered"), format_number(yesterday.answered), _("Answers you sent, each counted once.")),
        (_("Closed"), format_number(yesterday.closed), _("Tickets you closed, also those that were reopened later.")),
    ]
    if yesterday.first_answer is not None:
        words = format_moment(timezone.now() - yesterday.first_answer, "ago")
        definition = _(
            "From the opening of a ticket to your first answer, where that was the first: half of them took less. Nights and weekends count."
        )
        rows.append((_("First answer after"), words, definition))
    if yesterday.ratings:
        words = ngettext("%(mean)s of 5, %(number)s rating", "%(mean)s of 5, %(number)s ratings", yesterday.ratings)
        words %= {"mean": format_number(yesterday.rating, 1), "number": format_number(yesterday.ratings)}
        rows.append((_("Ratings"), words, _("The mean of what customers answered yesterday about tickets that are yours now.")))
    return rows
