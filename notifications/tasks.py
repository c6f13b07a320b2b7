"""What workers and the clock are asked for. Ids in, one service called, safe to run twice."""

from celery import shared_task
from celery.signals import worker_ready, worker_shutting_down

from notifications import alarms, cleaning, digests, engine, sms_inbound, sms_reports, sweeping


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
    digests.sweep_gathered()
    sweeping.sweep()


@shared_task(expires=60)
def drain(channel):
    sweeping.drain(channel)


@shared_task(expires=60)
def look():
    alarms.look()


@shared_task
def forget_steps():
    cleaning.forget_steps()


@worker_shutting_down.connect
def begin_nothing_more(**kwargs):
    engine.begin_nothing_more()


@worker_ready.connect
def take_over(**kwargs):
    """What the worker before this one left behind waits for no clock."""
    sweep.apply_async(retry=False)


@shared_task
def deal_with_inbound(sms_id):
    sms_inbound.deal_with(sms_id)


@shared_task(expires=60)
def deal_with_waiting():
    sms_inbound.deal_with_waiting()


@shared_task(expires=300)
def ask_gateways():
    sms_reports.ask_for_reports()
    sms_reports.ask_for_balances()
    sms_inbound.fetch()


@shared_task(expires=60)
def read_bounces():
    from notifications.bounces import reading  # it brings a library that only this task needs

    reading.read_mailboxes()
