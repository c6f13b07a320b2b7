"""The index over tickets, and who looks in which of its zones."""

from common.fulltext.index import FullText

#: Number, subject; what everybody who reads the ticket reads; notes of staff. And, apart from them, what tells who the customer
#: is: in the talk, and in notes.
TITLE, WORDS, NOTES, NAMES, NOTED = ZONES = ("title", "words", "notes", "names", "noted")
TICKETS = FullText("tickets_searchdocument", key="ticket_id", zones=ZONES)

#: For staff who may not know the customer, and for the customer.
OPEN_ZONES = (TITLE, WORDS, NOTES)
PORTAL_ZONES = (TITLE, WORDS, NAMES)
#: What a hit counts most in.
FIRST_ZONES = (TITLE, NAMES)
