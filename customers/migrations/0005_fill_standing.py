"""What customers' rows say of their tickets, for those that are there already: some hundred at a time, safe to begin again."""

from django.db import migrations
from django.db.models import Count, Max, Q

BATCH = 500


def fill(apps, schema_editor):
    customers, tickets = apps.get_model("customers", "Customer").objects, apps.get_model("tickets", "Ticket").objects
    last = 0
    while batch := list(customers.filter(pk__gt=last).order_by("pk")[:BATCH]):
        theirs = tickets.filter(customer__in=[customer.pk for customer in batch], deleted_at=None, merged_into=None).order_by()
        facts = {
            row["customer"]: row
            for row in theirs.values("customer").annotate(
                number=Count("pk"), still_open=Count("pk", filter=Q(closed_at=None)), newest=Max("last_message_at")
            )
        }
        rated = theirs.filter(rating__isnull=False).order_by("last_message_at", "pk").values_list("customer", "rating")
        ratings = dict(rated)  # the last one wins
        for customer in batch:
            row = facts.get(customer.pk, {})
            customer.tickets_count, customer.open_tickets = row.get("number", 0), row.get("still_open", 0)
            customer.last_message_at, customer.last_rating = row.get("newest"), ratings.get(customer.pk)
        customers.bulk_update(batch, ["tickets_count", "open_tickets", "last_message_at", "last_rating"])
        last = batch[-1].pk


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("customers", "0004_standing"), ("tickets", "0007_prepared_answer_key")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
