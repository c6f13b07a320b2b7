import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0021_checklists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WorkRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='began at')),
                ('minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='minutes')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='work', to='tickets.ticket', verbose_name='ticket')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='member of staff')),
            ],
            options={
                'verbose_name': 'time worked',
                'verbose_name_plural': 'times worked',
                'ordering': ['-started_at', '-pk'],
                'default_permissions': (),
                'indexes': [models.Index(fields=['user', 'started_at'], name='work_of_a_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('minutes', None)), fields=('ticket', 'user'), name='one_timer_each')],
            },
        ),
    ]
