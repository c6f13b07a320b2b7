import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('exports', '0001_initial'), ('exports', '0002_archive')]

    initial = True

    dependencies = [
        ('accounts', '0001_first_version'),
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exports', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('what', models.CharField(max_length=20, verbose_name='list')),
                ('chosen', models.JSONField(blank=True, default=dict, verbose_name='what was chosen')),
                ('format', models.CharField(choices=[('csv', 'CSV: plain text, for any program'), ('xlsx', 'Spreadsheet (XLSX), with numbers and dates'), ('zip', 'Archive (ZIP) of plain data and files')], max_length=8, verbose_name='kind of file')),
                ('language', models.CharField(choices=[('en', 'English'), ('fa', 'فارسی'), ('pl', 'Polski'), ('ru', 'Русский')], max_length=8, verbose_name='language')),
                ('calendar', models.CharField(choices=[('auto', 'As usual in my language'), ('jalali', 'Jalali'), ('gregorian', 'Gregorian')], default='auto', max_length=12, verbose_name='calendar')),
                ('time_zone', models.CharField(blank=True, default='', max_length=64, verbose_name='time zone')),
                ('state', models.CharField(choices=[('queued', 'waiting for its turn'), ('working', 'being prepared'), ('done', 'ready'), ('failed', 'could not be made'), ('ended', 'is gone')], default='queued', max_length=8, verbose_name='state')),
                ('reason', models.CharField(blank=True, choices=[('no_right', 'Your rights, or the list, have changed since you asked. Export it again.'), ('too_old', 'Its time was over. Export the list again.'), ('broken', 'Something went wrong on our side. Export the list again.')], default='', max_length=12, verbose_name='reason')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('lease_until', models.DateTimeField(blank=True, null=True, verbose_name='being written until')),
                ('rows_done', models.PositiveIntegerField(default=0, verbose_name='rows written')),
                ('rows_total', models.PositiveIntegerField(blank=True, null=True, verbose_name='rows in all')),
                ('is_cut', models.BooleanField(default=False, verbose_name='there were more rows')),
                ('size', models.PositiveBigIntegerField(default=0, verbose_name='size in bytes')),
                ('rights', models.JSONField(blank=True, default=dict, verbose_name='rights it was made with')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='asked at')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='ready since')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='there until')),
            ],
            options={
                'verbose_name': 'file of a list',
                'verbose_name_plural': 'files of lists',
                'default_permissions': (),
                'indexes': [models.Index(fields=['user', '-created_at', '-id'], name='exports_of_person'), models.Index(fields=['state', 'created_at'], name='exports_by_state')],
            },
        ),
    ]
