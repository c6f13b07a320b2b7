"""What tests of sending share: rows to send, and what became of them."""

from datetime import timedelta

from django.utils import timezone

from notifications.models import Delivery
from notifications.services import tell_address
from tests.make import make_customer, make_message, make_ticket


def reply_to(support, by, text="Try a coarser setting.", **customer):
    """The mail (or, with `phone`, also the SMS) that tells a customer of a reply, not sent yet. Nothing else is left."""
    ticket = make_ticket(department=support, customer=make_customer(**customer))
    Delivery.objects.all().delete()
    make_message(ticket, text, by=by)
    return Delivery.objects.filter(customer=ticket.customer).order_by("channel").first()


def row(address="kasia@mail.example", channel="mail", template="sign_in_code", **options):
    """A message to an address, which needs no ticket."""
    return tell_address(template, channel, address, language="en", **{"secrets": {"code": "123456"}, **options})


def make_due(*deliveries):
    """Their next attempt has come, and their way through the broker is over."""
    chosen = Delivery.objects.filter(pk__in=[one.pk for one in deliveries]) if deliveries else Delivery.objects.all()
    chosen.update(next_try_at=timezone.now() - timedelta(minutes=1))
