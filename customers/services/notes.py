"""What staff should know about a customer: written, changed, pinned, taken away."""

from common.text import clean_line
from customers.models import CustomerNote


def add_customer_note(customer, *, text, is_warning=False, by):
    return CustomerNote.objects.create(customer=customer, text=clean_line(text, 500), is_warning=is_warning, author=by)
