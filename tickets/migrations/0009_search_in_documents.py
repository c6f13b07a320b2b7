"""The words stand in the documents now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tickets", "0008_search_document")]

    operations = [
        migrations.RemoveField("ticket", "search_text"),
        migrations.RemoveField("ticket", "search_names"),
    ]
