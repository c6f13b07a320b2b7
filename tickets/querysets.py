"""Reading tickets: words that chain. What `visible_to` leaves out does not exist for that person."""

from datetime import UTC, datetime

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan

from common.fulltext.wanted import Wanted
from customers.models import Customer, Sharing
from permissions.querysets import departments_where, may_hold_rights, statuses_where
from permissions.rights import DepartmentRight, StatusRight
from permissions.sight import Sight
from statuses.models import StatusKind
from tickets.choices import MessageKind
from tickets.models.copy import copies_as_json
from tickets.models.tag import tags_as_json
from tickets.search.finding import holding

# The columns of a row. What reads another one asks for it fifty times: tests/backoffice/test_budgets.py would say so.
ROW = (
    "number", "subject", "store", "customer", "priority", "has_files", "answer_due_at", "snoozed_until", "closed_at", "deleted_at", "last_message_at",
    "last_message_kind", "last_word_by_customer", "status__kind", "status__hue", "status__name", "department__name",
)  # fmt: skip
ROW_OF_STAFF = (
    "fields", "rating", "last_words", "assignee__name", "assignee__email", "assignee__phone", "team__name", "request_type__name",
    "request_type__icon", "customer__name", "customer__email", "customer__phone", "customer__company", "customer__language",
    "customer__created_at", "customer__user", "customer__has_warning", "customer__blocked_at", "customer__blocked_until", "customer__erased_at",
)  # fmt: skip
KEPT = ("status__", "department__", "request_type__")
_NEVER = datetime(1900, 1, 1, tzinfo=UTC)
ROW_OF_CUSTOMER = ("last_public_words", "status__customer_name", "department__switches")


def is_themself(user):
    """Whether somebody signed in and looks with their own eyes, so that tickets may be theirs."""
    return user.is_authenticated and getattr(user, "seen_by", None) is None


