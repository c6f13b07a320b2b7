"""The words an action proposes, with their variables filled in. The doer edits them before they go."""

from django.utils.translation import get_language, override

from statuses.models import ActionDeed
from tickets.variables import FIELD, facts_for, fill, variables_in

#: What tells who the customer is. A doer who may not know it reads the braces; the values come in when the words are sent.
TELLING = {"customer", "first_name", "company", "email", "phone", "subject", "link"}


class _Telling(dict):
    """Only those values that a covered doer was not shown. `names`: those that may come in at all, where that matters."""

    def __init__(self, facts, names=None):
        super().__init__()
        self._facts, self._names = facts, names

    def __missing__(self, name):
        if (self._names is None or name in self._names) and (name in TELLING or name.startswith(FIELD)):
            return self._facts[name]
        raise KeyError(name)


class _Harmless(_Telling):
    """Only those values that everybody may know."""

    def __missing__(self, name):
        if name in TELLING or name.startswith(FIELD):
            raise KeyError(name)
        return self._facts[name]


def proposed_words(action, ticket, *, by=None, covers=False):
    """The action's words for this ticket: an answer for the customer in their language, a note in the doer's.

    `covers`: the doer may not know the customer, so what tells who it is stays in braces (see words_to_send).
    """
    with override(_language(action, ticket, by)):
        words = str(action.text or "")
        if not words:
            return ""
        facts = _facts(action, ticket, by)
        return fill(words, _Harmless(facts) if covers else facts)


def words_to_send(words, action, ticket, *, by):
    """What a covered doer wrote, with the values that were kept from their eyes. `ticket`: the stored one, not covered.

    Only the owner's words bring values in: a field that the doer names themselves could be one that is not theirs to read.
    """
    with override(_language(action, ticket, by)):
        names = set(variables_in(str(action.text or "")))
        return fill(words, _Telling(_facts(action, ticket, by), names))


def _language(action, ticket, by):
    if action.deed == ActionDeed.REPLY or by is None:
        return ticket.language
    return by.language or get_language()


def _facts(action, ticket, by):
    reader = ticket.customer if action.deed == ActionDeed.REPLY else by
    return facts_for(ticket, reader=reader, by=by)
