"""What somebody asked the list of messages for, as it stands in the address. Damaged and foreign values count as not given."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.text import clean_line
from control.audit.asked import Day
from notifications.choices import NOT_ARRIVED, Channel, Reason, State, Template

#: States as people look for them: those that ask for somebody's help, or the one.
GROUPS = {
    "trouble": (_("Failed or uncertain"), list(NOT_ARRIVED)),
    "waiting": (pgettext_lazy("messages", "Waiting"), [State.QUEUED, State.SENDING]),
}


@dataclass(frozen=True)
class Asked:
    state: str = ""
    channel: str = ""
    about: str = ""
    reason: str = ""
    through: str = ""
    since: Day = Day()
    until: Day = Day()
    words: str = ""

    @classmethod
    def read(cls, query):
        state = query.get("state", "")
        return cls(
            state=state if state in GROUPS or state in State.values else "",
            channel=_one_of(Channel, query.get("channel", "")),
            about=_one_of(Template, query.get("about", "")),
            reason=_one_of(Reason, query.get("reason", "")),
            through=clean_line(query.get("through", ""), 80),
            since=Day.read(query.get("since", "")),
            until=Day.read(query.get("until", "")),
            words=clean_line(query.get("q", ""), 254),
        )

    @property
    def states(self):
        return GROUPS[self.state][1] if self.state in GROUPS else [self.state] if self.state else []

    @property
    def given(self):
        """What narrows the list: {name in the address: value}."""
        names = {"state": self.state, "channel": self.channel, "about": self.about, "reason": self.reason, "through": self.through}
        days = {"since": self.since.day, "until": self.until.day}
        return {name: str(value) for name, value in (names | {"q": self.words} | days).items() if value}

    @property
    def query(self):
        return "?" + urlencode(self.given)

    @property
    def has_mistakes(self):
        return bool(self.since.error or self.until.error)

    @property
    def is_narrowed(self):
        return bool(self.given) or self.has_mistakes

    @property
    def is_of_one_reason(self):
        """Whether all of it failed for the same reason, so that all of it may be tried again at once."""
        return self.state == State.FAILED and bool(self.reason) and not self.has_mistakes


def _one_of(choices, value):
    return value if value in choices.values else ""
