"""The tables that are filled in bulk: which columns the generator knows, and what stands in the others."""

from functools import cached_property

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db import connection

from customers.models import Customer
from surveys.models import Survey
from tickets.models import Attachment, FieldValue, Message, ReadMark, Tagging, Ticket, TicketEvent


class Table:
    """A table, its columns in the order of the generator's rows, and the columns that hold the same in every row."""

    def __init__(self, model, columns):
        self.model, self.name = model, model._meta.db_table
        self._known = columns.split()

    @cached_property
    def _others(self):
        """What the generator knows nothing of stands as it does in a new row."""
        return [field for field in self.model._meta.concrete_fields if field.column not in self._known]

    @cached_property
    def columns(self):
        return [*self._known, *(field.column for field in self._others)]

    @cached_property
    def constants(self):
        return tuple(field.get_db_prep_save(field.get_default(), connection) for field in self._others)


#: In the order in which they are written: nothing refers to what comes later.
TABLES = {
    "users": Table(get_user_model(), "id password name email phone phone_verified language date_joined"),
    "addresses": Table(EmailAddress, "id user_id email verified primary"),
    "customers": Table(Customer, "id user_id name email phone language company created_at"),
    "tickets": Table(
        Ticket,
        "id number store_id department_id status_id status_since request_type_id fields priority customer_id assignee_id team_id subject"
        " language source created_at updated_at closed_at first_answered_at last_message_at last_message_kind last_words"
        " last_public_words last_word_by_customer waiting_since answer_due_at has_files rating version",
    ),
    "messages": Table(Message, "id ticket_id kind author_id customer_id body_html body_text source created_at"),
    "events": Table(TicketEvent, "id ticket_id kind actor_id by_customer message_id details created_at announced_at"),
    "attachments": Table(Attachment, "id message_id file name content_type size created_at"),
    "values": Table(FieldValue, "id ticket_id field_id text date option"),
    "read_marks": Table(ReadMark, "id ticket_id user_id read_at"),
    "taggings": Table(Tagging, "id tag_id ticket_id"),
    "surveys": Table(
        Survey, "id ticket_id event_id store_id department_id person_id language asked_by due_at asked_at answered_at score comment"
    ),
}


def ids_per_ticket(messages):
    """How many ids of each table are set aside for a ticket with so many messages on average. What is left over stays a gap."""
    each = dict.fromkeys(("users", "addresses", "customers", "tickets", "surveys"), 1)
    return each | {"messages": messages, "events": 2 * messages + 6, "values": 4, "read_marks": 60, "taggings": 3}
