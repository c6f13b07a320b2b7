"""What workers and the clock are asked for. Ids in, one service called, safe to run twice."""

from celery import shared_task

from notifications import engine, sweeping


@shared_task
def deliver(delivery_id):
    engine.deliver_at_once()
    engine.deliver(delivery_id)


@shared_task
def deliver_told(event_ids):
    engine.deliver_at_once()
    engine.deliver_told(event_ids)


# An order that waited longer than this has been repeated by the clock meanwhile.
@shared_task(expires=60)
def sweep():
    sweeping.sweep()


@shared_task(expires=60)
def drain(channel):
    sweeping.drain(channel)
