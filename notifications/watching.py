"""Telling those who watch a ticket: of every action on it but their own, gathered into one notice until they look."""

from django.db.models import F
from django.utils import timezone

from notifications.choices import Audience, Channel, Template
from notifications.hearing import hearers_of, watcher_ids
from notifications.models import Delivery
from notifications.notice_choices import choices_of_staff, ways_to
from notifications.reactions import follows_reply
from notifications.services import tell_hearers
from tickets.choices import Kind
from tickets.models import Watch

#: What watchers do not hear of: what nobody could watch yet, what is told beside its note, what is seen by nobody, and the secret.
QUIET = {Kind.OPENED, Kind.MENTIONED, Kind.DELETED, Kind.SECRET_SHOWN, Kind.SECRETS_WIPED}
KINDS = [kind for kind in Kind if kind not in QUIET]
#: Whoever does this may want to watch from then on (NoticeChoice.REASONS).
REASONS = {Kind.OPENED: "opened", Kind.STAFF_REPLIED: "answered"}


def tell_watchers(event):
    """The last of the reactions that tell: whoever heard of the event already does not hear of it again for watching."""
    ticket, told = event.ticket, event.memory.get("told", set())
    watching = event.memory.get("watching")
    if watching is None:
        somebody = watcher_ids(ticket) - told - {event.actor_id}
        watching = hearers_of(ticket) if somebody else []
    hearers = [hearer for hearer in watching if hearer.pk not in told and hearer.pk != event.actor_id]
    if not hearers or follows_reply(event):
        return
    gathered = _gather(event, {hearer.pk for hearer in hearers})
    # A gathered notice says it already; who chose other ways besides gets those.
    choices = choices_of_staff() if gathered else {}
    rest = [one for one in hearers if one.pk not in gathered or ways_to(one.pk, Template.WATCHED, choices) - {Channel.IN_APP}]
    tell_hearers({Audience.WATCHERS: rest}, Template.WATCHED, ticket=ticket, event=event)


def _gather(event, people):
    """Let the notices they have not read yet say this as well. Returns the ids of those who have one. Safe to run twice."""
    notices = Delivery.objects.filter(
        user__in=people, channel=Channel.IN_APP, read_at=None, template=Template.WATCHED, ticket=event.ticket
    ).order_by()
    having = dict(notices.values_list("user", "event"))
    if having:
        notices.filter(event__lt=event.pk).update(event=event, changes=F("changes") + 1, created_at=timezone.now())
    return set(having)


def watch_by_choice(event):
    """Whoever wants to watch what they opened, answered or were mentioned in does so from now on."""
    reason = REASONS.get(event.kind)
    people = event.details["whom"] if event.kind == Kind.MENTIONED else [event.actor_id] if reason and not event.by_customer else []
    choices = choices_of_staff() if people else {}
    wanting = [pk for pk in people if pk in choices and (reason or "mentioned") in choices[pk].watches]
    if wanting:
        Watch.objects.bulk_create([Watch(ticket=event.ticket, user_id=pk) for pk in wanting], ignore_conflicts=True)
