"""A small shop in which everything about rights is thrown with dice, and the rules of seeing and doing in a few lines of plain Python.

The rules here are written from what was promised, not from the product's queries: that is what makes a comparison worth something.
"""

import random
from collections import namedtuple
from datetime import timedelta

from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from common.uploads import CheckedFile
from customers.models import Reveal
from permissions.models import ROWS
from permissions.rights import RIGHTS_ON, DepartmentRight, RoleKey, StoreRight
from permissions.roles import standard_role
from statuses.models import Action, StatusKind
from statuses.services import create_workflow
from stores.models import Store
from tests.make import make_customer, make_department, make_person, make_store, make_ticket
from tickets.choices import ShareRight
from tickets.models import Attachment, TicketShare
from tickets.services.writing import attach

STAFF, TEAMS, TICKETS = 4, 3, 6
WORDS = ["amber", "basil", "cedar", "daisy", "elder", "fennel"]
#: The right that each question about a ticket needs besides seeing it, on its department or its store.
IN_DEPARTMENT = {
    "reply": "reply_tickets",
    "note": "note_tickets",
    "assign": "assign_tickets",
    "pass_on": "pass_on_tickets",
    "change_status": "change_ticket_status",
    "close": "close_tickets",
    "reopen": "close_tickets",
    "merge": "merge_tickets",
    "delete": "delete_tickets",
    "edit": "edit_messages",
    "see_originals": "see_originals",
}
IN_STORE = {
    "see_customer": "view_customers",
    "reveal_customer": "reveal_customers",
    "manage_customer": "manage_customers",
    "share": "share_tickets",
}

Row = namedtuple("Row", "who code kind on ends_at")
Share = namedtuple("Share", "person ticket right ends_at")


def _rows_of_statuses(letter):
    kinds = {"new": StatusKind.NEW, "open": StatusKind.OPEN, "closed": StatusKind.CLOSED}
    return [(code, kind, {"en": f"{code} {letter}"}, {"en": code}, "", "") for code, kind in kinds.items()]


