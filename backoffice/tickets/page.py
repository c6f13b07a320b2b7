"""What the ticket page shows, gathered with few queries. Whatever fails while writing comes back here with the words kept."""

from functools import lru_cache

from django.contrib.messages import get_messages
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.functional import cached_property

from backoffice.customers.addresses import addresses_of
from backoffice.customers.fields import known_of
from backoffice.customers.forms import CustomerNoteForm
from backoffice.pages import asked_by_open_page, desk_page, sight_of
from backoffice.tickets.due import due_words
from backoffice.tickets.forms import WritingForm
from backoffice.tickets.linked import link_rows, links_before
from backoffice.tickets.lists import last_list
from backoffice.tickets.pending import Pending, words_of
from backoffice.tickets.survey import survey_of
from backoffice.tickets.talk import ALL, SHOWS, read_talk
from common.durations import format_minutes
from common.moments import format_moment
from common.prepared import Prepared
from customers.blocking import running_block
from customers.models import CustomerNote, Reveal
from departments.models import Department
from departments.switches import READY_ANSWERS, REQUEST_TYPES, TIMESHEETS
from notifications.addresses import states_of
from notifications.choices import Reason
from notifications.services import mark_notices_read
from permissions.sight import Sight
from statuses.models import Status, Workflow
from tickets.audience import people_who_see
from tickets.choices import Priority
from tickets.covering import cover_ticket, known_stores, tags_before
from tickets.field_values import fields_before, values_of
from tickets.models import Ticket
from tickets.models.checklist import checklist_of
from tickets.models.copy import copies_of
from tickets.prepared import prepared_for
from tickets.rows import with_settings
from tickets.services.lifecycle import mark_read

EARLIER_TICKETS = 6
THEN_COOKIE = "then"


@Prepared
def _seers(ticket, department, status, workflow):
    """Who sees a ticket that stands there."""
    return people_who_see(
        Ticket(pk=ticket, department=Department(pk=department), status=Status(pk=status, workflow=Workflow(pk=workflow)))
    ).only("name", "email", "phone")


@Prepared
def _notes(customer, organisation):
    """What is kept about the customer, and about all members of the organisation (0: none)."""
    notes = CustomerNote.objects.filter(Q(customer=customer) | Q(organisation=organisation)).select_related("author")
    return notes.only(
        "text", "is_warning", "is_pinned", "created_at", "customer", "organisation", "author__name", "author__email", "author__phone"
    )


@lru_cache(maxsize=100)
def _others(sees_everything, departments, statuses, shared):
    """The questions for the newest other tickets of a customer, alone and with those linked with this one, as those ask them who see
    these departments, statuses and shared tickets."""
    sight = Sight(None, departments, dict.fromkeys(statuses), shared, sees_everything=sees_everything)

    @Prepared
    def earlier(customer, ticket):
        return _earlier(sight, customer, ticket).only(*_OF_EARLIER)[: EARLIER_TICKETS + 1]

    @Prepared
    def with_linked(customer, ticket, **linked):
        return _with_linked(sight, customer, ticket, linked.values())

    return earlier, with_linked


def _earlier(sight, customer, ticket):
    return Ticket.objects.visible_to(sight).filter(customer=customer).exclude(pk=ticket).newest_first()


def _with_linked(sight, customer, ticket, linked):
    sql, params = _earlier(sight, customer, ticket).values("pk")[: EARLIER_TICKETS + 1].query.sql_with_params()
    # One list of ids: joined by OR, a database would look at every ticket there is.
    ids = RawSQL(f"SELECT * FROM ({sql}) earlier" + " UNION SELECT %s" * len(linked), (*params, *linked))  # noqa: S611  written by Django
    return Ticket.objects.visible_to(sight).filter(pk__in=ids).select_related("status", "customer__user")


#: So many linked tickets are asked for by a question that is written once.
FEW_LINKED = 8
#: What a line of another ticket shows, and what covers it.
_OF_EARLIER = ("number", "subject", "store", "status", "department", "request_type", "customer", "rating", "closed_at", "last_message_at")


