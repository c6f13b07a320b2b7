"""After a backup is back, the database believes it is still the moment of the backup. The world has gone on since."""

from django.db import transaction
from django.utils import timezone

from notifications.choices import Reason, State
from notifications.models import Delivery
from surveys.models import Survey
from tickets.models import TicketEvent


@transaction.atomic
def hold_back_what_may_have_been_sent():
    """Nobody is told twice: what was waiting then is left to a person, who sees it on the ticket. Returns how many messages."""
    now = timezone.now()
    TicketEvent.objects.filter(announced_at=None).update(announced_at=now)
    Survey.objects.due().update(withdrawn_at=now)
    waiting = Delivery.objects.filter(state__in=[State.QUEUED, State.SENDING])
    return waiting.update(state=State.UNKNOWN, reason=Reason.RESTORED, lease_until=None)
