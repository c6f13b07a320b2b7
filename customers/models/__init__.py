"""Who asks, and what we know of them. One model per file."""

from customers.models.block import Block
from customers.models.customer import Customer, CustomerDocument, Way
from customers.models.duplicate import CustomerKey, CustomerMerge, DuplicateSuggestion, KeyKind
from customers.models.erasure import Erasure, ErasureMode
from customers.models.event import CustomerEvent, CustomerKind
from customers.models.note import CustomerNote
from customers.models.organisation import Organisation, OrganisationDomain, Sharing
from customers.models.reveal import Reveal

__all__ = [
    "Block",
    "Customer",
    "CustomerDocument",
    "CustomerEvent",
    "CustomerKey",
    "CustomerKind",
    "CustomerMerge",
    "CustomerNote",
    "DuplicateSuggestion",
    "Erasure",
    "ErasureMode",
    "KeyKind",
    "Organisation",
    "OrganisationDomain",
    "Reveal",
    "Sharing",
    "Way",
]
