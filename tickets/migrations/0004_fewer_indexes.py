import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.spare_indexes import LIKE, DropSpareIndex


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0003_less_waits_for_the_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "message",
                    "ticket",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="tickets.ticket",
                        verbose_name="ticket",
                    ),
                ),
                migrations.AlterField(
                    "ticketevent",
                    "ticket",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="events", to="tickets.ticket",
                        verbose_name="ticket",
                    ),
                ),
                migrations.AlterField(
                    "readmark",
                    "user",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            database_operations=[
                DropSpareIndex("tickets_message", "ticket_id"),  # thread begins with it
                DropSpareIndex("tickets_ticketevent", "ticket_id"),  # history
                DropSpareIndex("tickets_readmark", "user_id"),  # one_read_mark
                DropSpareIndex("tickets_ticket", "number", LIKE),
            ],
        ),
    ]
