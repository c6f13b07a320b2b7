"""What the clock asks of accounts."""

from celery import shared_task

from accounts import codes


@shared_task
def clear_old_codes():
    """Forget one-time codes that ended. Safe to run at any time and twice."""
    codes.clear_old_codes()
