import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0017_links_between_tickets'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BulkResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('waiting', 'not reached'), ('done', 'done'), ('same', 'was so already'), ('refused', 'not done'), ('undone', 'undone'), ('kept', 'not undone')], default='waiting', max_length=8, verbose_name='outcome')),
                ('words', models.CharField(blank=True, max_length=400, verbose_name='why')),
                ('before', models.JSONField(blank=True, default=dict, verbose_name='before')),
                ('after', models.JSONField(blank=True, default=dict, verbose_name='after')),
            ],
            options={
                'verbose_name': 'result for one ticket',
                'verbose_name_plural': 'results for one ticket',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='BulkRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deed', models.CharField(max_length=16, verbose_name='deed')),
                ('unknown', models.PositiveIntegerField(default=0, verbose_name='chosen, but not there for this person')),
                ('left_out', models.BooleanField(default=False, verbose_name='some were left out, because there were too many')),
                ('done_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='done at')),
                ('undone_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='undone at')),
            ],
            options={
                'verbose_name': 'work on several tickets',
                'verbose_name_plural': 'work on several tickets',
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='bulkresult',
            name='ticket',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.ticket', verbose_name='ticket'),
        ),
        migrations.AddField(
            model_name='bulkrun',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bulk_runs', to=settings.AUTH_USER_MODEL, verbose_name='done by'),
        ),
        migrations.AddField(
            model_name='bulkresult',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='tickets.bulkrun', verbose_name='run'),
        ),
        migrations.AddIndex(
            model_name='bulkrun',
            index=models.Index(fields=['done_at'], name='bulk_runs_to_forget'),
        ),
        migrations.AddConstraint(
            model_name='bulkresult',
            constraint=models.UniqueConstraint(fields=('run', 'ticket'), name='one_result'),
        ),
    ]
