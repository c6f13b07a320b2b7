"""What the clock asks of rights."""

from celery import shared_task

from permissions import services


@shared_task
def end_grants():
    """Clear away what has ended, with a line each in the audit log. Safe to run twice; nothing ended costs ten short look-ups."""
    return services.end_grants()
