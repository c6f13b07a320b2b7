"""Who hears of what, and how: what each member of staff chose, and what the owner has sent at all.

Both are kept by the process (common/kept.py), so telling a whole department asks for nobody's choice.
"""

from common.kept import kept
from notifications.choices import Channel
from notifications.models import EventText, NoticeChoice
from notifications.topics import TOPIC_OF, USUAL, Topic, ways_for


def ways_of(template, store_id):
    """By which ways the owner has this message sent: all, unless they switched one off."""
    switched = kept(("ways of messages",), _switched)
    return switched.get((store_id, str(template)), frozenset({Channel.MAIL, Channel.SMS}))


def _switched():
    rows = EventText.objects.values_list("store", "template", "by_mail", "by_sms")
    return {
        (store, template): frozenset(way for way, is_on in ((Channel.MAIL, mail), (Channel.SMS, sms)) if is_on)
        for store, template, mail, sms in rows
    }


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
    """One person's whole choice: `ways` {topic: set of channels}, `watches` (set of reasons)."""

    def __init__(self, row=None):
        changed = row.ways if row else {}
        self.ways = {topic: {way for way in ways_for(topic) if changed.get(f"{topic}.{way}", way in USUAL[topic])} for topic in Topic}
        self.watches = set(row.watches if row else ())


def choice_of(person):
    return Chosen(NoticeChoice.objects.filter(user=person).first())


def choose(person, *, ways, watches):
    """Keep how this person wants to hear: `ways` {topic: channels}, `watches` reasons. Only what differs from the usual is stored."""
    changed = {
        f"{topic}.{way}": way in ways.get(topic, ())
        for topic in Topic
        for way in ways_for(topic)
        if (way in ways.get(topic, ())) != (way in USUAL[topic])
    }
    watches = [reason for reason in NoticeChoice.REASONS if reason in watches]
    if not changed and not watches:
        NoticeChoice.objects.filter(user=person).delete()
        return
    NoticeChoice.objects.update_or_create(user=person, defaults={"ways": changed, "watches": watches})
