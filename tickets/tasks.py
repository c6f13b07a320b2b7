from celery import shared_task

from tickets import history
from tickets.services import bulk, deleting, drafts, holding, retention, secrets, sending, snoozing


@shared_task
def announce_missed():
    history.announce_missed()


@shared_task
def remove_deleted():
    deleting.remove_deleted()


@shared_task
def end_held_requests():
    holding.end_held_requests()


@shared_task
def remove_overdue():
    retention.remove_overdue()


@shared_task
def wipe_secrets():
    secrets.wipe_secrets()


@shared_task
def wake_due():
    snoozing.wake_due()


@shared_task
def forget_runs():
    bulk.forget_runs()


@shared_task
def forget_old_drafts():
    drafts.forget_old_drafts()


@shared_task
def send_reply(pk):
    sending.send_reply(pk)


@shared_task(expires=60)
def send_due_replies():
    sending.send_due_replies()
