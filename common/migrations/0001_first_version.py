import secrets

from django.db import migrations, models


def first_mark(apps, schema_editor):
    apps.get_model("common", "SettingsMark").objects.create(mark=secrets.token_hex(8))


class Migration(migrations.Migration):

    replaces = [('common', '0001_initial'), ('common', '0002_settings_mark')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='FormKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, verbose_name='key')),
                ('owner', models.CharField(max_length=80, verbose_name='sender')),
                ('outcome_url', models.CharField(blank=True, max_length=500, verbose_name='where it led')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
            ],
            options={
                'verbose_name': 'sent form',
                'verbose_name_plural': 'sent forms',
                'constraints': [models.UniqueConstraint(fields=('owner', 'key'), name='form_key_used_once')],
            },
        ),
        migrations.CreateModel(
            name='SettingsMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.CharField(max_length=32, verbose_name='mark')),
            ],
            options={
                'verbose_name': 'mark of the settings',
                'verbose_name_plural': 'marks of the settings',
                'default_permissions': (),
            },
        ),
        migrations.RunPython(first_mark, migrations.RunPython.noop),
    ]
