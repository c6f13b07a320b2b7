import common.uploads
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('portal', '0001_initial')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='KeptFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form_key', models.CharField(max_length=64, verbose_name='key of the form')),
                ('owner', models.CharField(max_length=80, verbose_name='sender')),
                ('file', models.FileField(max_length=120, upload_to=common.uploads.random_path, verbose_name='file')),
                ('thumbnail', models.FileField(blank=True, max_length=120, upload_to=common.uploads.random_path, verbose_name='thumbnail')),
                ('name', models.CharField(max_length=255, verbose_name='name')),
                ('content_type', models.CharField(max_length=120, verbose_name='type')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('size', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                ('width', models.PositiveIntegerField(blank=True, null=True, verbose_name='width')),
                ('height', models.PositiveIntegerField(blank=True, null=True, verbose_name='height')),
                ('created_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False, verbose_name='kept at')),
            ],
            options={
                'verbose_name': 'kept file',
                'verbose_name_plural': 'kept files',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['owner', 'form_key'], name='kept_files_of_a_form')],
            },
            bases=(common.uploads.StoredUpload, models.Model),
        ),
    ]
