"""The audit log. The database itself refuses to change or remove its lines."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit import triggers


def put_up(apps, schema_editor):
    triggers.put_up(schema_editor.connection)


def take_down(apps, schema_editor):
    triggers.take_down(schema_editor.connection)


class Migration(migrations.Migration):

    replaces = [('audit', '0001_initial'), ('audit', '0002_append_only'), ('audit', '0003_where_lines_belong'), ('audit', '0004_secret_shown'), ('audit', '0005_customer_changed')]

    initial = True

    dependencies = [
        ('accounts', '0001_first_version'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deed', models.CharField(choices=[('granted', 'right given'), ('withdrawn', 'right taken away'), ('grant_ended', 'right ended by itself'), ('emergency', 'emergency access'), ('role_changed', 'role changed'), ('team_changed', 'team changed'), ('person_changed', 'colleague added or changed'), ('ticket_shared', 'ticket shared'), ('ticket_unshared', 'sharing ended'), ('ticket_deleted', 'ticket deleted'), ('ticket_restored', 'ticket restored'), ('revealed', 'customer data revealed'), ('secret_shown', 'secret field shown'), ('customer_changed', 'customer blocked, merged or erased'), ('view_as_began', 'began to view as a colleague'), ('view_as_ended', 'stopped viewing as a colleague'), ('signed_in', 'signed in'), ('sign_in_failed', 'sign-in failed'), ('signed_out', 'signed out'), ('refused', 'refused'), ('exported', 'exported'), ('settings_changed', 'settings changed')], max_length=20, verbose_name='deed')),
                ('actor', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='done by')),
                ('actor_name', models.CharField(blank=True, max_length=160, verbose_name='name of who did it')),
                ('subject_type', models.CharField(blank=True, max_length=40, verbose_name='kind of thing')),
                ('subject_id', models.CharField(blank=True, max_length=40, verbose_name='id of the thing')),
                ('subject_name', models.CharField(blank=True, max_length=200, verbose_name='name of the thing')),
                ('store', models.BigIntegerField(blank=True, null=True, verbose_name='id of the store')),
                ('before', models.JSONField(blank=True, default=dict, verbose_name='before')),
                ('after', models.JSONField(blank=True, default=dict, verbose_name='after')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('address', models.GenericIPAddressField(blank=True, null=True, verbose_name='from the address')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='at')),
            ],
            options={
                'verbose_name': 'line of the audit log',
                'verbose_name_plural': 'audit log',
                'default_permissions': (),
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['-created_at', '-id'], name='audit_newest'), models.Index(fields=['deed', '-created_at', '-id'], name='audit_by_deed'), models.Index(fields=['actor', '-created_at', '-id'], name='audit_by_person'), models.Index(fields=['subject_type', 'subject_id', '-created_at'], name='audit_of_thing'), models.Index(fields=['store', '-created_at', '-id'], name='audit_of_store'), models.Index(fields=['subject_type', '-created_at', '-id'], name='audit_of_kind')],
            },
        ),
        migrations.RunPython(put_up, take_down),
    ]