class World:
    """Two stores, two workflows, three departments, three teams, six people and six tickets; `throw` decides who was given what."""

    def __init__(self):
        self.stores = [make_store(), make_store()]
        flows = [create_workflow({"en": letter}, _rows_of_statuses(letter)) for letter in "AB"]
        first, both, second = [self.stores[0]], self.stores, [self.stores[1]]
        self.departments = []
        for name, workflow, stores in (("Support", flows[0], first), ("Repairs", flows[0], both), ("Sales", flows[1], second)):
            department = make_department(name, store=stores[0], workflow=workflow)
            department.stores.set(stores)
            self.departments.append(department)
        self.workflows = flows
        self.statuses = [status for flow in flows for status in flow.by_code.values()]
        self.actions = [Action.objects.create(status=status, name="Go", target=self.statuses[0]) for status in self.statuses]
        self.teams = [Group.objects.create(name=f"Team {number}") for number in range(TEAMS)]
        self.people = [make_person(f"Staff{number}", is_staff=True) for number in range(STAFF)]
        self.people.append(make_person("Root", is_staff=True, is_superuser=True))
        self.people.append(make_person("Nour"))  # somebody who is no member of staff, whatever was given to them
        self.browsers = {person.pk: _browser_of(person) for person in self.people}
        self.tickets = [self._ticket(word) for word in WORDS[:TICKETS]]
        self.files = {file.message.ticket_id: file for file in Attachment.objects.select_related("message")}
        self.places = {
            "department": self.departments,
            "workflow": flows,
            "status": self.statuses,
            "action": self.actions,
            "store": list(Store.objects.order_by("pk")),
        }
        self.roles = [standard_role(key) for key in RoleKey]
        self.permissions = {permission.codename: permission for permission in Permission.objects.all()}

    def _ticket(self, word):
        ticket = make_ticket(f"About {word}", department=self.departments[0], customer=make_customer("Kasia", account=False))
        attach(ticket.messages.get(), CheckedFile(name="a.txt", content_type="text/plain", size=1, content=ContentFile(b"a")))
        return ticket

    def throw(self, seed):
        """Everything anew, from one number. The caller rolls the database back."""
        dice = self.dice = random.Random(seed)
        self.now = timezone.now()
        # From nearly nothing to nearly everything: what is rare at one end is common at the other.
        plenty = dice.choice([0.1, 0.3, 0.6])
        self._throw_people(dice)
        self._throw_tickets(dice)
        self.rows = {}
        for who in [*self.people, *self.teams]:
            self._throw_rights(dice, who, plenty)
        self._store_rows()
        self._throw_exceptions(dice)

    def _throw_people(self, dice):
        self.members = {}
        for person in self.people:
            person.is_active = dice.random() > 0.12
            person.save(update_fields=["is_active"])
            self.members[person.pk] = [team for team in self.teams if dice.random() < 0.3]
        memberships = Group.user_set.through
        memberships.objects.bulk_create(
            memberships(user_id=person, group_id=team.pk) for person, teams in self.members.items() for team in teams
        )

    def _throw_tickets(self, dice):
        for ticket in self.tickets:
            ticket.department = dice.choice(self.departments)
            ticket.store = dice.choice(self.stores)
            # Some stand in a status of another workflow: their department follows a new one since.
            strays = dice.random() < 0.1
            ticket.status = dice.choice([one for one in self.statuses if strays or one.workflow == ticket.department.workflow])
            ticket.closed_at = self.now if ticket.status.is_closed else None
            ticket.deleted_at = self.now if dice.random() < 0.12 else None
            ticket.merged_into = dice.choice([one for one in self.tickets if one != ticket]) if dice.random() < 0.08 else None
            ticket.assignee = ticket.team = None
            holder = dice.choice([None, *self.people, *self.teams])
            setattr(ticket, "team" if isinstance(holder, Group) else "assignee", holder)
            ticket.save(update_fields=["department", "store", "status", "closed_at", "deleted_at", "merged_into", "assignee", "team"])

    def _end(self, dice):
        """For good, until later, or ended a while ago."""
        return dice.choice([None, None, None, self.now + timedelta(hours=2), self.now - timedelta(minutes=1)])

    def _throw_rights(self, dice, who, plenty):
        for department in self.departments:
            if dice.random() < plenty / 2:
                role, ends_at = dice.choice(self.roles), self._end(dice)
                for code in role.department_rights:
                    self._give(who, code, department, ends_at, role)
                for code in role.workflow_rights:
                    self._give(who, code, department.workflow, ends_at, role)
                for code in role.store_rights:
                    for store in department.stores.all():
                        self._give(who, code, store, ends_at, role)
        for kind, places in self.places.items():
            for place in places:
                if dice.random() < plenty:
                    for code in dice.sample(RIGHTS_ON[kind].values, k=min(2, len(RIGHTS_ON[kind].values))):
                        self._give(who, code, place, self._end(dice), None)

    def _give(self, who, code, place, ends_at, role):
        kind = place._meta.model_name
        self.rows.setdefault(
            (who._meta.model_name, who.pk, str(code), kind, place.pk), (Row(who, str(code), kind, place.pk, ends_at), place, role)
        )

    def _store_rows(self):
        tables = {}
        for row, place, role in self.rows.values():
            table, field = (ROWS[row.kind][1], "group") if isinstance(row.who, Group) else (ROWS[row.kind][0], "user")
            given = table(**{field: row.who}, permission=self.permissions[row.code], content_object=place, role=role, ends_at=row.ends_at)
            tables.setdefault(table, []).append(given)
        for table, given in tables.items():
            table.objects.bulk_create(given)

    def _throw_exceptions(self, dice):
        self.shares = {}
        self.reveals = set()
        for ticket in self.tickets:
            for person in self.people:
                if dice.random() < 0.1:
                    right = dice.choice(ShareRight.values)
                    self.shares[person.pk, ticket.pk] = Share(person, ticket, right, self._end(dice))
                if dice.random() < 0.05:
                    self.reveals.add((person.pk, ticket.customer_id))
        TicketShare.objects.bulk_create(
            TicketShare(user=share.person, ticket=share.ticket, right=share.right, ends_at=share.ends_at) for share in self.shares.values()
        )
        until = self.now + timedelta(hours=1)
        Reveal.objects.bulk_create(
            Reveal(user_id=person, customer_id=customer, reason="They called.", ends_at=until) for person, customer in self.reveals
        )

    # --- The rules ------------------------------------------------------------------------------------

    def counts(self, person):
        """Whether what was given to this person is worth anything."""
        return person.is_active and person.is_staff

    def has(self, person, code, kind, pk):
        """Given to the person, or to a team of theirs, and not ended."""
        ways = [("user", person.pk), *(("group", team.pk) for team in self.members[person.pk])]
        rows = (self.rows.get((*way, code, kind, pk)) for way in ways)
        return self.counts(person) and any(self._runs(row[0]) for row in rows if row)

    def _runs(self, thing):
        return thing.ends_at is None or thing.ends_at > self.now

    def share(self, person, ticket):
        share = self.shares.get((person.pk, ticket.pk))
        return share if share and self._runs(share) and self.counts(person) else None

    def sees_by_right(self, person, ticket):
        in_department = self.has(person, "view_tickets", "department", ticket.department_id)
        in_status = self.has(person, "view_in_status", "status", ticket.status_id) or self.has(
            person, "view_all_statuses", "workflow", ticket.status.workflow_id
        )
        return ticket.deleted_at is None and in_department and in_status

    def sees(self, person, ticket):
        """Department and status, or a share; a deleted ticket nobody."""
        return self.sees_by_right(person, ticket) or ticket.deleted_at is None and bool(self.share(person, ticket))

    def may(self, person, question, ticket):
        if not self.sees(person, ticket):
            return False
        if question == "view":
            return True
        if question == "close" and ticket.closed_at or question == "reopen" and not ticket.closed_at:
            return False
        if ticket.merged_into_id and (question == "share" or question in IN_DEPARTMENT and question not in {"delete", "see_originals"}):
            return False
        if question in IN_DEPARTMENT and question != "note" and not self.sees_by_right(person, ticket):
            return False  # a share opens sight and notes; what the department gives is for tickets that are seen without it
        if question in IN_DEPARTMENT:
            given = self.has(person, IN_DEPARTMENT[question], "department", ticket.department_id)
            share = self.share(person, ticket)
            return given or bool(question == "note" and share and share.right == ShareRight.NOTE)
        if question == "share" and not self.sees_by_right(person, ticket):
            return False  # what was shared with somebody is not theirs to share
        given = self.has(person, IN_STORE[question], "store", ticket.store_id)
        may_reveal = self.has(person, "reveal_customers", "store", ticket.store_id)
        return given or (question == "see_customer" and may_reveal and (person.pk, ticket.customer_id) in self.reveals)

    def may_perform(self, person, action, ticket):
        if action.status_id != ticket.status_id or ticket.merged_into_id or not self.sees_by_right(person, ticket):
            return False
        return self.has(person, "perform_action", "action", action.pk) or self.has(
            person, "perform_all_actions", "workflow", ticket.status.workflow_id
        )

    def may_move(self, person, status, ticket):
        if not self.sees_by_right(person, ticket) or ticket.merged_into_id or status.workflow_id != ticket.department.workflow_id:
            return False
        to_status = self.has(person, "move_to_status", "status", status.pk) or self.has(
            person, "move_to_all_statuses", "workflow", status.workflow_id
        )
        needed = [DepartmentRight.CHANGE_STATUS]
        if status.is_closed != (ticket.closed_at is not None):
            needed.append(DepartmentRight.CLOSE)
        return to_status and all(self.has(person, str(right), "department", ticket.department_id) for right in needed)

    def seen(self, person):
        return {ticket.pk for ticket in self.tickets if self.sees(person, ticket)}

    def knows_customers_of(self, person):
        return frozenset(store.pk for store in self.stores if self.has(person, str(StoreRight.VIEW_CUSTOMERS), "store", store.pk))


def _browser_of(person):
    browser = Client()
    browser.force_login(person)
    return browser
