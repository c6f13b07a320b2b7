"""Who hears of what, and how: what each member of staff chose.

It is kept by the process (common/kept.py), so telling a whole department asks for nobody's choice. What the owner has sent at all: ways.py.
"""

from common.kept import kept
from notifications.choices import Channel
from notifications.models import NoticeChoice
from notifications.topics import TOPIC_OF, USUAL, Topic, ways_for


def choices_of_staff():
    """{person id: Chosen} of those who chose something. Read once, however many are told."""
    return kept(("notice choices",), lambda: {row.user_id: Chosen(row) for row in NoticeChoice.objects.all()})


def ways_to(person, template, choices):
    """By which ways this member of staff (an id) wants to hear of it. What cannot be chosen comes by the usual ones."""
    topic = TOPIC_OF.get(template)
    if topic is None:
        return {Channel.IN_APP, Channel.MAIL, Channel.PUSH}
    return choices[person].ways[topic] if person in choices else USUAL[topic]


class Chosen:
    """One person's whole choice: `ways` {topic: set of channels}, `watches` (set of reasons), `gathered` (set of topics), quiet hours."""

    def __init__(self, row=None):
        changed = row.ways if row else {}
        self.ways = {topic: {way for way in ways_for(topic) if changed.get(f"{topic}.{way}", way in USUAL[topic])} for topic in Topic}
        self.watches = set(row.watches if row else ())
        row = row or NoticeChoice()
        self.gathered = {topic for topic in row.gathered if topic in Topic.values}
        self.rhythm, self.digest_hour = row.rhythm, row.digest_hour
        self.quiet_from, self.quiet_to, self.mail_waits = row.quiet_from, row.quiet_to, row.mail_waits


def choice_of(person):
    return Chosen(NoticeChoice.objects.filter(user=person).first())


def choose(person, *, ways, watches, gathered=(), **hours):
    """Keep how this person wants to hear: `ways` {topic: channels}, `watches` reasons, `gathered` topics; `hours`: rhythm, digest_hour,
    quiet_from, quiet_to, mail_waits. Only what differs from the usual is stored.
    """
    changed = {
        f"{topic}.{way}": way in ways.get(topic, ())
        for topic in Topic
        for way in ways_for(topic)
        if (way in ways.get(topic, ())) != (way in USUAL[topic])
    }
    row = NoticeChoice(
        user=person, ways=changed, watches=[reason for reason in NoticeChoice.REASONS if reason in watches],
        gathered=[topic.value for topic in Topic if topic in gathered and Channel.MAIL in ways_for(topic)], **hours,
    )  # fmt: skip
    chosen = {name: getattr(row, name) for name in _CHOSEN}
    if chosen == {name: getattr(NoticeChoice(), name) for name in _CHOSEN}:
        NoticeChoice.objects.filter(user=person).delete()
        return
    NoticeChoice.objects.update_or_create(user=person, defaults=chosen)


_CHOSEN = [field.name for field in NoticeChoice._meta.fields if field.name != "user"]
