"""Sending the questions whose time has come."""

from django.db import transaction
from django.utils import timezone

from notifications.services import tell_customer
from stores.addresses import lasting_path
from surveys.models import Survey
from surveys.services import token_for


def ask_due(limit=200):
    """Ask each due question once; a ticket that is open again is not asked about. Returns how many were asked."""
    asked = 0
    for pk in Survey.objects.due().values_list("pk", flat=True)[:limit]:
        with transaction.atomic():
            survey = (
                Survey.objects.due()
                .select_for_update(of=("self",), skip_locked=True)
                .select_related("ticket__customer", "ticket__store", "event")
                .filter(pk=pk)
                .first()
            )
            if survey is None:  # another worker has it
                continue
            if survey.ticket.customer.is_blocked:
                survey.withdrawn_at = timezone.now()
                survey.save(update_fields=["withdrawn_at"])
                continue
            survey.asked_at = timezone.now()
            survey.save(update_fields=["asked_at"])
            tell_customer("survey", ticket=survey.ticket, event=survey.event, path=lasting_path("portal:survey", token_for(survey)))
            asked += 1
    return asked
