"""What owners of the demo store set up around incoming requests: request types, a published form, a rule and what it held."""

from departments.models import RequestType
from departments.request_types import start_with_ready_made
from stores.blocking import add_rule, rule_against
from stores.models import BlockKind
from tickets.models import Ticket
from tickets.services.holding import hold_request

#: Which ticket is of which type, by words of its subject.
TYPES = {"rattles": "repair", "grinder": "repair", "return": "claim", "invoice": "question", "parcel": "question", "price": "offer"}
SPAM = ("Promotion", "First page of every search engine, guaranteed. Our SEO package costs less than a coffee.")


def set_up_intake(shop, departments):
    """After the tickets are there."""
    start_with_ready_made()
    types = {each.key: each for each in RequestType.objects.all()}
    for ticket in Ticket.objects.filter(store=shop):
        key = next((key for word, key in TYPES.items() if word in ticket.subject.lower()), None)
        if key:
            Ticket.objects.filter(pk=ticket.pk).update(request_type=types[key])
    repairs = departments["repairs"]
    repairs.form_address, repairs.form_published = "repairs", True
    repairs.save(update_fields=["form_address", "form_published"])
    add_rule(shop, kind=BlockKind.WORD, value="SEO package")
    rule = rule_against(shop, text=SPAM[1])
    hold_request(
        rule=rule, store=shop, department=departments["orders"], subject=SPAM[0], text=SPAM[1], language="en",
        name="Growth Team", email="offers@growth.example", address="203.0.113.77",
    )  # fmt: skip
