"""Prepared answers as they go into the reply to one ticket: in the customer's language, with the variables filled in."""

from dataclasses import dataclass

from common.moments import reading_as
from common.normaliser import normalise, search_terms
from stores.addresses import portal_url
from tickets.models import ReplyTemplate
from tickets.variables import facts_for, fill


@dataclass(frozen=True)
class Prepared:
    """`text` is what goes into the composer; `folded` is what typing is compared with: titles and texts of all languages."""

    template: ReplyTemplate
    text: str
    folded: str

    @property
    def pk(self):
        return self.template.pk

    @property
    def is_macro(self):
        """Whether it does more than say its words."""
        macro = getattr(self.template, "macro", None)
        return macro is not None and not macro.is_empty

    @property
    def title(self):
        return str(self.template.title)


def prepared_for(ticket, user, *, words="", pk=None):
    """What this person may insert into this ticket, in its order; `words`: only those in which all of them occur.

    `ticket` as its page shows it: where the writer may not know the customer, what would tell them is covered.
    """
    templates = ReplyTemplate.objects.offered_to(user, ticket).select_related("team", "store", "macro")
    terms = search_terms(words)
    found = [(template, folded_words(template)) for template in (templates.filter(pk=pk) if pk else templates)]
    found = [(template, folded) for template, folded in found if all(term in folded for term in terms)]
    if not found:
        return []
    with reading_as(language=ticket.language):
        facts = _facts(ticket, user)
        return [
            Prepared(template, fill(_in(template, ticket.language), facts, treat=ticket.mask.text), folded) for template, folded in found
        ]


def folded_words(template):
    return normalise(" ".join(part for words in template.words.values() for part in words))


def _in(template, language):
    """The text in this language, else in the next best one."""
    return template.text.localize(language) or ""


def _facts(ticket, user):
    """As the customer would read them. A covered ticket's customer stands in without name and account, so the link is the plain one."""
    link = portal_url(ticket.store, "ticket", ticket.number) if ticket.mask.covers else None
    return facts_for(ticket, reader=ticket.customer, by=user, link=link)
