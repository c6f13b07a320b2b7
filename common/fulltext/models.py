from django.db import models
from django.utils import timezone


class Document(models.Model):
    """What a search finds something by. Written by a FullText only; goes with what it is about."""

    indexed_at = models.DateTimeField(default=timezone.now, editable=False)
    size = models.PositiveIntegerField(default=0, editable=False)  # characters of its words

    class Meta:
        abstract = True
