"""SMS of the demo: two gateways, what their SMS cost, and one that came in and waits for somebody to decide."""

from datetime import timedelta

from django.utils import timezone

from notifications.choices import Channel, GatewayKind, InboundOutcome, State
from notifications.models import Delivery, InboundSms, SmsGateway, SmsRules, SmsTemplate
from stores.models import Store

PRICE, CURRENCY = "0.1600", "PLN"


def set_up_sms(shop: Store):
    """The gateway of the installation (a folder, until there is one) and one that is prepared and switched off."""
    first = SmsGateway.objects.create(
        store=shop, kind=GatewayKind.INSTALLATION, name="Narvan", position=0, price_per_part=PRICE, currency=CURRENCY, monthly_limit=200
    )
    second = SmsGateway.objects.create(store=shop, kind=GatewayKind.KAVENEGAR, name="Kavenegar", position=1, is_on=False, sender="10008663")
    SmsTemplate.objects.create(gateway=second, template="sign_in_code", name="narvan-code", parameters=[["token", "code"]])
    SmsTemplate.objects.create(gateway=second, template="reply", language="fa", name="narvan-reply", parameters=[["token", "number"]])
    SmsRules.objects.create(store=shop, mail_instead=True)
    sent = Delivery.objects.filter(channel=Channel.SMS, state__in=[State.SENT, State.DELIVERED])
    sent.update(gateway=first, through=str(first), parts=1, cost=PRICE, currency=CURRENCY)
    InboundSms.objects.create(
        gateway=first, store=shop, gateway_key=f"{first.pk}:demo", sender="+48601998877", receiver="10008663",
        text="Dzień dobry, czy młynek Kazbek będzie jeszcze w kolorze czarnym? Proszę o SMS.", outcome=InboundOutcome.REVIEW,
        received_at=timezone.now() - timedelta(hours=3),
    )  # fmt: skip
