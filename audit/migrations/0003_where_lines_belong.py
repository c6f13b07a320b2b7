"""A line knows the store its thing belongs to, so that whoever reads the log in one store finds its lines at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.AddField(
            model_name="auditline",
            name="store",
            field=models.BigIntegerField(blank=True, null=True, verbose_name="id of the store"),
        ),
        migrations.AddIndex(
            model_name="auditline", index=models.Index(fields=["store", "-created_at", "-id"], name="audit_of_store")
        ),
        migrations.AddIndex(
            model_name="auditline", index=models.Index(fields=["subject_type", "-created_at", "-id"], name="audit_of_kind")
        ),
    ]
