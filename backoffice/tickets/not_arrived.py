"""What the customer has not got, as the top of the ticket says it: one line for each thing they were to be told."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from notifications.choices import State, Template

MOST = 3
_ANSWERS = {Template.REPLY, Template.OPENED_FOR_YOU}


@dataclass
class NotArrived:
    """`deliveries`: by every way that was tried; none arrived."""

    deliveries: list = field(default_factory=list)

    @property
    def message(self):
        """The id of the message in the talk that it is about, or None."""
        return self.deliveries[0].event.message_id if self.deliveries[0].event else None

    @property
    def words(self):
        first = self.deliveries[0]
        if first.is_copy:
            return _("Somebody in copy has not got this answer.")
        if first.template in _ANSWERS:
            return _("The customer has not got this answer.")
        return _("The customer was not told: %(about)s.") % {"about": Template(first.template).label}


def not_arrived(deliveries):
    """[NotArrived], the newest first, of a ticket's deliveries: what reached nobody, and what nobody has dealt with. No query.

    The same as DeliveryQuerySet.to_deal_with, for rows that are there already.
    """
    reached = {_told(one) for one in deliveries if one.state in {State.SENT, State.DELIVERED}}
    found = {}
    for one in deliveries:
        if one.needs_somebody and _told(one) not in reached:
            found.setdefault(_told(one), NotArrived()).deliveries.append(one)
    return list(found.values())[::-1][:MOST]


def _told(delivery):
    who = delivery.recipient_key.partition("+")[0] if delivery.is_copy else delivery.customer_id
    return delivery.event_id, delivery.template, who
