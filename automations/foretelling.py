"""What an action would do, in phrases for the page before it is done, and for its rehearsal."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from common.numbers import format_number
from common.templatetags.formats import isolate
from notifications.recipients import recipients_of
from statuses.models import ActionDeed, GivesTo
from tickets.services.deleting import DAYS

#: Of more people than this only the number is told.
MOST_NAMES = 3


@dataclass(frozen=True)
class _Doing:
    """What recipients_of wants to know of an event that has not happened."""

    actor: Any
    by_customer: bool


def messages_of(plan, *, by=None, by_customer=False):
    """[(message, [Told, …])] of what would be sent, to whom."""
    ticket = plan.there
    return [(message, recipients_of(message, ticket, _Doing(by, by_customer))) for message in plan.messages]


def what_follows(plan, *, by=None, by_customer=False):
    """Phrases, in the order in which it happens: “status “Waiting for customer””, “given to Dan”, “Kasia gets “Received””."""
    if plan.deletes:
        words = ngettext("deleted, for %(number)s day it can be brought back", "deleted, for %(number)s days it can be brought back", DAYS)
        return [words % {"number": format_number(DAYS)}]
    phrases = []
    if plan.action.deed == ActionDeed.REPLY and not by_customer:
        phrases.append(pgettext("what follows", "the customer gets your words"))
    if plan.action.deed == ActionDeed.NOTE:
        phrases.append(pgettext("what follows", "only staff read your words"))
    if plan.moves:
        phrases.append(pgettext("what follows", "status “%(status)s”") % {"status": isolate(plan.status)})
    if plan.passes_on:
        phrases.append(pgettext("what follows", "goes to “%(department)s”") % {"department": isolate(plan.department)})
    phrases += [*_holder(plan, by), *_told(plan, by, by_customer)]
    return phrases


def _holder(plan, by):
    if plan.by_chance:
        return [pgettext("what follows", "given to a member of “%(department)s”") % {"department": isolate(plan.department)}]
    if plan.asks.assignee or not plan.gives and plan.action.gives_to == GivesTo.KEEP:
        return []
    if plan.assignee:
        if by and plan.assignee.pk == by.pk:
            return [pgettext("what follows", "given to you")]
        return [pgettext("what follows", "given to %(whom)s") % {"whom": isolate(plan.assignee)}]
    if plan.team:
        return [pgettext("what follows", "given to the team %(team)s") % {"team": isolate(plan.team)}]
    return [pgettext("what follows", "nobody has it")]


def _told(plan, by, by_customer):
    phrases = []
    for message, told in messages_of(plan, by=by, by_customer=by_customer):
        if not told:
            continue
        facts = {"text": isolate(message.text.name), "number": format_number(len(told))}
        if len(told) > MOST_NAMES:
            words = ngettext("%(number)s person gets “%(text)s”", "%(number)s people get “%(text)s”", len(told))
        else:
            facts["names"] = _(", ").join(isolate(one) for one in told)
            words = ngettext("%(names)s gets “%(text)s”", "%(names)s get “%(text)s”", len(told))
        phrases.append(words % facts)
    return phrases
