"""May this person do this to this ticket? Doors ask here before they call a service.

Who may not *see* the ticket gets a 404 before any of these questions is asked.
"""

from functools import cached_property

from departments.models import Department
from permissions.models import (
    DepartmentGroupObjectPermission,
    DepartmentUserObjectPermission,
    StoreGroupObjectPermission,
    StoreUserObjectPermission,
)
from permissions.querysets import statuses_where
from permissions.rights import DepartmentRight, StatusRight, StoreRight
from tickets.choices import MessageKind
from tickets.reopening import may_reopen


class TicketAccess:
    """What a member of staff may do. Costs two queries, however many questions are asked."""

    def __init__(self, user, ticket):
        self.user, self.ticket = user, ticket

    @cached_property
    def _rights(self):
        """Codenames given in the ticket's department or store, to the person or a team of theirs."""
        if not (self.user.is_active and self.user.is_staff):
            return frozenset()
        given = []
        for to_person, to_team, place in (
            (DepartmentUserObjectPermission, DepartmentGroupObjectPermission, self.ticket.department_id),
            (StoreUserObjectPermission, StoreGroupObjectPermission, self.ticket.store_id),
        ):
            given.append(to_person.objects.filter(user=self.user, content_object=place))
            given.append(to_team.objects.filter(group__user=self.user, content_object=place))
        first, *others = [rows.values_list("permission__codename", flat=True) for rows in given]
        return frozenset(first.union(*others))

    @cached_property
    def open_statuses(self):
        """Statuses this person may move the ticket to, the present one included."""
        workflow = self.ticket.department.workflow
        return list(statuses_where(self.user, StatusRight.MOVE_TO).filter(workflow=workflow).order_by("position"))

    @property
    def can_view(self):
        return (
            DepartmentRight.VIEW in self._rights and statuses_where(self.user, StatusRight.VIEW).filter(pk=self.ticket.status_id).exists()
        )

    @property
    def can_reply(self):
        return DepartmentRight.REPLY in self._rights

    @property
    def can_note(self):
        return DepartmentRight.NOTE in self._rights

    @property
    def can_assign(self):
        return DepartmentRight.ASSIGN in self._rights

    @property
    def can_pass_on(self):
        return DepartmentRight.PASS_ON in self._rights

    @property
    def can_change_status(self):
        return DepartmentRight.CHANGE_STATUS in self._rights

    @property
    def can_change_priority(self):
        return self.can_change_status

    @property
    def can_close(self):
        return DepartmentRight.CLOSE in self._rights and not self.ticket.is_closed

    @property
    def can_reopen(self):
        return DepartmentRight.CLOSE in self._rights and self.ticket.is_closed

    @property
    def can_see_customer(self):
        return StoreRight.VIEW_CUSTOMERS in self._rights

    @property
    def can_manage_customer(self):
        return StoreRight.MANAGE_CUSTOMERS in self._rights

    def can_show_note(self, message):
        return message.kind == MessageKind.NOTE and self.can_reply

    def can_move_to(self, status):
        if status.is_closed != self.ticket.is_closed and not (self.can_close or self.can_reopen):
            return False
        return self.can_change_status and status in self.open_statuses

    def departments_to_pass_to(self):
        return Department.objects.active().exclude(pk=self.ticket.department_id)


class CustomerAccess:
    """What the customer may do with their own ticket. Costs nothing when the ticket came with its status and store."""

    def __init__(self, ticket):
        self.ticket = ticket

    @property
    def can_reply(self):
        return may_reopen(self.ticket) if self.ticket.is_closed else self.ticket.status.customer_may_reply

    @property
    def can_close(self):
        return not self.ticket.is_closed and self.ticket.store.customers_may_close and self.ticket.status.customer_may_close


def may_be_given(user, ticket):
    """Whether this person may see the ticket, so that it makes sense to give it to them."""
    return user.is_active and user.is_staff and TicketAccess(user, ticket).can_view
