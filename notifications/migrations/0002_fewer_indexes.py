import django.db.models.deletion
from django.db import migrations, models

from common.spare_indexes import LIKE, DropSpareIndex


def _without_index(name, to, words, related_name="deliveries"):
    field = models.ForeignKey(
        blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name=related_name, to=to,
        verbose_name=words,
    )  # fmt: skip
    return migrations.AlterField("delivery", name, field)


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_first_version"),
        ("stores", "0001_first_version"),
        ("tickets", "0004_fewer_indexes"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                _without_index("event", "tickets.ticketevent", "event"),
                _without_index("ticket", "tickets.ticket", "ticket"),
                _without_index("store", "stores.store", "store", related_name="+"),
            ],
            database_operations=[
                DropSpareIndex("notifications_delivery", "event_id"),  # told_once begins with it
                DropSpareIndex("notifications_delivery", "ticket_id"),  # deliveries_of_ticket
                DropSpareIndex("notifications_delivery", "store_id"),  # messages_of_store
                DropSpareIndex("notifications_delivery", "message_id", LIKE),
            ],
        ),
    ]