class TicketPage:
    """One ticket before one member of staff."""

    def __init__(self, request, ticket, access):
        self.request, self.ticket, self.access = request, ticket, access
        self.pending = Pending(request, ticket, access)

    def show(self, *, form=None, complaint="", status=200, seen_event=None, secret=None):
        """The page. `form`: what was typed and could not be stored; `complaint`: why something was not done;
        `seen_event`: what came after it is shown as new; `secret`: (the id of a secret field, what stands in it)."""
        ticket, access = self.ticket, self.access
        show = self.request.GET.get("show", ALL)
        talk = read_talk(
            ticket, reader=self.request.user, sight=sight_of(self.request), access=access, customer=self.customer, seen_event=seen_event,
            fields=self.fields,
            before=self._number("before"), after=self._number("after"), at=self.request.GET.get("at", "")[:20],
            show=show if show in SHOWS else ALL,
            loaded=[
                self.request.user, ticket.assignee, ticket.team, ticket.department, ticket.request_type, ticket.status,
                *self.people_to_mention, *access.open_statuses, *access.actions, *self.tags,
                *self.copies, *self.checklist,
            ],
        )  # fmt: skip
        if self.request.method == "GET" and talk.is_whole:
            self._mark_seen()
        context = {
            "ticket": ticket,
            "can": access,
            "customer_words": self.customer,
            "talk": talk,
            "news": [entry for entry in talk.entries if entry.is_new],
            "form": form or self.new_form(talk),
            "complaint": complaint,
            "pending": self.pending,
            "due": due_words(ticket.answer_due_at) if ticket.answer_due_at else None,
            "menu": self,
            "notes": self.notes,
            "wrong_addresses": self._wrong_addresses(talk),
            "may_restore_address": self.may_manage_customer,
            "block_now": self.block,
            "earlier": self.earlier_tickets,
            "held": self.held,
            "secret_field": secret and secret[0],
            "secret_words": secret and secret[1],
            "survey": survey_of(ticket),
            "back": self.back,
            "note_form": CustomerNoteForm(auto_id="note_%s"),
            "just_sent": any("sent" in message.tags.split() for message in get_messages(self.request)),
        }
        return desk_page(self.request, "backoffice/tickets/ticket.html", context, status=status)

    def _wrong_addresses(self, talk):
        """[AddressState] of this customer in this store. Asked only where a message of the talk says that it did not arrive."""
        told = [delivery for entry in talk.entries for delivery in getattr(entry, "deliveries", ())]
        if not self.sees_customer or not any(delivery.reason in (Reason.BAD_ADDRESS, Reason.CAME_BACK) for delivery in told):
            return []
        return states_of(addresses_of(self.ticket.customer), [self.ticket.store_id])

    def _mark_seen(self):
        """The end of the talk was shown: it is read, and so is what the bell said of it. A colleague's eyes read nothing."""
        if self.request.viewer or asked_by_open_page(self.request):
            return
        if self.ticket.is_unread:
            mark_read(self.ticket, by=self.request.user, until=self.ticket.last_message_at)
        if self.ticket.has_news:
            mark_notices_read(self.request.user, ticket=self.ticket)

    def new_form(self, talk):
        """An empty composer, or one that holds what was written before, and the prepared answer asked for by ?answer=…"""
        answer = self.access.can_reply and self.uses_answers and self._number("answer")
        chosen = prepared_for(self.ticket, self.request.user, pk=answer) if answer else []
        initial = {"version": self.ticket.version, "seen_event": talk.last_event, "then": self.usual_then}
        initial |= words_of(self.pending.chosen, answer=chosen[0].text if chosen else "")
        if not self.access.can_reply:
            initial["mode"] = WritingForm.NOTE
        return self.form(initial=initial)

    def form(self, *args, **kwargs):
        """The composer for this ticket and this person."""
        asked = {"people": lambda: self.people_to_mention, "drafts": lambda: self.pending.drafts}
        return WritingForm(*args, ticket=self.ticket, statuses=self.statuses_after_reply, **asked, **kwargs)

    @property
    def usual_then(self):
        """The status of the kind this person chose last time. None was chosen: where the ticket's own status leads."""
        kind = self.request.COOKIES.get(THEN_COOKIE, "")
        found = next((status for status in self.statuses_after_reply if kind and status.kind == kind), None)
        return str(found.pk) if found else ""

    @cached_property
    def people_to_mention(self):
        """Colleagues whom a note may mention: who sees the ticket, and nobody else."""
        if not self.access.can_note:
            return []
        status = self.ticket.status
        people = _seers(ticket=self.ticket.pk, department=self.ticket.department_id, status=status.pk, workflow=status.workflow_id)
        return [person for person in people if person != self.request.user]

    @cached_property
    def goes_on_in(self):
        """The ticket this one was merged into, if this person sees it."""
        into = self.ticket.merged_into_id
        return Ticket.objects.visible_to(self.request.user).filter(pk=into).first() if into else None

    def _number(self, name):
        value = self.request.GET.get(name, "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None

    @property
    def customer(self):
        return str(self.ticket.customer)

    @property
    def sees_customer(self):
        """Whether nothing of the customer is covered on this page."""
        return not self.ticket.mask.covers

    @property
    def knows_customer(self):
        """Whether the customer's own page is there for this reader, now and later: by right, not by a reveal that ends."""
        return self.sees_customer and not self.reveal

    @property
    def may_manage_customer(self):
        return self.knows_customer and self.access.can_manage_customer

    @property
    def reveal(self):
        """What opens the customer's data to this reader for a while, or None."""
        return next((need.exception for need in self.access.can_see_customer.needs if isinstance(need.exception, Reveal)), None)

    # --- The menus of the strip -------------------------------------------------------------------
    @cached_property
    def statuses(self):
        """Statuses of the ticket's workflow that this person may move it to."""
        return [status for status in self.access.open_statuses if self.access.decide_move(status)]

    @property
    def statuses_after_reply(self):
        return self.statuses if self.access.can_change_status else []

    @property
    def priorities(self):
        return Priority.choices

    @property
    def uses_types(self):
        """Whether there is a type to see or to choose."""
        ticket = self.ticket
        return ticket.department.uses(REQUEST_TYPES) and bool(ticket.request_type_id or ticket.types_exist)

    @property
    def uses_answers(self):
        return self.ticket.department.uses(READY_ANSWERS)

    @cached_property
    def tags(self):
        return tags_before(self.ticket)

    # --- Other tickets ------------------------------------------------------------------------------
    @cached_property
    def links(self):
        """The tickets linked with this one, as far as they are seen."""
        return links_before(link_rows(self.ticket), self._other_tickets, known_stores(sight_of(self.request)))

    @property
    def in_the_way(self):
        """Open tickets for which this one should wait."""
        return [] if self.ticket.is_closed else [row.other for row in self.links if row.is_in_the_way]

    # --- What staff keep beside the talk (all of it came with the ticket's row) ---------------------------
    @cached_property
    def copies(self):
        return copies_of(self.ticket)

    @cached_property
    def checklist(self):
        items = checklist_of(self.ticket)
        for item in items:
            item.name = self.ticket.mask.text(item.name)
        return items

    @property
    def items_done(self):
        return sum(item.is_done for item in self.checklist)

    @property
    def uses_time(self):
        return self.ticket.department.uses(TIMESHEETS)

    @property
    def shows_time(self):
        return self.uses_time and bool(self.ticket.worked or self.ticket.timer_since)

    @property
    def worked_words(self):
        return format_minutes(self.ticket.worked) if self.ticket.worked else ""

    # --- The owner's fields -------------------------------------------------------------------------
    @cached_property
    def held(self):
        return values_of(self.ticket, self.request.user, fields=self.fields, may_answer=bool(self.access.can_reply))

    @cached_property
    def fields(self):
        return fields_before(self.ticket, self.request.user)

    @cached_property
    def known_of_customer(self):
        """What stands in fields about the customer. No query where the owner has none."""
        return known_of(self.ticket.customer, self.request.user) if getattr(self.ticket, "has_customer_fields", True) else []

    @property
    def may_fill_in(self):
        return any(held.may_edit for held in self.held)

    # --- The customer beside the talk ---------------------------------------------------------------
    @cached_property
    def notes(self):
        """Warnings, which everybody who sees the ticket must see; and notes, for those who know the customer."""
        organisation = self.ticket.organisation
        notes = _notes(customer=self.ticket.customer_id, organisation=organisation.pk if organisation else 0)
        notes = [note for note in notes if self.sees_customer or note.is_warning]
        for note in notes:
            note.text = self.ticket.mask.text(note.text)
        return notes

    @cached_property
    def _other_tickets(self):
        """{id: ticket} of this customer's newest other tickets and of those linked with this one. One query for both."""
        linked, sight = sorted({other for *_link, other in link_rows(self.ticket)}), sight_of(self.request)
        this = {"customer": self.ticket.customer_id, "ticket": self.ticket.pk}
        if sight.shared is None or len(linked) > FEW_LINKED:
            rows = _with_linked(sight, **this, linked=linked)
        else:
            earlier, with_linked = _others(sight.sees_everything, sight.departments, frozenset(sight.statuses), sight.shared)
            asked = {f"linked{place}": linked[min(place, len(linked) - 1)] for place in range(FEW_LINKED)} if linked else {}
            rows = with_linked(**this, **asked) if linked else earlier(**this)
        return with_settings({ticket.pk: ticket for ticket in rows})

    @property
    def block(self):
        """Why the customer may not write to us; everybody who sees the ticket must know. No query where they may."""
        block = running_block(self.ticket.customer)
        if block:
            block.reason, block.words = self.ticket.mask.text(block.reason), self.ticket.mask.text(block.words)
        return block

    @property
    def earlier_tickets(self):
        theirs = [ticket for ticket in self._other_tickets.values() if ticket.customer_id == self.ticket.customer_id]
        tickets = sorted(theirs, key=lambda ticket: (ticket.last_message_at, ticket.pk), reverse=True)[: EARLIER_TICKETS + 1]
        for ticket in tickets:
            ticket.customer = self.ticket.customer  # who is known, or covered, already
            cover_ticket(ticket, self.ticket.mask)
            ticket.when = format_moment(ticket.closed_at, "day") if ticket.closed_at else format_moment(ticket.last_message_at, "ago")
        return tickets

    @property
    def back(self):
        """The list this person came from."""
        return last_list(self.request)
