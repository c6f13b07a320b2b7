"""A tiny Celery app on the folder broker, for the broker's own tests: `celery -A tests.helpdesk.counting_worker worker`."""

import os
import time

from celery import Celery
from celery.signals import worker_ready

from helpdesk import broker  # noqa: F401

app = Celery("counting", set_as_current=False, fixups=[])
app.conf.update(
    broker_url="folder://",
    broker_transport_options={"folder": os.environ.get("COUNTING_FOLDER", "")},
    task_ignore_result=True,
    task_acks_late=True,
    worker_prefetch_multiplier=4,
)


@worker_ready.connect
def say_so(**kwargs):
    print("The worker is ready.", flush=True)  # noqa: T201


@app.task
def count(number):
    with open(os.environ["COUNTING_FOLDER"] + "/counted", "a") as counted:
        counted.write(f"{number} {time.time()}\n")


@app.task(bind=True, max_retries=2)
def count_at_third_try(self, number):
    if self.request.retries < 2:
        raise self.retry(countdown=0.2)
    count(number)
