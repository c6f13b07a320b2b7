"""Words that tell who a customer is move out of what everybody may search."""

from django.db import migrations, models
from django.db.models.functions import Concat

BATCH = 500


def part_words(apps, schema_editor):
    from common.normaliser import normalise
    from customers.identifiers import Identifiers
    from customers.masking import Mask

    Ticket = apps.get_model("tickets", "Ticket")
    tickets = Ticket.objects.select_related("customer", "store").order_by("pk")
    last = 0
    while batch := list(tickets.filter(pk__gt=last)[:BATCH]):
        for ticket in batch:
            customer = ticket.customer
            identifiers = Identifiers(
                names=[customer.name], companies=[customer.company], emails=[customer.email], phones=[customer.phone]
            )
            kept, telling = Mask(identifiers, [ticket.store.phone_region]).parted(ticket.search_text)
            known = normalise(f"{customer.name} {customer.email} {customer.phone} {customer.company}")
            ticket.search_text, ticket.search_names = normalise(kept), f"{known} {telling}"[:4000]
        Ticket.objects.bulk_update(batch, ["search_text", "search_names"])
        last = batch[-1].pk


def join_words(apps, schema_editor):
    Ticket = apps.get_model("tickets", "Ticket")
    Ticket.objects.update(search_text=Concat("search_text", models.Value(" "), "search_names"))


class Migration(migrations.Migration):
    dependencies = [("tickets", "0002_rights")]

    operations = [
        migrations.AddField("ticket", "search_names", models.TextField(default="", editable=False)),
        migrations.RunPython(part_words, join_words, elidable=True),
    ]
