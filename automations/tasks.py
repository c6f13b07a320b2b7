from celery import shared_task

from automations import timed


# An order that waited longer than this has been repeated by the clock meanwhile.
@shared_task(expires=60)
def fire_due_actions():
    timed.fire_due_actions()
