"""The words an action proposes: in the reader's language, with the variables filled in. The doer edits them."""

from statuses.models import ActionDeed


def proposed_words(action, ticket, *, by=None):
    """The action's words for this ticket: for an answer in the customer's language, for a note in the doer's (or the ticket's)."""
    language = ticket.language if action.deed == ActionDeed.REPLY or by is None else by.language or ticket.language
    return action.text.localize(language) if hasattr(action.text, "localize") else str(action.text or "")
