"""Every customer gets the document they are found by."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from common.fulltext.operations import CreateFullText

BATCH = 2000
TABLE, KEY, ZONES = "customers_customerdocument", "customer_id", ("names", "addresses")


def make_documents(apps, schema_editor):
    from common.fulltext.cutting import indexed
    from common.fulltext.index import FullText

    index = FullText(TABLE, key=KEY, zones=ZONES)
    customers = apps.get_model("customers", "Customer").objects.order_by("pk").values_list("pk", "name", "company", "email", "phone")
    last = 0
    while batch := list(customers.filter(pk__gt=last)[:BATCH]):
        index.load((pk, None, [indexed(f"{name} {company}"), indexed(f"{email} {phone}")]) for pk, name, company, email, phone in batch)
        last = batch[-1][0]


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_rights")]

    operations = [
        migrations.CreateModel(
            name="CustomerDocument",
            fields=[
                ("indexed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("size", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_document",
                        serialize=False,
                        to="customers.customer",
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        CreateFullText(TABLE, key=KEY, zones=ZONES),
        migrations.RunPython(make_documents, migrations.RunPython.noop, elidable=True),
    ]
