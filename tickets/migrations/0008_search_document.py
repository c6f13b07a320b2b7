"""Every ticket gets its document, from the words that were kept for the search until now. `manage.py reindex` adds notes and names of files."""

import sys
from datetime import UTC, datetime

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from common.fulltext.operations import CreateFullText

BATCH = 500
TABLE, KEY, ZONES = "tickets_searchdocument", "ticket_id", ("title", "words", "notes", "names", "noted")
#: `reindex` knows by it what was made of old columns.
OLD = datetime(2000, 1, 1, tzinfo=UTC)


def make_documents(apps, schema_editor):
    from common.fulltext.cutting import indexed
    from common.fulltext.index import FullText

    Ticket, index = apps.get_model("tickets", "Ticket"), FullText(TABLE, key=KEY, zones=ZONES)
    tickets = Ticket.objects.filter(search_document=None).order_by("pk")
    tickets = tickets.values_list("pk", "department_id", "number", "search_text", "search_names")
    last, done = 0, 0
    while batch := list(tickets.filter(pk__gt=last)[:BATCH]):
        index.load((pk, place, [indexed(number), indexed(words), "", indexed(names), ""]) for pk, place, number, words, names in batch)
        last, done = batch[-1][0], done + len(batch)
        if done % (BATCH * 20) == 0:
            sys.stderr.write(f"  {done} tickets made findable\n")
    apps.get_model("tickets", "SearchDocument").objects.update(indexed_at=OLD)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0007_prepared_answer_key")]

    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                ("indexed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("size", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_document",
                        serialize=False,
                        to="tickets.ticket",
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        CreateFullText(TABLE, key=KEY, zones=ZONES),
        migrations.RunPython(make_documents, migrations.RunPython.noop, elidable=True),
    ]
