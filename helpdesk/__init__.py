"""The roof: settings, addresses, Celery, and the table of who hears of what."""

from helpdesk.celery import app as celery_app

__all__ = ["celery_app"]
