"""May this person do this to this ticket? Doors ask here before they call a service.

Each question is answered with a Decision: yes or no, and the rows that made it so (permissions/decisions.py), so that the
button and “why?” read the same answer. Who may not *see* the ticket gets a 404 before any other question is asked; every
other question includes that one.
"""

from copy import copy
from dataclasses import replace
from functools import cached_property

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from common.kept import kept
from common.prepared import Prepared
from custom_fields.models import ActionField
from customers.models import Sharing
from departments.models import Department
from departments.switches import CUSTOMERS_CLOSE
from permissions.decisions import Decision
from permissions.holdings import Holdings, rows_given, ways_to
from permissions.querysets import may_hold_rights
from permissions.rights import ActionRight, DepartmentRight, StatusRight, StoreRight
from statuses.models import Action, ActionDeed, GivesTo, Status
from tickets.asking import CUSTOMER_DEEDS, is_asking
from tickets.choices import MessageKind, ShareRight
from tickets.models import TicketShare
from tickets.reopening import may_follow_up, may_reopen

#: Question -> the right it needs in the ticket's department, besides seeing the ticket.
IN_DEPARTMENT = {
    "reply": DepartmentRight.REPLY,
    "note": DepartmentRight.NOTE,
    "assign": DepartmentRight.ASSIGN,
    "pass_on": DepartmentRight.PASS_ON,
    "change_status": DepartmentRight.CHANGE_STATUS,
    "close": DepartmentRight.CLOSE,
    "reopen": DepartmentRight.CLOSE,
    "merge": DepartmentRight.MERGE,
    "delete": DepartmentRight.DELETE,
    "edit": DepartmentRight.EDIT,
    "see_originals": DepartmentRight.ORIGINALS,
}
#: Question -> the right it needs in the ticket's store, besides seeing the ticket.
IN_STORE = {
    "see_customer": StoreRight.VIEW_CUSTOMERS,
    "reveal_customer": StoreRight.REVEAL_CUSTOMERS,
    "manage_customer": StoreRight.MANAGE_CUSTOMERS,
    "share": StoreRight.SHARE,
}
#: What a ticket does not know any more once it goes on in another one.
STOPPED_BY_MERGING = {*IN_DEPARTMENT, "share", "move_to", "perform"} - {"delete", "see_originals"}
#: What a share does not open, whatever else the person holds: it is for seeing the ticket, and for notes.
STOPPED_BY_SHARING = {*IN_DEPARTMENT, "move_to", "perform", "unmerge"} - {"note"}
#: What “why?” can be asked about any ticket.
QUESTIONS = ["view", *IN_DEPARTMENT, *IN_STORE]


@Prepared
def _given(user, department, store, workflow, workflow_of_status, status):
    """What somebody holds that can matter for a ticket which stands there."""
    workflows = [workflow, workflow_of_status]
    places = {
        "department": [department],
        "store": [store],
        "workflow": workflows,
        "status": Status.objects.filter(workflow__in=workflows).values("pk"),
        "action": Action.objects.filter(status=status).values("pk"),
    }
    return rows_given(user, places)


def _asked(question):
    """decide(question) as an attribute, asked once."""
    return cached_property(lambda access: access.decide(question))


