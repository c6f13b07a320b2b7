import secrets

from django.db import migrations, models


def first_mark(apps, schema_editor):
    apps.get_model("common", "SettingsMark").objects.create(mark=secrets.token_hex(8))


class Migration(migrations.Migration):
    dependencies = [("common", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SettingsMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(max_length=32, verbose_name="mark")),
            ],
            options={
                "verbose_name": "mark of the settings",
                "verbose_name_plural": "marks of the settings",
                "default_permissions": (),
            },
        ),
        migrations.RunPython(first_mark, migrations.RunPython.noop),
    ]
