from django.db import models

from common.fulltext.models import Document
from tickets.models.ticket import Ticket


class SearchDocument(Document):
    """What a ticket is found by (tickets.search). The words themselves stand where each database keeps them for searching."""

    ticket = models.OneToOneField(Ticket, models.CASCADE, primary_key=True, related_name="search_document")

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.ticket_id)
