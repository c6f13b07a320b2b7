"""What the clock asks of the foundations."""

from importlib import import_module

from celery import shared_task
from django.conf import settings

from common.form_keys import clear_old_keys


@shared_task
def clear_expired():
    """Forget ended sessions and old form keys. Safe to run at any time and twice."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    clear_old_keys()
