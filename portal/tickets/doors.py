"""By which door a customer came to their ticket. Behind both is the same room; only the addresses differ."""

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import Http404
from django.urls import reverse

from common.links import LinkExpired, LinkInvalid
from common.prepared import Prepared
from customers.models import Customer
from portal.tickets.errors import NotShownNow
from stores.addresses import portal_url
from tickets.access import ColleagueAccess, CustomerAccess
from tickets.links import number_behind, token_for
from tickets.merged import end_for_customer, end_of
from tickets.models import HeldRequest, Ticket
from tickets.querysets import is_themself
from tickets.services.holding import stand_in


@dataclass(frozen=True)
class Door:
    """The ticket, and the signed token or the signed-in person that opened it.

    `colleague`: the customer who reads it, where it is the request of another member of their organisation.
    """

    ticket: Ticket
    token: str = ""
    person: AbstractBaseUser | None = None
    colleague: Customer | None = None

    @property
    def access(self):
        return ColleagueAccess(self.ticket, self.colleague) if self.colleague else CustomerAccess(self.ticket)

    @property
    def writer(self):
        """Whoever writes here."""
        return self.colleague or self.ticket.customer

    def url(self, name):
        """The address of a part of this ticket: ticket, replies, closure, sent."""
        if self.token:
            return reverse("portal:ticket_link" if name == "ticket" else f"portal:link_{name}", args=[self.token])
        return reverse("portal:ticket" if name == "ticket" else f"portal:ticket_{name}", args=[self.ticket.number])

    def action_url(self, action):
        """The address of a button that the owner gives customers."""
        if self.token:
            return reverse("portal:link_action", args=[self.token, action.pk])
        return reverse("portal:ticket_action", args=[self.ticket.number, action.pk])

    @property
    def messages_url(self):
        """Where whoever holds the link says how they want to hear."""
        return reverse("portal:link_messages", args=[self.token])

    @property
    def page_url(self):
        return self.url("ticket")

    def elsewhere(self, request):
        """The absolute address of the same page at the ticket's own store, where this is another store's door; else nothing."""
        if self.ticket.store_id == request.store.pk:
            return ""
        name, key = ("ticket_link", self.token) if self.token else ("ticket", self.ticket.number)
        return portal_url(self.ticket.store, name, key)

    @property
    def draft_key(self):
        """Where a browser keeps what is half written here; another person at the same browser does not find it."""
        return f"ticket-{self.ticket.number}-{self.person.pk if self.person else 'link'}"

    def file_urls(self, attachment):
        """Where to get the file and its small picture; the second is empty for what is not a picture."""
        if self.token:
            file = reverse("portal:link_file", args=[self.token, attachment.pk])
            picture = reverse("portal:link_thumbnail", args=[self.token, attachment.pk])
        else:
            file = reverse("file", args=[attachment.pk, attachment.name])
            picture = reverse("thumbnail", args=[attachment.pk])
        return file, picture if attachment.thumbnail else ""


def own_door(user, number):
    """The door of a person who signed in; 404 for a ticket that is not theirs. One that was merged leads to where it goes on."""
    found = _own_ticket(user=user.pk, number=number.upper()) if is_themself(user) else []
    ticket = end_for_customer(found[0]) if found else None
    if ticket is None:
        raise Http404
    return Door(ticket, person=user)


@Prepared
def _own_ticket(user, number):
    return Ticket.objects.shown_to_customers().filter(customer__user=user, number=number).for_page()


def any_door(user, number):
    """The door of a person who signed in, to a ticket of theirs or of a colleague in an organisation that shares them; else 404."""
    try:
        return own_door(user, number)
    except Http404:
        ticket = Ticket.objects.of_colleagues(user).for_page().filter(number=number.upper()).first()
        ticket = ticket and end_for_customer(ticket)
        if ticket is None:
            raise
        return Door(ticket, person=user, colleague=Customer.objects.select_related("organisation").get(user=user))


def link_door(token, user):
    """The door of a signed link. Raises LinkInvalid, LinkExpired, or NotShownNow.

    While the ticket stands in a status that is kept from the portal, its link opens nothing; afterwards it does again.
    A link ends when the ticket moves to an account: whoever typed somebody else's address when opening it reads no further.
    The link of a ticket that was merged opens the one it goes on in, and lives no longer for it.
    """
    ticket = Ticket.objects.kept().for_page().filter(number=number_behind(token)).first()
    end = ticket and end_for_customer(ticket)
    if ticket and end is None and not end_of(ticket).status.shown_in_portal:
        raise NotShownNow()
    if end is None:
        raise LinkInvalid()
    ticket = end
    if ticket.customer.has_account and ticket.customer.user_id != user.pk:
        raise LinkExpired()
    return Door(ticket, token=token)


def held_door(number, user=None):
    """The door of a request that is held back: its sender finds what everybody finds right after sending. None without one."""
    held = HeldRequest.objects.select_related("store", "department__workflow", "customer__user").filter(number=number.upper()).first()
    if held is None or (held.customer_id and held.customer.user_id) != (user and user.pk):
        return None
    ticket = stand_in(held)
    return Door(ticket, person=user) if user else Door(ticket, token=token_for(ticket))


def door_after_opening(ticket, user):
    """Where whoever just opened this ticket goes on."""
    return Door(ticket, person=user) if user.is_authenticated else Door(ticket, token=token_for(ticket))
