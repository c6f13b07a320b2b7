"""What workers and the clock are asked for. Safe to run twice."""

from celery import shared_task

from exports import sweeping, working


# A million rows take longer than other work may; the lease notices a worker that died.
@shared_task(time_limit=4 * 3600)
def write(export_id):
    working.write(export_id)


@shared_task(expires=60)
def sweep():
    sweeping.sweep()


@shared_task(expires=600)
def remove_strays():
    sweeping.remove_strays()
