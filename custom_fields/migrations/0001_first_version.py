import common.keys
import common.secrets
import django.db.models.deletion
import i18nfield.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('custom_fields', '0001_initial')]

    initial = True

    dependencies = [
        ('auth', '__first__'),
        ('customers', '0001_first_version'),
        ('departments', '0001_first_version'),
        ('statuses', '0001_first_version'),
        ('statuses', '0002_first_version'),
    ]

    operations = [
        migrations.CreateModel(
            name='Field',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', common.keys.KeyField(default=common.keys.new_key, editable=False, max_length=40, unique=True, verbose_name='key')),
                ('place', models.CharField(choices=[('ticket', 'the request'), ('action', 'what was done: only actions ask for it'), ('customer', 'the customer')], default='ticket', max_length=8, verbose_name='about')),
                ('kind', models.CharField(choices=[('text', 'one line of text'), ('long_text', 'several lines of text'), ('number', 'number'), ('date', 'date'), ('choice', 'one of a list'), ('several', 'several of a list'), ('yes_no', 'yes or no'), ('file', 'file'), ('email', 'e-mail address'), ('phone', 'telephone number'), ('link', 'link'), ('secret', 'secret: encrypted, shown on click')], default='text', max_length=12, verbose_name='kind')),
                ('label', i18nfield.fields.I18nCharField(max_length=80, verbose_name='label')),
                ('help', i18nfield.fields.I18nCharField(blank=True, max_length=200, verbose_name='help')),
                ('options', models.JSONField(blank=True, default=list, verbose_name='list')),
                ('is_required', models.BooleanField(default=False, verbose_name='always required')),
                ('in_forms', models.BooleanField(default=True, verbose_name="asked in the portal's form")),
                ('in_lists', models.BooleanField(default=False, verbose_name='shown in lists')),
                ('customer_access', models.CharField(choices=[('none', 'customers know nothing of it'), ('sees', 'customers see it'), ('edits', 'customers fill it in')], default='edits', max_length=8, verbose_name='customers')),
                ('shown_when', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='custom_fields.field', verbose_name='only when this field')),
                ('shown_when_values', models.JSONField(blank=True, default=list, verbose_name='has one of these values')),
                ('wiped_after_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='wiped so many days after closing')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived at')),
                ('departments', models.ManyToManyField(blank=True, help_text='None: all of them.', related_name='fields', to='departments.department', verbose_name='departments')),
                ('required_in', models.ManyToManyField(blank=True, related_name='+', to='statuses.status', verbose_name='required before these statuses')),
                ('viewers', models.ManyToManyField(blank=True, help_text='None: everybody who sees the ticket.', related_name='+', to='auth.group', verbose_name='teams that see it')),
                ('editors', models.ManyToManyField(blank=True, help_text='None: everybody who may answer.', related_name='+', to='auth.group', verbose_name='teams that change it')),
            ],
            options={
                'verbose_name': 'field',
                'verbose_name_plural': 'fields',
                'ordering': ['position', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ActionField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked_fields', to='statuses.action', verbose_name='action')),
                ('field', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asking_actions', to='custom_fields.field', verbose_name='field')),
                ('is_required', models.BooleanField(default=False, verbose_name='required')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place')),
            ],
            options={
                'verbose_name': 'field of an action',
                'verbose_name_plural': 'fields of actions',
                'ordering': ['position', 'pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('action', 'field'), name='asked_once_by_an_action')],
            },
        ),
        migrations.CreateModel(
            name='CustomerValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='custom_fields.field', verbose_name='field')),
                ('text', models.TextField(blank=True, default='')),
                ('number', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True)),
                ('date', models.DateField(blank=True, null=True)),
                ('option', models.CharField(blank=True, default='', max_length=40)),
                ('secret', common.secrets.EncryptedTextField(blank=True, default='')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='customers.customer', verbose_name='customer')),
            ],
            options={
                'verbose_name': "value of a customer's field",
                'verbose_name_plural': "values of customers' fields",
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('customer', 'field', 'option'), name='customer_value_once')],
            },
        ),
    ]
