"""A plan of an action in words, for the rehearsal."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.numbers import format_number
from common.templatetags.formats import isolate
from notifications.choices import Recipient
from tickets.errors import AssigneeMissing, DepartmentMissing, FieldMissing, NothingToSay

#: What the doer is asked for before it is done; that nobody gave it yet is no refusal.
ASKED_FIRST = (AssigneeMissing, DepartmentMissing, FieldMissing, NothingToSay)


class Planned:
    """One ticket: what would become of it (`facts`), or why not (`refusals`), and when, for what is done by itself."""

    def __init__(self, plan, due):
        self.plan, self.ticket, self.due = plan, plan.ticket, due
        is_asked = plan.asks.anything
        self.refusals = [str(refusal) for refusal in plan.refusals if not (is_asked and isinstance(refusal, ASKED_FIRST))]

    @property
    def status(self):
        return self.plan.status

    @property
    def facts(self):
        plan, asks = self.plan, self.plan.asks
        facts = [_("is deleted")] if plan.deletes else []
        if plan.moves:
            facts.append(_("moves to %(status)s") % {"status": isolate(plan.status)})
        if plan.passes_on:
            facts.append(_("passes to %(department)s") % {"department": isolate(plan.department)})
        facts.append(self._holder())
        if asks.words:
            facts.append(_("the doer writes the words"))
        elif plan.text:
            facts.append(_("says: %(words)s") % {"words": isolate(plan.text[:120])})
        if asks.fields:
            number = len(asks.fields)
            facts.append(ngettext("asks for %(number)s field", "asks for %(number)s fields", number) % {"number": format_number(number)})
        for message in plan.messages:
            who = isolate(message.address) or Recipient(message.recipient).label
            facts.append(_("sends “%(text)s” to %(who)s") % {"text": message.text, "who": who})
        return [fact for fact in facts if fact]

    def _holder(self):
        plan = self.plan
        if plan.asks.assignee:
            return _("the doer chooses who gets it")
        if getattr(plan, "by_chance", False):
            return _("chance decides who gets it")
        if not plan.gives:
            return ""
        who = plan.assignee or plan.team
        return _("given to %(who)s") % {"who": isolate(who)} if who else _("nobody has it afterwards")