class TicketAccess:
    """What a member of staff may do. What they hold costs one query, and one more only for exceptions (a share, a reveal)."""

    can_view = _asked("view")
    can_reply = _asked("reply")
    can_note = _asked("note")
    can_assign = _asked("assign")
    can_pass_on = _asked("pass_on")
    can_change_status = _asked("change_status")
    can_change_priority = _asked("change_status")
    can_change_type = _asked("change_status")
    can_tag = _asked("change_status")
    can_snooze = _asked("change_status")
    can_link = _asked("change_status")
    can_split = _asked("change_status")
    can_close = _asked("close")
    can_reopen = _asked("reopen")
    can_merge = _asked("merge")
    can_delete = _asked("delete")
    can_edit = _asked("edit")
    can_see_originals = _asked("see_originals")
    #: Who answers decides who else reads the answers; what stays among staff is a matter of those who write notes.
    can_copy = _asked("reply")
    can_check = _asked("note")
    can_record_time = _asked("note")
    can_call_watchers = _asked("note")
    can_share = _asked("share")
    can_see_customer = _asked("see_customer")
    can_reveal_customer = _asked("reveal_customer")
    can_manage_customer = _asked("manage_customer")

    def __init__(self, user, ticket):
        self.user, self.ticket = user, ticket

    def decide(self, question):
        """The answer to one of QUESTIONS, with its reasons. KeyError for a question there is not."""
        if question == "view":
            return self._decision(question)
        if question in IN_DEPARTMENT:
            return self._decision(question, self._in_department(IN_DEPARTMENT[question]), hindrance=self._state_against(question))
        return self._decision(question, self._in_store(IN_STORE[question]), hindrance=self._state_against(question))

    def decide_move(self, status):
        """May the ticket be moved to this status? Closing it or opening it again needs that right besides."""
        needs = [self._on_status(StatusRight.MOVE_TO, status.pk), self._in_department(DepartmentRight.CHANGE_STATUS)]
        if status.is_closed != self.ticket.is_closed:
            needs.append(self._in_department(DepartmentRight.CLOSE))
        foreign = status.workflow_id != self._workflow
        words = _("This status does not belong to the ticket's department.") if foreign else self._state_against("move_to")
        return self._decision("move_to", *needs, hindrance=words)

    def decide_action(self, action):
        """May this button be pressed? It stands in one status only, and leads where the owner said, whatever else one may do."""
        need = self._held.need(*ways_to(ActionRight.PERFORM, "action", action.pk, self.ticket.status.workflow_id))
        against = _("This action belongs to another status.") if action.status_id != self.ticket.status_id else ""
        if action.archived_at or not action.for_staff:
            against = against or _("This action is not in use here.")
        return self._decision("perform", need, hindrance=against or self._state_against("perform"))

    @cached_property
    def can_unmerge(self):
        """May the merge of this ticket be undone? Takes the same right as merging, and needs it on the other ticket too."""
        hindrance = self._state_against("unmerge") if self.ticket.merged_into_id else _("The ticket was not merged.")
        return self._decision("unmerge", self._in_department(DepartmentRight.MERGE), hindrance=hindrance)

    @property
    def is_trusted_to_merge(self):
        """Whether this person sees the ticket without a share and has the right to merge there, whatever state it is in."""
        return all(self.can_merge.needs) and not self.seen_by_share

    def can_edit_message(self, message):
        """Words of staff are edited; the customer's own words are only blacked out."""
        return not message.is_from_customer and self.can_edit

    def can_show_note(self, message):
        return message.kind == MessageKind.NOTE and self.can_reply

    @cached_property
    def open_statuses(self):
        """Statuses this person was given to move tickets to, the present one included. Costs nothing where nothing was given."""
        if not self._held.has(StatusRight.MOVE_TO):
            return []
        statuses = Status.objects.kept().filter(workflow=self._workflow).order_by("position", "pk")
        statuses = kept(("statuses", self._workflow), lambda: list(statuses))
        return [status for status in statuses if self._on_status(StatusRight.MOVE_TO, status.pk)]

    @cached_property
    def actions(self):
        """The buttons of the ticket's status that this person may press, in their order. Costs nothing where none was given."""
        if not self._held.has(ActionRight.PERFORM):
            return []
        offered = [action for action in actions_of(self.ticket) if action.for_staff and self.decide_action(action)]
        for action in offered:
            action.is_asking = is_asking(action)
        return offered

    def departments_to_pass_to(self):
        """The other departments of the ticket's store, seen by this person or not: who takes over is no secret."""
        return Department.objects.active().filter(stores=self.ticket.store_id).exclude(pk=self.ticket.department_id)

    @cached_property
    def share(self):
        """The running share of this ticket with this person, or None."""
        shares = TicketShare.objects.running().filter(ticket=self.ticket.pk, user=self.user.pk)
        return shares.select_related("shared_by").first() if self._is_staff else None

    @property
    def seen_by_share(self):
        """The share without which this person would not see the ticket, or None."""
        return next((need.exception for need in self._seeing if need.exception), None)

    @cached_property
    def reveal(self):
        """The running reveal of this ticket's customer to this person, or None. It ends with the right to it."""
        if not self._is_staff or not self._in_store(StoreRight.REVEAL_CUSTOMERS):
            return None
        return self.user.reveals.running().filter(customer=self.ticket.customer_id).order_by("-ends_at").first()

    # --- What the answers rest on -----------------------------------------------------------------
    @cached_property
    def _is_staff(self):
        return may_hold_rights(self.user)

    @property
    def _workflow(self):
        return self.ticket.department.workflow_id

    @cached_property
    def _held(self):
        """Everything given to the person, or a team of theirs, that can matter for this ticket."""
        if not self._is_staff:
            return Holdings([])
        return Holdings(
            _given(
                user=self.user.pk,
                department=self.ticket.department_id,
                store=self.ticket.store_id,
                workflow=self._workflow,
                workflow_of_status=self.ticket.status.workflow_id,
                status=self.ticket.status_id,
            )
        )

    @cached_property
    def _seeing(self):
        """Department and status; what is missing of them, a share makes up for."""
        status = self.ticket.status
        needs = [
            self._in_department(DepartmentRight.VIEW),
            self._held.need(*ways_to(StatusRight.VIEW, "status", status.pk, status.workflow_id)),
        ]
        if not all(needs) and self.share:
            needs = [need if need else replace(need, exception=self.share) for need in needs]
        return tuple(needs)

    def _decision(self, question, *needs, hindrance=""):
        needs = [need if need else self._excepted(question, need) for need in needs]
        return Decision(question, (*self._seeing, *needs), self._hindrance or hindrance)

    def _excepted(self, question, need):
        """A need that nothing given meets: a share for notes opens notes, a reveal opens the customer's data."""
        if question == "note" and self.share and self.share.right == ShareRight.NOTE:
            return replace(need, exception=self.share)
        if question == "see_customer" and self._in_store(StoreRight.REVEAL_CUSTOMERS) and self.reveal:
            return replace(need, exception=self.reveal)
        return need

    def _in_department(self, right):
        return self._held.need(("department", self.ticket.department_id, str(right)))

    def _in_store(self, right):
        return self._held.need(("store", self.ticket.store_id, str(right)))

    def _on_status(self, right, pk):
        return self._held.need(*ways_to(right, "status", pk, self._workflow))

    @cached_property
    def _hindrance(self):
        if not self._is_staff:
            return _("Only active members of staff may see tickets in the back office.")
        return _("The ticket was deleted.") if self.ticket.is_deleted else ""

    def _state_against(self, question):
        if self.ticket.merged_into_id and question in STOPPED_BY_MERGING:
            return _("The ticket was merged into another one.")
        if question == "close" and self.ticket.is_closed:
            return _("The ticket is closed already.")
        if question == "reopen" and not self.ticket.is_closed:
            return _("The ticket is open.")
        if question == "share" and self.seen_by_share:
            return _("A ticket that was shared with somebody is not theirs to share on.")
        # What was given in the department, or on its whole workflow, was given for the tickets that are seen without a share.
        if question in STOPPED_BY_SHARING and self.seen_by_share:
            return _("The ticket was only shared with this person, to see it or to write notes.")
        return ""


