"""From here on the database refuses to change or remove lines of the audit log."""

from django.db import migrations

from audit import triggers


def put_up(apps, schema_editor):
    triggers.put_up(schema_editor.connection)


def take_down(apps, schema_editor):
    triggers.take_down(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(
            name="auditline",
            options={
                "base_manager_name": "objects",
                "default_permissions": (),
                "verbose_name": "line of the audit log",
                "verbose_name_plural": "audit log",
            },
        ),
        migrations.RunPython(put_up, take_down),
    ]
