"""How soon somebody gave the first answer."""

from django.db.models import F, OuterRef
from django.db.models.expressions import Exists

from tickets.choices import Kind
from tickets.models import TicketEvent


def first_answer_of(scope, span):
    """(the median span from opening to the first answer, how many tickets) of those that the person of the scope answered first in these days.

    The middle is fetched, never the rows: of an even number the later of the two in the middle.
    """
    events = TicketEvent.objects.filter(actor=scope.person, kind=Kind.STAFF_REPLIED, by_customer=False)
    events = events.filter(created_at__gte=span.begin, created_at__lt=span.end, message__created_at=F("ticket__first_answered_at"))
    events = events.filter(Exists(scope.tickets.filter(pk=OuterRef("ticket"))))
    if not scope.is_own:
        events = events.filter(ticket__store__in=sorted(scope.stores))
    number = events.count()
    if not number:
        return None, 0
    waited = events.annotate(waited=F("ticket__first_answered_at") - F("ticket__created_at")).order_by("waited")
    return waited.values_list("waited", flat=True)[number // 2], number
