from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0014_saved_views"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("rating__isnull", False)), fields=["rating", "last_message_at", "id"], name="list_of_a_rating"
            ),
        ),
    ]
