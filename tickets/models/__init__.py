from tickets.models.attachment import Attachment
from tickets.models.draft import DraftFile, OutgoingReply, ReplyDraft
from tickets.models.event import TicketEvent
from tickets.models.field_value import FieldValue
from tickets.models.held import HeldFile, HeldRequest
from tickets.models.macro import Macro
from tickets.models.message import Message
from tickets.models.reading import ReadMark
from tickets.models.reply_template import ReplyTemplate
from tickets.models.search_document import SearchDocument
from tickets.models.share import TicketShare
from tickets.models.tag import Tag, Tagging
from tickets.models.ticket import Ticket
from tickets.models.watch import Watch

__all__ = [
    "Attachment",
    "DraftFile",
    "FieldValue",
    "HeldFile",
    "HeldRequest",
    "Macro",
    "Message",
    "OutgoingReply",
    "ReadMark",
    "ReplyDraft",
    "ReplyTemplate",
    "SearchDocument",
    "Tag",
    "Tagging",
    "Ticket",
    "TicketEvent",
    "TicketShare",
    "Watch",
]
