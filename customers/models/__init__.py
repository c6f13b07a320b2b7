"""Who asks, and what we know of them. One model per file."""

from customers.models.customer import Customer, CustomerDocument
from customers.models.note import CustomerNote
from customers.models.reveal import Reveal

__all__ = ["Customer", "CustomerDocument", "CustomerNote", "Reveal"]
