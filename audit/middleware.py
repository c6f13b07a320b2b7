"""Where a deed came from: the address of who asks stands on every line written while the request is answered.

What staff are refused on their own pages is noted here, on its way out, when nothing of the refused deed is left to undo.
"""

import logging

from django.conf import settings
from django.db import DatabaseError, transaction

from audit.choices import Deed
from audit.log import acting_from, note_seldom
from common.limits import client_ip

logger = logging.getLogger(__name__)

# The same refusal once in ten minutes, sixty of a person at most.
SELDOM = {"minutes": 10, "most": 60}


class AuditMiddleware:
    """settings.REFUSALS_NOTED_ON names the pages: those of staff. What does not exist for somebody (404) is not noted."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with acting_from(client_ip(request)):
            response = self.get_response(request)
            if response.status_code == 403 and hasattr(response, "error") and request.path.startswith(settings.REFUSALS_NOTED_ON):
                _note_refusal(request)
            return response


def _note_refusal(request):
    """A refusal stays one when the log cannot be written; the server's log says so."""
    person = getattr(request, "viewer", None) or request.user
    if not person.is_staff:
        return
    try:
        with transaction.atomic():
            note_seldom(Deed.REFUSED, by=person, name=request.path, after={"method": request.method}, **SELDOM)
    except DatabaseError:
        logger.exception("A refusal could not be noted")
