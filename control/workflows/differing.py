"""What differs between two documents of one workflow, in words."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.choices import Language
from automations.naming import named
from common.templatetags.formats import isolate
from control.workflows.action_form import ICONS
from control.workflows.describing import Described, after
from control.workflows.status_form import KINDS, STAYS, TO_OPEN
from notifications.choices import Recipient
from statuses.models import ActionDeed, ActionLook, GivesTo


@dataclass
class Change:
    """One status or action, or the workflow itself. `lines`: (setting, before, after) of what differs."""

    title: str
    sign: str  # new, gone, changed, moved
    lines: list = field(default_factory=list)


class Difference:
    """`changes` from one document to another, the statuses in their new order, each followed by its actions."""

    def __init__(self, old, new):
        self.old, self.new = old, new
        self.names = {status["key"]: named(status) for document in (old, new) for status in document["statuses"]}
        self.sides = Described(old), Described(new)
        self.changes = list(self._changes())

    def _changes(self):
        if self.old["name"] != self.new["name"]:
            yield Change(_("The workflow"), "changed", list(self._spoken(_("Name"), self.old["name"], self.new["name"])))
        before = {status["key"]: status for status in self.old["statuses"]}
        moved = moved_keys(self.old["statuses"], self.new["statuses"])
        for status in self.new["statuses"]:
            title = _("Status %(status)s") % {"status": named(status)}
            old = before.pop(status["key"], None)
            if old is None:
                yield Change(title, "new", [(_("Kind"), "", KINDS.get(status["kind"], status["kind"]))])
            else:
                yield from self._part(title, old, status, self._lines_of_status, is_moved=status["key"] in moved)
            yield from self._actions(status, old["actions"] if old else [], status["actions"])
        for status in before.values():
            yield Change(_("Status %(status)s") % {"status": named(status)}, "gone")

    def _actions(self, status, old, new):
        before = {action["key"]: action for action in old}
        moved = moved_keys(old, new)
        for action in new:
            title = self._title(status, action)
            known = before.pop(action["key"], None)
            if known is None:
                facts = self.sides[1].facts_of_action(action)
                yield Change(title, "new", [("", "", fact) for fact in facts])
            else:
                yield from self._part(title, known, action, self._lines_of_action, is_moved=action["key"] in moved)
        for action in before.values():
            yield Change(self._title(status, action), "gone")

    def _title(self, status, action):
        return _("Action %(action)s in %(status)s") % {"action": named(action), "status": named(status)}

    def _part(self, title, old, new, lines_of, *, is_moved):
        lines = list(lines_of(old, new))
        if lines:
            yield Change(title, "changed", lines)
        elif is_moved:
            yield Change(title, "moved")

    def _lines_of_status(self, old, new):
        yield from self._spoken(_("Name for staff"), old["name"], new["name"])
        yield from self._spoken(_("Name for customers"), old["customer_name"], new["customer_name"])
        words = {
            "kind": (_("Kind"), lambda value: KINDS.get(value, value)),
            "shown_in_portal": (_("Customers see requests in this status"), _yes_no),
            "customer_may_reply": (_("Customers may write"), _yes_no),
            "customer_may_close": (_("Customers may close their request"), _yes_no),
            "customer_may_reopen": (_("Customers may open it again"), _yes_no),
            "reply_days": (_("Days in which a customer’s reply opens it again"), lambda value: _("for ever") if value is None else value),
            "after_customer_reply": (_("When the customer writes, the ticket goes to"), lambda key: self._way(key, TO_OPEN)),
            "after_staff_reply": (_("When staff answer, the ticket goes to"), self._way),
            "clock_runs": (_("The time until the promised answer runs"), _yes_no),
            "asks_for_survey": (_("Whose request comes here is asked for a rating"), _yes_no),
        }
        yield from _plain(words, old, new)
        if (old["hue"], old["chroma"]) != (new["hue"], new["chroma"]):
            yield _("Colour"), "", _("another one")

    def _lines_of_action(self, old, new):
        yield from self._spoken(_("Label"), old["name"], new["name"])
        yield from self._spoken(_("Words to begin with"), old["text"], new["text"])
        words = {
            "icon": (_("Icon"), lambda value: dict(ICONS).get(value, value)),
            "look": (_("Look of the button"), lambda value: ActionLook(value).label),
            "deed": (_("What it does"), lambda value: ActionDeed(value).label),
            "target": (_("The ticket goes to"), self._way),
            "gives_to": (_("Who has the ticket afterwards"), lambda value: GivesTo(value).label),
            "person": (_("Person"), self._person),
            "team": (_("Team"), _or_nothing),
            "for_staff": (_("Staff who hold the right to it"), _yes_no),
            "for_customers": (_("Customers, in the portal"), _yes_no),
        }
        yield from _plain(words, old, new)
        for name, title, told in (
            ("department", _("It passes to the department"), self._department),
            ("fields", _("Fields it asks for"), self._fields),
            ("messages", _("Texts it sends"), self._messages),
        ):
            if old[name] != new[name]:
                yield title, told(old, self.sides[0]), told(new, self.sides[1])
        if any(old[name] != new[name] for name in ("fires_after_hours", "fires_since")):
            yield _("By itself, after a time"), _timed(old), _timed(new)

    def _spoken(self, title, old, new):
        for code in Language.values:
            if old.get(code, "") != new.get(code, ""):
                label = _("%(label)s (%(language)s)") % {"label": title, "language": isolate(Language(code).label)}
                yield label, isolate(old.get(code, "")), isolate(new.get(code, ""))

    def _way(self, key, nothing=STAYS):
        return str(nothing) if key is None else self.names.get(key) or _("a status that is gone")

    def _person(self, word):
        person = self.sides[0].things.person(word) or self.sides[1].things.person(word)
        return isolate(person or word or "")

    def _department(self, action, side):
        return isolate(side.things.departments.get(action["department"]) or action["department"] or "")

    def _fields(self, action, side):
        required = pgettext("field", "%(field)s (required)")
        fields = side.things.fields
        told = [(isolate(fields.get(asked["field"]) or asked["field"]), asked["required"]) for asked in action["fields"]]
        return _list(required % {"field": name} if must else name for name, must in told)

    def _messages(self, action, side):
        texts = side.things.texts
        return _list(
            _("%(text)s to %(who)s") % {
                "text": isolate(texts.get(each["text"]) or each["text"]),
                "who": isolate(each["address"]) or Recipient(each["recipient"]).label,
            }
            for each in action["messages"]
        )  # fmt: skip


def moved_keys(old, new):
    """Keys in both lists that stand in another order than before, as few as explain it: without them the rest is in order."""
    keys = [row["key"] for row in new]
    before = [row["key"] for row in old if row["key"] in set(keys)]
    after_ = [key for key in keys if key in set(before)]
    moved = set()
    while [key for key in before if key not in moved] != [key for key in after_ if key not in moved]:
        left = [key for key in before if key not in moved]
        now = [key for key in after_ if key not in moved]
        moved.add(max(left, key=lambda key: abs(left.index(key) - now.index(key))))
    return moved


def _plain(words, old, new):
    for name, (title, told) in words.items():
        if old[name] != new[name]:
            yield title, told(old[name]), told(new[name])


def _yes_no(value):
    return _("yes") if value else _("no")


def _or_nothing(value):
    return isolate(value or "")


def _timed(action):
    return after(action) if action["fires_after_hours"] else ""


def _list(words):
    return pgettext("between words of a list", ", ").join(str(each) for each in words)
