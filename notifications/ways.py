"""By which ways whom: the one place that says so, for an event, an audience, a department of a store, and a person.

Three words count, each within the one before: what the product sends (TELLS), what the owner says of it (MessageRule, for a store and for
its departments), and what the person chose (NoticeChoice of staff, Wishes of customers). The first two and the choices of staff are kept
by the process, a customer's wishes stand in their row: asking costs no query, and a change counts from the next message on.
"""

from datetime import UTC

from django.conf import settings
from django.utils import timezone

from accounts.middleware import known_zone
from common.kept import kept
from notifications.choices import Audience, Channel, Template
from notifications.models import MessageRule, MessageSettings, SmsRules
from notifications.notice_choices import choices_of_staff
from notifications.quiet import quiet_until
from notifications.wishes import wishes_of

#: The ways there are, in the order of the columns: to customers, to people in copy, to staff.
TO_CUSTOMERS = (Channel.PUSH, Channel.MAIL, Channel.SMS)
TO_COPIES = (Channel.MAIL,)
TO_STAFF = (Channel.IN_APP, Channel.PUSH, Channel.MAIL, Channel.SMS)
#: What waits for the end of somebody's quiet hours: it makes a noise. Mail only where they want that.
LOUD = {Channel.SMS, Channel.PUSH}

_HOLDERS = (Audience.HOLDER, Audience.TEAM, Audience.DEPARTMENT)
#: Who hears of what, in the order of the owner's table.
TELLS = {
    Template.THANKS: (Audience.CUSTOMER,),
    Template.OPENED_FOR_YOU: (Audience.CUSTOMER,),
    Template.REPLY: (Audience.CUSTOMER, Audience.COPIES),
    Template.CLOSED: (Audience.CUSTOMER,),
    Template.MERGED: (Audience.CUSTOMER,),
    Template.SURVEY: (Audience.CUSTOMER,),
    Template.OPENED: (Audience.DEPARTMENT, Audience.RESPONSIBLE, Audience.MANAGERS),
    Template.ASSIGNED: (Audience.HOLDER,),
    Template.TEAM_ASSIGNED: (Audience.TEAM,),
    Template.PASSED_ON: (*_HOLDERS, Audience.RESPONSIBLE),
    Template.CUSTOMER_REPLIED: (*_HOLDERS, Audience.RESPONSIBLE),
    Template.REOPENED: (*_HOLDERS, Audience.RESPONSIBLE, Audience.MANAGERS),
    Template.RATED: (Audience.HOLDER, Audience.RESPONSIBLE, Audience.MANAGERS),
    Template.BAD_RATING: (Audience.RESPONSIBLE, Audience.HOLDER, Audience.MANAGERS),
    Template.MENTIONED: (Audience.NAMED,),
    Template.SHARED: (Audience.NAMED,),
    Template.WOKEN: (Audience.HOLDER, Audience.TEAM, Audience.NAMED),
    Template.MERGED_AWAY: (Audience.HOLDER,),
    Template.WATCHED: (Audience.WATCHERS,),
}
#: What customers are shown on their devices; the rest is for their mails and SMS alone.
PUSHED_TO_CUSTOMERS = frozenset({Template.REPLY, Template.OPENED_FOR_YOU, Template.CLOSED, Template.MERGED, Template.SURVEY})
#: Who hears nothing until the owner wants it.
ASKED_FOR = {Audience.RESPONSIBLE, Audience.MANAGERS}
#: What concerns them before anybody else.
TOLD_ALL_THE_SAME = {(Template.BAD_RATING, Audience.RESPONSIBLE)}


def media_for(audience):
    """The ways by which this audience can be told at all."""
    return {Audience.CUSTOMER: TO_CUSTOMERS, Audience.COPIES: TO_COPIES}.get(audience, TO_STAFF)


def usual_ways(template, audience):
    """What is sent where the owner said nothing. A message that stands in no row of TELLS goes by every way."""
    is_asked_for = audience in ASKED_FOR and (template, audience) not in TOLD_ALL_THE_SAME
    return frozenset() if is_asked_for else frozenset(media_for(audience))


