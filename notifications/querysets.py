"""Reading deliveries: what is due, what became of a ticket's messages, what the bell shows."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from notifications.choices import NOT_ARRIVED, Channel, State, Template, Urgency
from permissions.querysets import stores_where
from permissions.rights import StoreRight
from permissions.sight import Sight
from tickets.models import Ticket

# A row this young is still on its way through the broker.
GRACE = timedelta(seconds=3)


class DeliveryQuerySet(models.QuerySet):
    def due(self, now=None):
        """Rows whose next attempt has come."""
        return self.filter(state=State.QUEUED, next_try_at__lte=now or timezone.now())

    def at_once(self):
        """What somebody sits and waits for: codes at the door. They overtake everything else."""
        return self.due().filter(urgency=Urgency.AT_ONCE)

    def gathered(self):
        """Rows that wait for others, and are in no digest yet."""
        return self.filter(state=State.GATHERED, digest=None)

    def overlooked(self):
        """Due rows that no worker has taken: the wake-up was lost, or a later attempt has come."""
        return self.due(timezone.now() - GRACE)

    def lapsed(self):
        """Rows whose worker died, or took longer than its lease."""
        return self.filter(state=State.SENDING, lease_until__lt=timezone.now())

    def for_sending(self):
        return self.select_related(
            "store", "user", "customer__user", "event__actor", "event__message__author", "ticket__customer__user", "ticket__store",
            "ticket__status", "ticket__department", "ticket__assignee",
        )  # fmt: skip

    def for_ticket(self, ticket):
        """What left the house about this ticket, oldest first; notices of the bell are no such thing."""
        return self.filter(ticket=ticket).exclude(channel=Channel.IN_APP).order_by("created_at", "pk")

    def to_customer(self):
        """What went to the customer, and to those in copy."""
        return self.filter(models.Q(customer__isnull=False) | models.Q(recipient_key__startswith="copy:"))

    def to_deal_with(self):
        """What has not reached the customer, by any way as far as we know, and that nobody has dealt with."""
        reached = self.model.objects.filter(
            event=models.OuterRef("event"), template=models.OuterRef("template"), customer=models.OuterRef("customer"),
            state__in=[State.SENT, State.DELIVERED],
        )  # fmt: skip
        return self.to_customer().filter(~models.Exists(reached), state__in=NOT_ARRIVED, dealt_with_at=None)

    def by_event(self, ticket):
        """{event id: [delivery, …]} of what told the customer about each event: answers, closing, survey. One query, with the events."""
        found = {}
        for delivery in self.of_talk(ticket.pk):
            found.setdefault(delivery.event_id, []).append(delivery)
        return found

    def of_talk(self, ticket):
        """The same as rows: what a line of the talk shows, and the message of the event."""
        return (
            self.for_ticket(ticket)
            .to_customer()
            .select_related("event")
            .only(
                "event__message",
                "ticket",
                "template",
                "customer",
                "channel",
                "address",
                "state",
                "reason",
                "recipient_key",
                "created_at",
                "sent_at",
                "delivered_at",
                "attempts",
                "resent_from",
                "dealt_with_at",
            )
        )

    def notices_of(self, seer):
        """The bell: what this person was told about tickets they may still see, of rights they still give, of their own files; newest first.

        A Sight will do as well.
        """
        user = seer.user if isinstance(seer, Sight) else seer
        # Looked up one by one: a person has few notices, and may see a million tickets.
        about_tickets = models.Exists(Ticket.objects.visible_to(seer).filter(pk=models.OuterRef("ticket")))
        granting, setting_up = (_stores_with(right, seer) for right in (StoreRight.GRANT_RIGHTS, StoreRight.CHANGE_SETTINGS))
        of_owners = models.Q(template__in=[Template.ALARM, Template.ALARM_OVER])
        about_rights = models.Q(~of_owners, ticket=None, store__in=granting) | models.Q(of_owners, ticket=None, store__in=setting_up)
        about_files = models.Q(ticket=None, template=Template.EXPORTED)
        return (
            self.filter(models.Q(about_tickets) | about_rights | about_files, channel=Channel.IN_APP, user=user)
            .select_related("ticket__customer", "ticket__department", "event__actor", "store")
            .order_by("-created_at", "-pk")
        )

    def unread(self):
        return self.filter(read_at=None)


def _stores_with(right, seer):
    return sorted(seer.places_with(right)) if isinstance(seer, Sight) else stores_where(seer, right).values("pk")
