"""Which mails wait for others, and until when; and the lines that a digest carries.

A row waits as “gathered”: because its reader wants their mail every hour or once a day, because the owner has answers gathered for some
minutes, or because more mails of one kind would leave than anybody reads. The clock writes the digests (digests.py).
"""

from datetime import time, timedelta

from django.utils import timezone

from notifications.choices import Channel, Rhythm, State, Template
from notifications.models import Delivery
from notifications.outcomes import NotYet
from notifications.quiet import next_time
from notifications.topics import TOPIC_OF
from notifications.ways import settings_of, staff_zone
from notifications.wishes import wishes_of

#: What carries other rows, and how many of them its mail shows: of more, the newest, and how many others there are.
CARRIERS = {Template.DIGEST, Template.ANSWERS}
SHOWN = {Template.DIGEST: 40, Template.ANSWERS: 10}


def gathered_until(delivery, hearer, choices):
    """Until when this new mail to a member of staff waits for others, as they chose (an aware moment); None: it leaves at once."""
    chosen = choices.get(hearer.pk)
    if delivery.channel != Channel.MAIL or chosen is None or TOPIC_OF.get(delivery.template) not in chosen.gathered:
        return None
    now = timezone.now()
    if chosen.rhythm == Rhythm.HOURLY:
        return _next_hour(now)
    return next_time(now, time(chosen.digest_hour), staff_zone(hearer, delivery.store))


def answers_gathered_until(delivery):
    """The same for an answer to a customer: by their wish every hour, or for some minutes where the owner has it so."""
    if delivery.channel != Channel.MAIL or delivery.template != Template.REPLY:
        return None
    now = timezone.now()
    if wishes_of(delivery.customer).gathers:
        return _next_hour(now)
    minutes = settings_of(delivery.store_id).answers_minutes
    return now + timedelta(minutes=minutes) if minutes else None


def _next_hour(now):
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def gather(delivery, until):
    """Let this row, which is not stored yet, wait for others."""
    if until:
        delivery.state, delivery.next_try_at = State.GATHERED, until
    return delivery


def guard_flood(delivery):
    """Asked at sending: raises NotYet when this member of staff got as many mails of this kind as the owner allows in so many minutes."""
    if delivery.channel != Channel.MAIL or not delivery.user_id or delivery.event_id is None or delivery.template not in TOPIC_OF:
        return
    limits = settings_of(delivery.store_id)
    if not limits.flood_mails:
        return
    window = timedelta(minutes=limits.flood_minutes)
    sent = Delivery.objects.filter(
        user=delivery.user_id, template=delivery.template, channel=Channel.MAIL, digest=None, sent_at__gt=timezone.now() - window
    ).exclude(pk=delivery.pk)
    recent = list(sent.order_by("-sent_at").values_list("sent_at", flat=True)[: limits.flood_mails])
    if len(recent) == limits.flood_mails:
        raise NotYet(recent[-1] + window, state=State.GATHERED)


def lines_of(digest):
    """What it carries, in the order of the story."""
    return digest.lines.for_sending().filter(state=State.GATHERED).order_by("ticket", "pk")


def shown_lines_of(digest):
    """([line], how many it carries in all): so many as anybody reads, in the order of the story."""
    most = SHOWN[digest.template]
    newest = list(lines_of(digest).order_by("-pk")[:most])
    count = lines_of(digest).count() if len(newest) == most else len(newest)
    return sorted(newest, key=lambda line: (line.ticket_id, line.pk)), count


def follow(digest, state, *, reason=""):
    """What became of a digest became of its lines, so that each ticket tells it. While it waits, they wait."""
    if digest.template in CARRIERS and state not in {State.GATHERED, State.QUEUED, State.SENDING}:
        moment = {"sent_at": timezone.now()} if state == State.SENT else {}
        digest.lines.exclude(state=State.DROPPED).update(state=state, reason=reason, **moment)
