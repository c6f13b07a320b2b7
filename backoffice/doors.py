"""The questions every page of the desk asks first: is this staff, may they see it, may they do it?"""

from functools import wraps
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from common.errors import DeskError
from common.kept import kept
from custom_fields.models import CustomerValue, Field
from customers.models import Customer
from customers.names import reach_words
from departments.models import RequestType
from notifications.choices import Channel
from notifications.models import Delivery
from permissions.querysets import people_who_grant
from permissions.rights import StoreRight
from statuses.models import Action
from stores.models import Store
from surveys.models import Survey
from tickets.access import QUESTIONS, TicketAccess
from tickets.covering import cover_ticket, mask_of, may_know
from tickets.models import FieldValue, Ticket, Watch

MOST_GRANTERS = 3


class NotAllowed(DeskError):
    """A person may see the thing but not do this to it. Its page says who could give the right, and where one may ask why."""

    status_code = 403
    message = _("You may see this, but not change it like that. If you need to, ask somebody who grants rights.")
    question = ""

    def explain(self, *, number=""):
        """Gather what its page says. `number`: of the ticket it is about, which the reader sees."""
        store = Store.objects.filter(tickets__number=number).first() if number else None
        self.more = {"granters": people_who_grant(store)[:MOST_GRANTERS], "why_url": ""}
        if store and self.question:
            query = "?" + urlencode({"question": self.question}) if self.question in QUESTIONS else ""
            self.more["why_url"] = reverse("backoffice:ticket_why", args=[number]) + query


def staff_only(view):
    """For customers the desk does not exist."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_staff:
            raise Http404
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as refusal:
            refusal.explain(number=kwargs.get("number", ""))
            raise

    return guarded


def staff_path(route, view, name):
    """An address of the desk. All of them are made here, so none is open to customers."""
    return path(route, staff_only(view), name=name)


def require(allowed, words=None):
    """Go on, or answer 403 in words. What was asked is kept where `allowed` is a Decision."""
    if not allowed:
        refusal = NotAllowed(words)
        refusal.question = getattr(allowed, "question", "")
        raise refusal


def ticket_or_404(user, number):
    """The ticket with what its page needs, covered where this person may not know the customer. What they may not see is a 404."""
    return ticket_and_access(user, number)[0]


def ticket_and_access(user, number):
    """(the ticket as in ticket_or_404, what this person may do with it).

    Whether they may see it is asked of what they hold there, which the page needs anyway. Lists ask inside their query (`visible_to`);
    tests/permissions/test_one_truth.py holds the two together.
    """
    news = Delivery.objects.filter(ticket=OuterRef("pk"), user=user, channel=Channel.IN_APP).unread()
    watches = Watch.objects.filter(ticket=OuterRef("pk"))
    tickets = Ticket.objects.kept().for_page().with_unread_of(user)
    tickets = tickets.annotate(
        has_news=Exists(news),
        has_values=Exists(FieldValue.objects.filter(ticket=OuterRef("pk"))),
        has_customer_fields=Exists(CustomerValue.objects.filter(customer=OuterRef("customer"))),
        is_watched=Exists(watches.filter(user=user)),
        watchers=Coalesce(Subquery(watches.order_by().values("ticket").annotate(number=Count("pk")).values("number")), 0),
    )
    ticket = tickets.filter(number=number).first()
    access = ticket and TicketAccess(user, ticket)
    if not access or not access.can_view:
        raise Http404
    _add_what_owners_set(ticket)
    _add_rating(ticket)
    ticket.reach = reach_words(ticket.customer)
    return cover_ticket(ticket, mask_of(access)), access


def _add_what_owners_set(ticket):
    """Spares the page a query for what this shop does not use."""
    ticket.types_exist = kept(("request types exist",), RequestType.objects.kept().exists)
    ticket.has_fields = ticket.has_values or kept(("fields exist",), Field.objects.kept().exists)
    ticket.has_actions = kept(("actions exist", ticket.status_id), Action.objects.filter(status=ticket.status_id).exists)


def _add_rating(ticket):
    """When it was rated, and with which words. A query only where it was."""
    answered = Survey.objects.filter(ticket=ticket.pk, answered_at__isnull=False).order_by("-answered_at")
    words = ticket.rating is not None and answered.values_list("answered_at", "comment").first()
    ticket.rated_at, ticket.rating_comment = words or (None, "")


def customers_visible_to(user, right=StoreRight.VIEW_CUSTOMERS):
    """Customers of the stores in which this person sees customer data (or has another right); who never wrote belongs to all of them."""
    stores = dict(Store.objects.annotate(known=may_know(user, right)).values_list("pk", "known"))
    if not any(stores.values()):
        return Customer.objects.none()
    if all(stores.values()):
        return Customer.objects.all()
    theirs = Ticket.objects.filter(customer=OuterRef("pk"))
    in_known = theirs.filter(store__in=[pk for pk, is_known in stores.items() if is_known])
    return Customer.objects.filter(Exists(in_known) | ~Exists(theirs))


def sees_nobody(customers):
    """Whether customers_visible_to said that customer data is closed to this person everywhere."""
    return customers.query.is_empty()


def may_write_about(user, customer):
    """Whether this person may keep notes on the customer: the right counts where the customer wrote."""
    return customers_visible_to(user, StoreRight.MANAGE_CUSTOMERS).filter(pk=customer.pk).exists()


def customer_or_404(user, pk):
    customer = customers_visible_to(user).select_related("user").filter(pk=pk).first()
    if customer is None:
        raise Http404
    return customer
