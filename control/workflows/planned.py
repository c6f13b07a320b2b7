"""A plan of an action in words, for the rehearsal."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from automations.foretelling import what_follows
from common.numbers import format_number
from common.templatetags.formats import isolate
from tickets.errors import AssigneeMissing, DepartmentMissing, FieldMissing, NothingToSay

#: What the doer is asked for before it is done; that nobody gave it yet is no refusal.
ASKED_FIRST = (AssigneeMissing, DepartmentMissing, FieldMissing, NothingToSay)


class Planned:
    """One ticket: what would become of it (`facts`), or why not (`refusals`), and when, for what is done by itself."""

    def __init__(self, plan, due, by):
        self.plan, self.ticket, self.due, self.by = plan, plan.ticket, due, by
        is_asked = plan.asks.anything
        self.refusals = [str(refusal) for refusal in plan.refusals if not (is_asked and isinstance(refusal, ASKED_FIRST))]

    @property
    def facts(self):
        """Phrases in the order in which it happens: first what the doer is asked, then what follows."""
        plan, asks = self.plan, self.plan.asks
        facts = []
        if asks.words:
            facts.append(_("the doer writes the words"))
        elif plan.text:
            facts.append(_("says: %(words)s") % {"words": isolate(plan.text[:120])})
        if asks.fields:
            number = len(asks.fields)
            facts.append(ngettext("asks for %(number)s field", "asks for %(number)s fields", number) % {"number": format_number(number)})
        if asks.assignee:
            facts.append(_("the doer chooses who gets it"))
        return facts + what_follows(plan, by=self.by)
