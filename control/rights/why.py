"""“Why can't Dan see it?” for one ticket. The granter need not see the ticket: then the answer tells of rights and of nothing else."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.numbers import ascii_digits
from permissions.querysets import departments_to_grant_in
from tickets.access import TicketAccess
from tickets.covering import cover_ticket, known_stores
from tickets.explaining import Explanation, explain
from tickets.models import Ticket


@dataclass
class Answer:
    """`ticket` only where the granter may see it; `links`: where on the page to give what is missing, line by line."""

    explanation: Explanation
    number: str
    ticket: object = None
    links: tuple = ()

    @property
    def lines(self):
        return zip(self.explanation.lines, self.links, strict=True)


def why(sheet, form):
    """The answer to a valid form, or None with words beside the number: a ticket of foreign departments is as unknown as any other."""
    number = ascii_digits(form.cleaned_data["why"]).strip(" #")
    theirs = departments_to_grant_in(sheet.granter).values("pk")
    ticket = Ticket.objects.filter(department__in=theirs, number=number).for_page().first()
    if ticket is None:
        form.add_error("why", _("There is no ticket with this number in your departments."))
        return None
    explanation = explain(TicketAccess(sheet.who, ticket).decide(form.cleaned_data["question"]), person=sheet.who, ticket=ticket)
    links = tuple(_link(line, sheet) for line in explanation.lines)
    if not Ticket.objects.visible_to(sheet.granter).filter(pk=ticket.pk).exists():
        return Answer(explanation, ticket.number, links=links)
    return Answer(explanation, ticket.number, cover_ticket(ticket, known_stores(sheet.granter).mask(ticket)), links)


def _link(line, sheet):
    """The row of the matrix in which the missing right stands, if it is on this sheet."""
    box = sheet.boxes.get(".".join(map(str, line.way))) if line.way and not line.is_met else None
    return f"#{box.row_id}" if box else ""
