"""Celery entry points of the house itself."""

from celery import shared_task

from customers.finding import CUSTOMERS
from faq.models import ENTRIES
from helpdesk.models import Heartbeat
from tickets.search.index import TICKETS


@shared_task(expires=60)
def note_heartbeat():
    """The clock asked and a worker did: both live, and so does the broker between them."""
    Heartbeat.objects.update_or_create(name=Heartbeat.CLOCK_AND_WORKER)


@shared_task(expires=10)
def place_new_words():
    """A search finds at once what was written; here it gets its place in the index, which of the one who writes would cost a tenth of a second."""
    for index in (TICKETS, CUSTOMERS, ENTRIES):
        index.place_waiting()
