"""The questions every page of the desk asks first: is this staff, may they see it, may they do it?"""

from functools import wraps
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from backoffice.tickets.pending import pending_flags
from common.errors import DeskError
from common.prepared import Prepared
from custom_fields.models import CustomerValue, Field
from customers.models import Customer
from customers.names import reach_words
from departments.models import RequestType
from notifications.choices import Channel
from notifications.models import Delivery
from permissions.querysets import people_who_grant
from permissions.rights import StoreRight
from permissions.sight import Sight
from stores.models import Store
from surveys.beside import survey_annotations
from tickets.access import QUESTIONS, TicketAccess
from tickets.covering import cover_ticket, mask_of, may_know
from tickets.models import FieldValue, Ticket, Watch
from tickets.models.checklist import checklist_as_json
from tickets.models.link import links_as_json
from tickets.models.work import timer_since, worked_minutes

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
    found = _with_number(number=number, user=user.pk)
    access = TicketAccess(user, found[0]) if found else None
    if not access or not access.can_view:
        raise Http404
    ticket = access.ticket
    ticket.reach, ticket.organisation = reach_words(ticket.customer), ticket.customer.organisation
    return cover_ticket(ticket, mask_of(access)), access


@Prepared
def _with_number(number, user):
    """The ticket with what its page needs, seen or not. What is not there (fields, a rating) spares the page a query."""
    news = Delivery.objects.filter(ticket=OuterRef("pk"), user=user, channel=Channel.IN_APP).unread()
    watches = Watch.objects.filter(ticket=OuterRef("pk"))
    tickets = Ticket.objects.kept().filter(number=number).for_page().with_unread_of(user)
    return tickets.annotate(
        has_news=Exists(news),
        types_exist=Exists(RequestType.objects.kept()),
        has_fields=Exists(Field.objects.kept()) | Exists(FieldValue.objects.filter(ticket=OuterRef("pk"))),
        has_customer_fields=Exists(CustomerValue.objects.filter(customer=OuterRef("customer"))),
        **links_as_json(),
        **survey_annotations(),
        **pending_flags(user),
        is_watched=Exists(watches.filter(user=user)),
        checklist_rows=checklist_as_json(),
        worked=worked_minutes(),
        timer_since=timer_since(user),
        watchers=Coalesce(Subquery(watches.order_by().values("ticket").annotate(number=Count("pk")).values("number")), 0),
    )


def customers_visible_to(user, right=StoreRight.VIEW_CUSTOMERS):
    """Customers of the stores in which this person (or their Sight) sees customer data, or has another right; who never wrote belongs to all.

    Without those who go on in another row, or were erased: of these their own page alone knows (`customer_or_404`).
    """
    return _visible_to(user, right).kept()


def _visible_to(seer, right):
    stores = _stores_known(seer, right)
    if not any(stores.values()):
        return Customer.objects.none()
    if all(stores.values()):
        return Customer.objects.all()
    theirs = Ticket.objects.filter(customer=OuterRef("pk"))
    in_known = theirs.filter(store__in=[pk for pk, is_known in stores.items() if is_known])
    return Customer.objects.filter(Exists(in_known) | ~Exists(theirs))


def _stores_known(seer, right):
    """{store id: whether the right is held there}. No query for a Sight, unless somebody looks through its person's eyes."""
    if isinstance(seer, Sight) and seer.regions and getattr(seer.user, "seen_by", None) is None:
        held = seer.places_with(right)
        return {pk: pk in held for pk in seer.regions}
    user = seer.user if isinstance(seer, Sight) else seer
    return dict(Store.objects.annotate(known=may_know(user, right)).values_list("pk", "known"))


def sees_nobody(customers):
    """Whether customers_visible_to said that customer data is closed to this person everywhere."""
    return customers.query.is_empty()


def may_write_about(user, customer):
    """Whether this person may keep notes on the customer: the right counts where the customer wrote."""
    return not customer.is_gone and customers_visible_to(user, StoreRight.MANAGE_CUSTOMERS).filter(pk=customer.pk).exists()


def customer_or_404(user, pk):
    customer = _visible_to(user, StoreRight.VIEW_CUSTOMERS).select_related("user", "organisation").filter(pk=pk).first()
    if customer is None:
        raise Http404
    return customer
