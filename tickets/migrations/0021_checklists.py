import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0020_copies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ChecklistItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='what is to be done')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place')),
                ('done_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='done at')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added at')),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='done by')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checklist', to='tickets.ticket', verbose_name='ticket')),
            ],
            options={
                'verbose_name': 'item of a checklist',
                'verbose_name_plural': 'checklist',
                'ordering': ['position', 'pk'],
                'default_permissions': (),
            },
        ),
    ]
