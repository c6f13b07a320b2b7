from celery import shared_task

from surveys.asking import ask_due


@shared_task
def send_due():
    ask_due()
