"""Celery: the one way work leaves a request. The database is the truth; the broker only wakes workers up."""

import contextlib
import os

from celery import Celery
from celery.signals import beat_init, setup_logging
from kombu.exceptions import OperationalError

from helpdesk import broker  # noqa: F401  (teaches Celery the address folder://)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")

app = Celery("helpdesk")
app.config_from_object("django.conf:settings", namespace="CELERY")
# Retries from threads would otherwise go to Celery's default app, which has no broker, and vanish.
app.set_default()
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_log(**kwargs):
    """Django has set the log up already; being connected here keeps Celery from doing it again."""


@beat_init.connect
def leave_a_mark_at_once(**kwargs):
    """The schedule would do it only after its first half minute, and the doctor would miss the clock until then."""
    with contextlib.suppress(OperationalError):
        app.send_task("helpdesk.tasks.note_heartbeat", expires=60)
