"""What staff of the demo did with tickets beside answering them: one sleeps, two are linked, one was split."""

from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone

from helpdesk.demo.telling import last_ids, set_back
from tickets.choices import LinkKind
from tickets.models import Ticket
from tickets.services.linking import link_tickets
from tickets.services.snoozing import snooze_ticket
from tickets.services.splitting import split_ticket

WAITING_FOR_THE_CARRIER = "Посылка у соседа, которого я не знаю"
SAME_FAULT = ("Coffee grinder rattles after two weeks", "آسیاب قهوه بعد از دو هفته صدا می‌دهد")
TWO_MATTERS, SECOND_MATTER = "Zmiana adresu dostawy", "Nietypowa faktura dla fundacji"


def move_some(cast):
    moment = timezone.now() - timedelta(minutes=20)
    tickets = {ticket.subject: ticket for ticket in Ticket.objects.all()}
    sleeping = tickets[WAITING_FOR_THE_CARRIER]
    with _at(moment, sleeping):
        snooze_ticket(sleeping, until=timezone.now() + timedelta(days=2), by=cast.staff["negar"])
    one, other = (tickets[subject] for subject in SAME_FAULT)
    with _at(moment, one, other):
        link_tickets(one, other, LinkKind.RELATED, by=cast.staff["alice"])
    double = tickets[TWO_MATTERS]
    second = double.messages.order_by("-created_at").first()
    with _at(moment, double):
        new = split_ticket(double, message=second, department=cast.departments["payment"], subject=SECOND_MATTER, by=cast.staff["alice"])
    set_back(new, (0, 0, 0), moment)


@contextmanager
def _at(moment, *tickets):
    """What is done to these tickets inside happened at that moment."""
    before = [last_ids(ticket) for ticket in tickets]
    yield
    for ticket, ids in zip(tickets, before, strict=True):
        ticket.refresh_from_db()
        set_back(ticket, ids, moment)
