import common.secrets
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('tickets', '0029_source_sms')]

    dependencies = [
        ('custom_fields', '0001_first_version'),
        ('tickets', '0001_first_version'),
    ]

    operations = [
        migrations.CreateModel(
            name='FieldValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='custom_fields.field', verbose_name='field')),
                ('text', models.TextField(blank=True, default='')),
                ('number', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True)),
                ('date', models.DateField(blank=True, null=True)),
                ('option', models.CharField(blank=True, default='', max_length=40)),
                ('secret', common.secrets.EncryptedTextField(blank=True, default='')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='tickets.ticket', verbose_name='ticket')),
                ('attachment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='field_values', to='tickets.attachment', verbose_name='file')),
            ],
            options={
                'verbose_name': 'value of a field',
                'verbose_name_plural': 'values of fields',
                'default_permissions': (),
                'indexes': [models.Index(condition=models.Q(('option', ''), _negated=True), fields=['field', 'option', 'ticket'], name='values_by_option'), models.Index(condition=models.Q(('number__isnull', False)), fields=['field', 'number', 'ticket'], name='values_by_number'), models.Index(condition=models.Q(('date__isnull', False)), fields=['field', 'date', 'ticket'], name='values_by_date')],
                'constraints': [models.UniqueConstraint(fields=('ticket', 'field', 'option'), name='value_once')],
            },
        ),
    ]