class CustomerAccess:
    """What the customer may do with their own ticket. Costs nothing when the ticket came with its status, store and customer."""

    def __init__(self, ticket):
        self.ticket = ticket

    @property
    def can_reply(self):
        if self.ticket.customer.is_blocked:
            return False
        return may_reopen(self.ticket) if self.ticket.is_closed else self.ticket.status.customer_may_reply

    @property
    def can_follow_up(self):
        """Whether what they write now becomes a new request, because this one was closed too long ago."""
        return may_follow_up(self.ticket) and not self.ticket.customer.is_blocked

    @property
    def can_close(self):
        is_offered = self.ticket.store.customers_may_close and self.ticket.department.uses(CUSTOMERS_CLOSE)
        return not self.ticket.is_closed and is_offered and self.ticket.status.customer_may_close

    @cached_property
    def actions(self):
        """The buttons that the owner gives customers in the ticket's status, in their order. A blocked customer has none."""
        return [] if self.ticket.customer.is_blocked else self.offered_actions

    @cached_property
    def offered_actions(self):
        """The same, whoever the customer is: what a blocked one has sent is refused in words, and not taken for a wrong address."""
        offered = [action for action in actions_of(self.ticket) if action.for_customers and action.deed in CUSTOMER_DEEDS]
        allowed = [action for action in offered if self._may_do(action)]
        for action in allowed:
            action.is_asking = is_asking(action, by_customer=True)
        return allowed

    def _may_do(self, action):
        """What would open a closed ticket obeys the rules for opening it; what passes on knows where to."""
        opens = self.ticket.is_closed and action.target is not None and not action.target.is_closed
        leads = action.target is None or action.target.archived_at is None
        knows_where = action.deed != ActionDeed.PASS_ON or action.department_id or action.gives_to == GivesTo.PREVIOUS
        return bool(leads and knows_where and (not opens or may_reopen(self.ticket)))


class ColleagueAccess:
    """What a member of the customer's organisation may do with their request: read it, and answer it where the organisation says so."""

    can_close = can_follow_up = False
    actions = ()

    def __init__(self, ticket, member):
        self.ticket, self.member = ticket, member

    @property
    def can_reply(self):
        may_answer = self.member.organisation.sharing == Sharing.REPLY and not self.member.is_blocked
        return may_answer and CustomerAccess(self.ticket).can_reply


def actions_of(ticket):
    """The buttons of the ticket's status, in their order; `asks_fields` says whether one asks its doer to fill something in."""
    return [copy(action) for action in kept(("actions", ticket.status_id), lambda: list(_actions_of(ticket)))]


def _actions_of(ticket):
    asked = Exists(ActionField.objects.filter(action=OuterRef("pk"), field__archived_at=None))
    actions = Action.objects.kept().filter(status=ticket.status_id).select_related("target")
    return actions.annotate(asks_fields=asked).order_by("position", "pk")


def may_be_given(user, ticket):
    """Whether this person may see the ticket, so that it makes sense to give it to them."""
    return bool(TicketAccess(user, ticket).can_view)
