"""Celery entry points of the house itself."""

from celery import shared_task

from helpdesk.models import Heartbeat


@shared_task(expires=60)
def note_heartbeat():
    """The clock asked and a worker did: both live, and so does the broker between them."""
    Heartbeat.objects.update_or_create(name=Heartbeat.CLOCK_AND_WORKER)