class TicketQuerySet(models.QuerySet):
    def visible_to(self, seer):
        """Tickets whose department and whose status this member of staff may both see, and those shared with them alone.

        `seer`: a person, whose rights are asked inside the query; or their Sight, which has read them and writes plain ids.
        """
        if not isinstance(seer, Sight):
            return self.kept().filter(self._given(seer) | Q(pk__in=self._ids_shared_with(seer)))
        if seer.sees_nothing:
            return self.none()
        if seer.sees_everything:
            return self.kept()
        shared = Q() if seer.shared == frozenset() else Q(pk__in=self._ids_shared_with(seer))
        return self.kept().filter(self._given(seer) | shared)

    def _given(self, seer):
        """The condition that the person's rights, without any share, show the ticket."""
        if isinstance(seer, Sight):
            return Q(department__in=sorted(seer.departments), status__in=sorted(seer.statuses))
        return Q(
            department__in=departments_where(seer, DepartmentRight.VIEW).values("pk"),
            status__in=statuses_where(seer, StatusRight.VIEW).values("pk"),
        )

    def shared_with(self, seer):
        """Tickets opened to this person alone, for as long as the share runs."""
        return self.filter(pk__in=self._ids_shared_with(seer))

    def _ids_shared_with(self, seer):
        if isinstance(seer, Sight):
            if seer.shared is not None:
                return sorted(seer.shared)
            seer = seer.user
        shares = self.model._meta.get_field("shares").related_model.objects
        return shares.running().filter(user=seer).values("ticket") if may_hold_rights(seer) else shares.none().values("ticket")

    def of_customer(self, user):
        """Tickets this person asked, as far as their status is shown to customers.

        Staff rights play no part, and whoever looks through a colleague's eyes has not asked them.
        """
        return self.shown_to_customers().filter(customer__user=user) if is_themself(user) else self.none()

    def of_colleagues(self, user):
        """Tickets that other members of this person's organisation asked, where its members see each other's requests."""
        if not user.is_authenticated or getattr(user, "seen_by", None) is not None:
            return self.none()
        mine = Customer.objects.filter(user=user, organisation__sharing__in=[Sharing.READ, Sharing.REPLY])
        theirs = Customer.objects.filter(organisation__in=mine.values("organisation")).exclude(user=user)
        return self.shown_to_customers().filter(customer__in=theirs.values("pk"))

    def shown_to_customers(self):
        """All but the deleted ones, and those in a status that the owner keeps from the portal."""
        return self.kept().filter(status__shown_in_portal=True)

    def kept(self):
        """All but the deleted ones."""
        return self.filter(deleted_at=None)

    def deleted(self):
        return self.filter(deleted_at__isnull=False)

    def deleted_before(self, seer):
        """Deleted tickets this person may bring back: those their rights would show them, in departments where they may delete.

        A share opens none of them.
        """
        if isinstance(seer, Sight):
            departments = sorted(seer.places_with(DepartmentRight.DELETE))
        else:
            departments = departments_where(seer, DepartmentRight.DELETE).values("pk")
        return self.deleted().filter(department__in=departments).filter(self._given(seer))

    def unmerged(self):
        """All but those that go on in another ticket."""
        return self.filter(merged_into=None)

    def to_merge_with(self, ticket, user):
        """Other tickets of the same customer into which this person may merge this one, by right: closed ones only when it is closed itself."""
        others = self.kept().filter(self._given(user)).unmerged().filter(customer=ticket.customer_id).exclude(pk=ticket.pk)
        others = others.filter(department__in=departments_where(user, DepartmentRight.MERGE).values("pk"))
        return others if ticket.is_closed else others.still_open()

    def still_open(self):
        """All that is not closed, asleep or awake."""
        return self.filter(closed_at=None)

    def awake(self):
        """All but those that sleep. Lists of what is to be done are of open tickets that are awake."""
        return self.filter(snoozed_until=None)

    def snoozed(self):
        """Open tickets that sleep until a moment; closing ends the sleep."""
        return self.filter(snoozed_until__isnull=False)

    def closed(self):
        return self.filter(closed_at__isnull=False)

    def given_to(self, user):
        """Tickets this person has, or a team of theirs. A Sight will do as well."""
        if isinstance(user, Sight):
            return self.filter(Q(assignee=user.user) | Q(team__in=sorted(user.teams)) if user.teams else Q(assignee=user.user))
        return self.filter(Q(assignee=user) | Q(team__in=user.groups.values("pk")))

    def unassigned(self):
        return self.filter(assignee=None, team=None)

    def waiting_for_customer(self):
        return self.filter(closed_at=None, status__kind=StatusKind.WAITING_FOR_CUSTOMER)

    def with_the_store(self):
        """Open tickets in which the store has the turn: the rest of those that wait for the customer."""
        return self.filter(closed_at=None).exclude(status__kind=StatusKind.WAITING_FOR_CUSTOMER)

    def unread_by(self, user):
        """Tickets in which something was said since this person last looked."""
        return self.filter(self._is_unread(user))

    def with_unread_of(self, user):
        """Adds `is_unread` for this person."""
        return self.annotate(is_unread=self._is_unread(user))

    def _is_unread(self, user):
        """Asked for each ticket by its own mark. As “there is no mark that …” PostgreSQL reads all marks of a person beside all open tickets."""
        marks = self.model._meta.get_field("read_marks").related_model.objects
        read_at = marks.filter(ticket=OuterRef("pk"), user=user).values("read_at")
        return LessThan(Coalesce(Subquery(read_at), Value(_NEVER)), F("last_message_at"))

    def tagged(self, *tags):
        """Tickets that carry one of these tags (rows or ids)."""
        taggings = self.model._meta.get_field("taggings").related_model.objects
        return self.filter(pk__in=taggings.filter(tag__in=tags).values("ticket"))

    def with_tags(self):
        """Lets tickets.models.tag.tags_on answer without a query."""
        return self.annotate(tag_rows=tags_as_json())

    def with_copies(self):
        """Lets tickets.models.copy.copies_of answer without a query."""
        return self.annotate(copy_rows=copies_as_json())

    def matching(self, wanted, *, known_stores=None, zones=None, among=None):
        """Tickets that hold what is wanted (a Wanted, or text whose every word is): number, subject, files, names, what was said, notes.

        `known_stores`: ids of the stores whose customers the searcher may know (None: all). Elsewhere words that tell who the
        customer is are found nowhere, wherever they were written: searching tells no more than reading. `zones`: none but these.
        `among`: the ids of all tickets in question, where they are few and known.
        """
        wanted = wanted if isinstance(wanted, Wanted) else Wanted.of(wanted)
        return self.filter(holding(wanted, known_stores=known_stores, zones=zones, among=among))

    def for_inbox(self, *more):
        """With what a row of staff shows, and nothing else: a page of fifty whole tickets and their people would be mostly thrown away.

        `more`: columns that this page shows besides.
        """
        with_names = self.select_related("customer", "assignee", "team", "status", "department", "request_type")
        return with_names.with_tags().only(*ROW, *ROW_OF_STAFF, *more)

    def for_rows(self, *more):
        """The same, but for what is kept: `tickets.rows` adds statuses, departments and types."""
        with_names = self.select_related("customer", "assignee", "team").with_tags()
        return with_names.only(
            *(name for name in (*ROW, *ROW_OF_STAFF) if not name.startswith(KEPT)), "status", "department", "request_type", *more
        )

    def for_portal_list(self):
        return self.select_related("status", "department").only(*ROW, *ROW_OF_CUSTOMER)

    def for_colleagues_list(self):
        """With the name of who asked."""
        shown = self.select_related("status", "department", "customer")
        return shown.only(*ROW, *ROW_OF_CUSTOMER, "customer__name")

    def for_page(self):
        return (
            self.with_tags()
            .with_copies()
            .select_related(
                "customer__user",
                "customer__organisation",
                "assignee",
                "team",
                "status__workflow",
                "status__after_staff_reply",
                "department__workflow",
                "store",
                "request_type",
            )
        )

    def newest_first(self):
        return self.order_by("-last_message_at", "-pk")


class MessageQuerySet(models.QuerySet):
    def shown_to_customer(self):
        return self.exclude(kind=MessageKind.NOTE)

    def for_thread(self, *, even_removed=False):
        """`even_removed`: with the files that were taken out, whose place the desk shows."""
        said = self.model._meta.get_field("attachments").related_model.objects.said(even_removed=even_removed)
        return self.select_related("author", "customer").prefetch_related(models.Prefetch("attachments", said)).order_by("created_at", "pk")
