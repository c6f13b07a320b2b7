"""What was sent to a customer whose data are erased: that it was sent stays, to which address and with which facts does not.

So it is with those in copy of their tickets. Devices of theirs end with their account.
"""

from django.db.models import Q
from django.utils import timezone

from notifications.addresses import plain
from notifications.choices import State
from notifications.models import AddressState, Delivery, DeliveryStep, InboundSms
from tickets.models import Ticket

WAITING = [State.GATHERED, State.QUEUED, State.SENDING]


def erase(eraser):
    tickets = Ticket.objects.filter(customer__in=eraser.pks).values("pk")
    theirs = Delivery.objects.filter(Q(customer__in=eraser.pks) | Q(address__in=eraser.addresses))
    to_others = Delivery.objects.filter(ticket__in=tickets, customer=None, user=None)
    for rows in (theirs, to_others):
        rows.filter(state__in=WAITING).update(state=State.DROPPED, lease_until=None, next_try_at=timezone.now())
    to_others.update(address="")
    eraser.counts["deliveries"] += theirs.count()
    DeliveryStep.objects.filter(delivery__in=theirs.values("pk")).exclude(remark="").update(remark="")
    theirs.update(address="", context={}, secret_context="", remark="", provider_id="", thread_subject="")
    AddressState.objects.filter(address__in=[plain(address) for address in eraser.addresses]).delete()
    Delivery.objects.filter(ticket__in=tickets).exclude(thread_subject="").update(thread_subject="")
    came = InboundSms.objects.filter(Q(customer__in=eraser.pks) | Q(ticket__in=tickets) | Q(sender__in=eraser.addresses))
    eraser.counts["inbound_sms"] += came.count()
    came.update(sender="", text="", raw={})
    for delivery in Delivery.objects.filter(ticket__in=tickets).only("context", "remark").iterator(chunk_size=200):
        context, remark = eraser.plain(delivery.context), eraser.mask.text(delivery.remark)[:200]
        if (context, remark) != (delivery.context, delivery.remark):
            Delivery.objects.filter(pk=delivery.pk).update(context=context, remark=remark)
    for step in DeliveryStep.objects.filter(delivery__ticket__in=tickets).exclude(remark="").only("remark").iterator(chunk_size=200):
        remark = eraser.mask.text(step.remark)[:200]
        if remark != step.remark:
            DeliveryStep.objects.filter(pk=step.pk).update(remark=remark)
