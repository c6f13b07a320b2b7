import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('automations', '0001_initial'), ('automations', '0002_timed_runs')]

    initial = True

    dependencies = [
        ('accounts', '0001_first_version'),
        ('statuses', '0001_first_version'),
        ('statuses', '0002_first_version'),
        ('tickets', '0001_first_version'),
    ]

    operations = [
        migrations.CreateModel(
            name='WorkflowVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('workflow', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='statuses.workflow', verbose_name='workflow')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('document', models.JSONField(verbose_name='document')),
                ('remark', models.CharField(blank=True, max_length=200, verbose_name='what was changed')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='published at')),
            ],
            options={
                'verbose_name': 'version of a workflow',
                'verbose_name_plural': 'versions of workflows',
                'ordering': ['-number'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('workflow', 'number'), name='one_version_per_number')],
            },
        ),
        migrations.CreateModel(
            name='WorkflowDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('workflow', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='statuses.workflow', verbose_name='workflow')),
                ('document', models.JSONField(verbose_name='document')),
                ('based_on', models.PositiveIntegerField(default=0, verbose_name='version it began with')),
                ('round', models.PositiveIntegerField(default=0, verbose_name='changes so far')),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed at')),
            ],
            options={
                'verbose_name': 'draft of a workflow',
                'verbose_name_plural': 'drafts of workflows',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='TimedRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='timed_runs', to='tickets.ticket', verbose_name='ticket')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='timed_runs', to='statuses.action', verbose_name='action')),
                ('stay', models.DateTimeField(verbose_name='in the status since')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='done at')),
                ('refusal', models.CharField(blank=True, default='', max_length=60, verbose_name='why it was not done')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('next_try_at', models.DateTimeField(blank=True, null=True, verbose_name='next attempt at')),
            ],
            options={
                'verbose_name': 'timed action at a ticket',
                'verbose_name_plural': 'timed actions at tickets',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('ticket', 'action', 'stay'), name='timed_once_in_each_stay')],
            },
        ),
    ]
