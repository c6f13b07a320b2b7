"""One customer before one member of staff: what cannot be missed first, then one part of the story at a time, and what is known beside it."""

from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Subquery
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.customers.addresses import wrong_addresses_of
from backoffice.customers.fields import held_by
from backoffice.customers.forms import CustomerNoteForm
from backoffice.customers.history import ICONS, tell
from backoffice.customers.merging import suggestions_for
from backoffice.customers.personal import may_handle
from backoffice.doors import may_write_about
from backoffice.pages import desk_page, sight_of
from backoffice.tickets.rows import dress
from common.paging import Section, page_at
from customers.blocking import running_block
from customers.models import CustomerNote
from notifications.models import Delivery
from permissions.rights import DepartmentRight, StoreRight
from surveys.models import Survey
from tickets.covering import cover_ticket, known_stores
from tickets.models import Ticket

SIZE = 20
PARTS = {
    "tickets": _("Tickets"),
    "messages": _("Messages sent"),
    "ratings": _("Ratings"),
    "history": pgettext_lazy("of a customer", "History"),
}
STATES = {
    "": pgettext_lazy("tickets of a customer", "All"),
    "open": pgettext_lazy("tickets of a customer", "Open"),
    "closed": pgettext_lazy("tickets of a customer", "Closed"),
}


class CustomerPage:
    def __init__(self, request, customer):
        self.request, self.customer = request, customer
        self.part = request.GET.get("part") if request.GET.get("part") in PARTS else "tickets"
        self.state = request.GET.get("state") if request.GET.get("state") in STATES else ""

    def show(self, *, note_form=None, status=200):
        notes = list(CustomerNote.objects.about(self.customer))
        may_manage = may_write_about(self.sight, self.customer)
        context = {
            "customer": self.customer,
            "page_of": self,
            "part": self.part,
            "parts": [(f"?part={key}", words, key == self.part) for key, words in PARTS.items()],
            "states": [(self._address(state=key), words, key == self.state) for key, words in STATES.items()],
            "page": self.page,
            "rows": getattr(self, f"_{self.part}")(),
            "block_now": running_block(self.customer),
            "blocks": list(self.customer.blocks.select_related("blocked_by", "ended_by")[:SIZE]),
            "warnings": [note for note in notes if note.is_warning],
            "notes": [note for note in notes if not note.is_warning],
            "note_form": note_form or CustomerNoteForm(auto_id="note_%s"),
            "alike": [] if self.customer.is_gone else suggestions_for(self.customer, self.sight),
            "merges": list(
                self.customer.merges.filter(undone_at=None, merged__merged_into=self.customer).select_related("merged", "merged_by")
            ),
            "held": held_by(self.customer, self.request.user),
            "may_write": may_manage,
            "wrong_addresses": wrong_addresses_of(self.customer, self.sight),
            "may_restore_address": may_manage,
            "may_erase": self.may_handle and not self.customer.is_gone,
            "may_see_certificate": self.may_handle and self.customer.erased_at,
            "may_open": bool(self.sight.places_with(DepartmentRight.OPEN)),
            "counts": self.sight.sees_everything,
        }
        return desk_page(self.request, "backoffice/customers/customer.html", context, status=status)

    @cached_property
    def may_handle(self):
        """Whether this person may hand the data out or erase them. No query for those who may nowhere."""
        return bool(self.sight.places_with(StoreRight.ERASE_CUSTOMERS)) and may_handle(self.request.user, self.customer)

    @property
    def sight(self):
        return sight_of(self.request)

    @cached_property
    def known(self):
        return known_stores(self.sight)

    @property
    def tickets(self):
        """Theirs, as far as this person sees them."""
        return Ticket.objects.visible_to(self.sight).filter(customer=self.customer)

    @cached_property
    def page(self):
        section = getattr(self, f"_section_of_{self.part}")()
        return page_at([section], self.request.GET, size=SIZE, address=self._address(state=self.state))

    def _address(self, **more):
        return "?" + urlencode({"part": self.part} | {name: value for name, value in more.items() if value})

    # --- The parts ----------------------------------------------------------------------------------
    def _section_of_tickets(self):
        tickets = self.tickets.for_inbox().with_unread_of(self.request.user)
        tickets = {"open": tickets.still_open, "closed": tickets.closed}.get(self.state, tickets.all)()
        return Section("all", tickets, "-last_message_at")

    def _tickets(self):
        return dress(self.page.rows, self.known)

    def _section_of_messages(self):
        """What we sent about tickets this person may see."""
        visible = Ticket.objects.visible_to(self.sight).filter(pk=OuterRef("ticket"))
        sent = Delivery.objects.filter(Exists(visible), customer=self.customer).select_related("ticket__customer")
        return Section("all", sent, "-created_at")

    def _messages(self):
        for delivery in self.page.rows:
            cover_ticket(delivery.ticket, self.known.mask(delivery.ticket))
        return self.page.rows

    def _section_of_ratings(self):
        answered = Survey.objects.filter(ticket=OuterRef("pk"), answered_at__isnull=False).order_by("-answered_at")
        rated = self.tickets.filter(rating__isnull=False).select_related("customer")
        return Section("all", rated.annotate(rating_comment=Subquery(answered.values("comment")[:1])), "-last_message_at")

    def _ratings(self):
        for ticket in self.page.rows:
            cover_ticket(ticket, self.known.mask(ticket))
            ticket.face = f"face-{ticket.rating}"
        return self.page.rows

    def _section_of_history(self):
        return Section("all", self.customer.events.select_related("actor"), "-created_at")

    def _history(self):
        for event in self.page.rows:
            event.words, event.icon = tell(event), ICONS[event.kind]
        return self.page.rows
