from tickets.models.attachment import Attachment
from tickets.models.bulk import BulkResult, BulkRun, Outcome
from tickets.models.checklist import ChecklistItem
from tickets.models.copy import TicketCopy
from tickets.models.draft import DraftFile, OutgoingReply, ReplyDraft
from tickets.models.event import TicketEvent
from tickets.models.field_value import FieldValue
from tickets.models.held import HeldFile, HeldRequest
from tickets.models.link import TicketLink
from tickets.models.macro import Macro
from tickets.models.message import Message
from tickets.models.original import MessageOriginal
from tickets.models.reading import ReadMark
from tickets.models.reply_template import ReplyTemplate
from tickets.models.saved_view import ListSetup, SavedView
from tickets.models.search_document import SearchDocument
from tickets.models.share import TicketShare
from tickets.models.tag import Tag, Tagging
from tickets.models.ticket import Ticket
from tickets.models.visit import Visit
from tickets.models.watch import Watch
from tickets.models.work import WorkRecord

__all__ = [
    "Attachment",
    "BulkResult",
    "BulkRun",
    "ChecklistItem",
    "FieldValue",
    "HeldFile",
    "HeldRequest",
    "ListSetup",
    "Message",
    "Outcome",
    "MessageOriginal",
    "DraftFile",
    "Macro",
    "OutgoingReply",
    "ReadMark",
    "ReplyDraft",
    "ReplyTemplate",
    "SavedView",
    "SearchDocument",
    "Tag",
    "Tagging",
    "Ticket",
    "TicketCopy",
    "TicketEvent",
    "TicketLink",
    "TicketShare",
    "Visit",
    "Watch",
    "WorkRecord",
]
