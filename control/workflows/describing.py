"""Statuses and actions of a document in short sentences, for lists, reviews and the rehearsal."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from automations.naming import name_of, named
from automations.things import Things
from common.numbers import format_number
from common.templatetags.formats import isolate
from statuses.models import ActionDeed, FiresSince, GivesTo, StatusKind


class Described:
    """A whole document for a page: `statuses`, each with its sentences and its actions with theirs."""

    def __init__(self, document):
        self.names = {status["key"]: named(status) for status in document["statuses"]}
        self.things = Things(document)
        self.statuses = [self._status(status) for status in document["statuses"]]

    def _status(self, status):
        actions = [
            {"key": each["key"], "name": name_of(each), "icon": each["icon"], "facts": self.facts_of_action(each), "is_timed": bool(each["fires_after_hours"])}
            for each in status["actions"]
        ]  # fmt: skip
        return {
            "key": status["key"],
            "name": name_of(status),
            "kind": status["kind"],
            "hue": status["hue"],
            "facts": self.facts_of_status(status),
            "actions": actions,
        }

    def facts_of_status(self, status):
        """What is not as usual about it, and where answers lead."""
        facts = []
        for name, words in (
            ("after_customer_reply", _("customer writes: to %(status)s")), ("after_staff_reply", _("staff answer: to %(status)s")),
        ):  # fmt: skip
            if status[name] and status[name] != status["key"]:
                facts.append(words % {"status": self.status(status[name])})
        is_closed = status["kind"] == StatusKind.CLOSED
        rows = [
            (not status["shown_in_portal"], _("hidden from customers")),
            (not status["customer_may_reply"], _("customers cannot write")),
            (not status["customer_may_close"] and not is_closed, _("customers cannot close")),
            (not status["customer_may_reopen"] and is_closed, _("customers cannot open it again")),
            (not status["clock_runs"] and not is_closed, _("the clock stands still")),
            (status["asks_for_survey"] and is_closed, _("asks for a rating")),
        ]
        return facts + [words for holds, words in rows if holds]

    def facts_of_action(self, action):
        facts = []
        deed = {
            ActionDeed.REPLY: _("answers the customer"),
            ActionDeed.NOTE: _("writes a note"),
            ActionDeed.DELETE: _("deletes the ticket"),
        }.get(action["deed"])
        if action["deed"] == ActionDeed.PASS_ON:
            department = self.things.departments.get(action["department"])
            where = isolate(department or action["department"] or "")
            deed = _("passes to %(department)s") % {"department": where} if where else _("passes to a department of one’s choice")
        if deed:
            facts.append(deed)
        if action["target"]:
            facts.append(_("leads to %(status)s") % {"status": self.status(action["target"])})
        if action["gives_to"] != GivesTo.KEEP:
            facts.append(self._gives(action))
        if action["fields"]:
            number = len(action["fields"])
            facts.append(ngettext("asks for %(number)s field", "asks for %(number)s fields", number) % {"number": format_number(number)})
        if action["messages"]:
            number = len(action["messages"])
            facts.append(ngettext("sends %(number)s text", "sends %(number)s texts", number) % {"number": format_number(number)})
        if action["fires_after_hours"]:
            facts.append(after(action))
        if action["for_customers"]:
            facts.append(_("customers have it too") if action["for_staff"] else _("only customers have it"))
        return facts

    def _gives(self, action):
        given = {
            GivesTo.NOBODY: _("nobody has it afterwards"),
            GivesTo.DOER: _("whoever does it has it"),
            GivesTo.RESPONSIBLE: _("the responsible person gets it"),
            GivesTo.METHOD: _("given as the department assigns"),
            GivesTo.PREVIOUS: _("back to whoever had it before"),
            GivesTo.CHOICE: _("the doer chooses who gets it"),
        }.get(action["gives_to"])
        if given:
            return given
        who = self.things.person(action["person"]) if action["gives_to"] == GivesTo.PERSON else action["team"]
        return _("given to %(who)s") % {"who": isolate(who or action["person"] or "?")}

    def status(self, key):
        return self.names.get(key) or _("a status that is gone")


def after(action):
    """“by itself after 7 days since the last message”"""
    hours = action["fires_after_hours"]
    if hours % 24:
        time = ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": format_number(hours)}
    else:
        time = ngettext("%(number)s day", "%(number)s days", hours // 24) % {"number": format_number(hours // 24)}
    if action["fires_since"] == FiresSince.ENTERED:
        return _("by itself, %(time)s after it came here") % {"time": time}
    return _("by itself, %(time)s after the last message") % {"time": time}