def ways_of(template, audience, *, store, department=None):
    """By which ways the owner has this message sent to this audience (ids of store and department): a set of channels."""
    rules = rules_kept()
    places = ((store, department), (store, None)) if department else ((store, None),)
    usual = usual_ways(template, audience)
    said = {way: _said(rules, places, str(template), str(audience), str(way)) for way in media_for(audience)}
    return frozenset(way for way, is_on in said.items() if (way in usual if is_on is None else is_on))


def _said(rules, places, *name):
    return next((rules[place + name] for place in places if place + name in rules), None)


def rules_kept():
    """{(store, department or None, template, audience, channel): whether} of everything owners said."""
    names = ("store", "department", "template", "audience", "channel", "is_on")
    return kept(("rules for messages",), lambda: {tuple(row[:-1]): row[-1] for row in MessageRule.objects.values_list(*names)})


def settings_of(store):
    """The MessageSettings of a store (its id)."""
    rows = kept(("settings of messages",), lambda: {row.pk: row for row in MessageSettings.objects.all()})
    return rows.get(store) or MessageSettings(store_id=store)


def ways_of_customer(customer, template, *, ticket):
    """{channel: address}: by what the owner sends and the customer chose, where there is an address for it.

    Who has only the address they did not choose is told there: an answer must arrive. Devices were allowed by whoever holds them; they
    have no address here, each is a row of its own.
    """
    if template == Template.SURVEY and not wishes_of(customer).surveys:
        return {}
    allowed = ways_of(template, Audience.CUSTOMER, store=ticket.store_id, department=ticket.department_id)
    reaching = addresses_of(customer)
    wanted = wishes_of(customer).ways & reaching.keys() or reaching.keys()
    ways = {way: address for way, address in reaching.items() if way in allowed and way in wanted}
    if customer.user_id and Channel.PUSH in allowed and template in PUSHED_TO_CUSTOMERS:
        ways[Channel.PUSH] = ""
    return ways


def addresses_of(customer):
    """{channel: address} of every way that reaches this customer."""
    account = customer.user
    known = {
        Channel.MAIL: (account.email if account else "") or customer.email,
        Channel.SMS: (account.phone if account else "") or customer.phone,
    }
    return {way: address for way, address in known.items() if address}


def not_before(delivery, now=None):
    """Until when this message has to wait because it is quiet where its reader lives; None when it may leave now.

    What is asked for at a door (codes), what is about safety, and what the owner's actions send to plain addresses never wait.
    """
    now = now or timezone.now().astimezone(UTC)
    if delivery.event_id is None and delivery.template != Template.DIGEST:
        return None
    if delivery.customer_id:
        wishes = wishes_of(delivery.customer)
        zone = customer_zone(delivery.customer, delivery.store)
        hours = (wishes.quiet_from, wishes.quiet_to) if wishes.has_quiet_hours else _hours_of_store(delivery)
        return quiet_until(now, *hours, zone) if delivery.channel in LOUD or wishes.mail_waits else None
    chosen = choices_of_staff().get(delivery.user_id) if delivery.user_id else None
    if chosen is None or not (delivery.channel in LOUD or chosen.mail_waits):
        return None
    return quiet_until(now, chosen.quiet_from, chosen.quiet_to, staff_zone(delivery.user, delivery.store))


def _hours_of_store(delivery):
    """What the store's rules of SMS say for customers who chose no hours."""
    rows = kept(("quiet hours",), lambda: {row.store_id: (row.quiet_from, row.quiet_until) for row in SmsRules.objects.all()})
    return rows.get(delivery.store_id, (None, None)) if delivery.channel in LOUD else (None, None)


def customer_zone(customer, store=None):
    """Where the customer lives: as they said here, or in their account, else where the store is."""
    account = customer.user
    return wishes_of(customer).time_zone or (known_zone(account.time_zone) if account else "") or _zone_of(store)


def staff_zone(user, store=None):
    return known_zone(user.time_zone) or _zone_of(store)


def _zone_of(store):
    return (known_zone(store.time_zone) if store else "") or settings.TIME_ZONE
