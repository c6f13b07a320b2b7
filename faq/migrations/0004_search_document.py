"""Every answer gets the document it is found by."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from common.fulltext.operations import CreateFullText

TABLE, KEY, ZONES = "faq_faqdocument", "entry_id", ("questions", "answers")


def make_documents(apps, schema_editor):
    from common.fulltext.cutting import GAP, indexed
    from common.fulltext.index import FullText

    words = apps.get_model("faq", "FaqTranslation").objects.order_by("entry", "language")
    entries = {}
    for entry, question, text in words.values_list("entry", "question", "search_text"):
        zones = entries.setdefault(entry, [[], []])
        zones[0].append(indexed(question))
        zones[1].append(indexed(text))
    rows = [(entry, None, [f" {GAP} ".join(pieces) for pieces in zones]) for entry, zones in entries.items()]
    FullText(TABLE, key=KEY, zones=ZONES).load(rows)


class Migration(migrations.Migration):
    dependencies = [("faq", "0003_pictures")]

    operations = [
        migrations.CreateModel(
            name="FaqDocument",
            fields=[
                ("indexed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("size", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_document",
                        serialize=False,
                        to="faq.faqentry",
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        CreateFullText(TABLE, key=KEY, zones=ZONES),
        migrations.RunPython(make_documents, migrations.RunPython.noop, elidable=True),
    ]
