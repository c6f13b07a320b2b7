"""The page of choices: one row for each topic, one box for each way. Read from, and written as, what notifications keeps."""

from collections import namedtuple
from datetime import time

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import StartPage
from common.numbers import local_digits
from notifications.choices import Channel, Rhythm
from notifications.gateways import sends_sms
from notifications.models import NoticeChoice
from notifications.notice_choices import choice_of, choose
from notifications.push import is_offered
from notifications.topics import Topic, ways_for

WORDS = {
    Channel.IN_APP: pgettext_lazy("way of hearing", "Bell"),
    Channel.PUSH: pgettext_lazy("way of hearing", "On my devices"),
    Channel.MAIL: _("E-mail"),
    Channel.SMS: _("SMS"),
}
Row = namedtuple("Row", "topic words boxes gathered")
Box = namedtuple("Box", "name way words is_on")


class ChoicesForm:
    """Nothing typed here can be wrong: a box is ticked or not, and what is not offered is not looked at. Half a quiet time is none."""

    def __init__(self, data=None, *, person=None):
        self.data, self.person = data, person
        self.has_sms = sends_sms()
        self.has_push = is_offered()
        missing = ({Channel.SMS} if not self.has_sms else set()) | ({Channel.PUSH} if not self.has_push else set())
        self.ways = [way for way in WORDS if way not in missing]
        self.chosen = choice_of(person) if person else None

    @property
    def columns(self):
        return [(way, WORDS[way]) for way in self.ways]

    @property
    def rows(self):
        """[Row]; the box of a way that there is not for the topic is None."""
        return [Row(topic, topic.label, [self._box(topic, way) for way in self.ways], self._gathered(topic)) for topic in Topic]

    def _gathered(self, topic):
        """The box that lets its mails come together."""
        return (f"{topic}.gathered", topic in self.chosen.gathered) if Channel.MAIL in ways_for(topic) else None

    def _box(self, topic, way):
        return Box(f"{topic}.{way}", way, WORDS[way], way in self.chosen.ways[topic]) if way in ways_for(topic) else None

    @property
    def rhythms(self):
        return [(value, label, self.chosen.rhythm == value) for value, label in Rhythm.choices]

    @property
    def hours(self):
        """[(value, words, whether gathered mails leave then)] of a day."""
        return [(hour, local_digits(f"{hour:02}:00"), hour == self.chosen.digest_hour) for hour in range(24)]

    @property
    def quiet(self):
        """[(name, label, [(value, words, whether it is chosen)])] of the two ends of the quiet hours."""
        ends = (
            ("quiet_from", _("Quiet from"), self.chosen.quiet_from),
            ("quiet_to", pgettext_lazy("quiet hours", "until"), self.chosen.quiet_to),
        )
        return [(name, label, [("", "–", chosen is None), *_half_hours(chosen)]) for name, label, chosen in ends]

    @property
    def reasons(self):
        """[(name, words, whether it is chosen)] of what makes a ticket watched by itself."""
        return [(name, words, name in self.chosen.watches) for name, words in NoticeChoice.REASONS.items()]

    @property
    def starts(self):
        return [(value, label, self.person.start_page == value) for value, label in StartPage.choices]

    @property
    def has_number(self):
        return bool(self.person.phone)

    def save(self, person):
        """Keep what was ticked. Ways that are not shown now (SMS without a gateway) stay as they were."""
        before = choice_of(person)
        ways = {
            topic: {way for way in ways_for(topic) if (f"{topic}.{way}" in self.data if way in self.ways else way in before.ways[topic])}
            for topic in Topic
        }
        gathered = [topic for topic in Topic if f"{topic}.gathered" in self.data]
        choose(person, ways=ways, watches=self.data.getlist("watch"), gathered=gathered, **self._times())
        start = self.data.get("start")
        if start in StartPage.values and start != person.start_page:
            person.start_page = start
            person.save(update_fields=["start_page"])

    def _times(self):
        hour, rhythm = self.data.get("digest_hour", ""), self.data.get("rhythm")
        start, end = _time(self.data.get("quiet_from")), _time(self.data.get("quiet_to"))
        is_whole = start is not None and end is not None and start != end
        return {
            "rhythm": rhythm if rhythm in Rhythm.values else Rhythm.HOURLY,
            "digest_hour": int(hour) if hour in {str(each) for each in range(24)} else 8,
            "quiet_from": start if is_whole else None,
            "quiet_to": end if is_whole else None,
            "mail_waits": "mail_waits" in self.data,
        }


def _half_hours(chosen):
    times = [time(hour, minute) for hour in range(24) for minute in (0, 30)]
    return [(f"{each:%H:%M}", local_digits(f"{each:%H:%M}"), each == chosen) for each in times]


def _time(said):
    try:
        return time.fromisoformat(said or "")
    except ValueError:
        return None
