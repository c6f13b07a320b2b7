import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0016_snoozing'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TicketLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('related', 'related'), ('parent', 'parent and part'), ('blocks', 'one waits for the other'), ('split', 'split off'), ('follows', 'goes on after closing')], max_length=12, verbose_name='kind')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made at')),
            ],
            options={
                'verbose_name': 'link between tickets',
                'verbose_name_plural': 'links between tickets',
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='ticketlink',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by'),
        ),
        migrations.AddField(
            model_name='ticketlink',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_from', to='tickets.ticket', verbose_name='ticket'),
        ),
        migrations.AddField(
            model_name='ticketlink',
            name='target',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_to', to='tickets.ticket', verbose_name='linked with'),
        ),
        migrations.AddConstraint(
            model_name='ticketlink',
            constraint=models.UniqueConstraint(fields=('source', 'target', 'kind'), name='linked_once'),
        ),
        migrations.AddConstraint(
            model_name='ticketlink',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'parent')), fields=('target',), name='one_parent'),
        ),
        migrations.AddConstraint(
            model_name='ticketlink',
            constraint=models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='linked_with_another'),
        ),
    ]
