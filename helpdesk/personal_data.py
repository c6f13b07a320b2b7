"""Who erases what of a customer: each room its own, then whatever else stands in rows that point at the customer, their tickets or messages.

A room with words of customers adds its `erase` here; what it leaves out, or what a new table holds, is scrubbed by `erase_the_rest`.
"""

from django.apps import apps

from customers.models import Customer
from exports import erasing as exports
from notifications import erasing as notifications
from portal import erasing as portal
from surveys import erasing as surveys
from tickets import erasing as tickets
from tickets.models import Message, Ticket

#: Models whose rows the parts have dealt with, or which hold no words of customers.
DONE = {
    "tickets.Ticket", "tickets.Message", "tickets.Attachment", "tickets.TicketEvent", "tickets.FieldValue", "tickets.HeldRequest",
    "tickets.SearchDocument", "notifications.Delivery", "surveys.Survey", "surveys.SurveyAnswer", "surveys.AnswerRating",
    "customers.Customer", "customers.CustomerDocument",
    "customers.CustomerNote", "customers.Block", "customers.Reveal", "customers.CustomerEvent", "customers.CustomerMerge",
    "customers.CustomerKey", "customers.DuplicateSuggestion", "customers.Erasure", "custom_fields.CustomerValue",
}  # fmt: skip


def erase_the_rest(eraser):
    """Every text column of every other table that points at the customer, a ticket of theirs or a message in it."""
    tickets_of = Ticket.objects.filter(customer__in=eraser.pks).values("pk")
    of = {Customer: eraser.pks, Ticket: tickets_of, Message: Message.objects.filter(ticket__in=tickets_of).values("pk")}
    for model in apps.get_models():
        if model._meta.label in DONE or model._meta.proxy or not model._meta.managed:
            continue
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model in of:
                eraser.scrub(model._base_manager.filter(**{f"{field.name}__in": of[field.related_model]}))


PARTS = [tickets.erase, notifications.erase, surveys.erase, exports.erase, portal.erase, erase_the_rest]
