from celery import shared_task

from tickets import history


@shared_task
def announce_missed():
    history.announce_missed()
