import common.keys
import django.db.models.deletion
import i18nfield.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('statuses', '0001_initial'), ('statuses', '0002_rights')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Workflow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', common.keys.KeyField(default=common.keys.new_key, editable=False, max_length=40, unique=True, verbose_name='key')),
                ('name', i18nfield.fields.I18nCharField(max_length=120, verbose_name='name')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived at')),
            ],
            options={
                'verbose_name': 'workflow',
                'verbose_name_plural': 'workflows',
                'permissions': [('view_all_statuses', 'see tickets in every status'), ('move_to_all_statuses', 'move tickets to every status'), ('perform_all_actions', 'perform every action')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Status',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('workflow', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statuses', to='statuses.workflow', verbose_name='workflow')),
                ('key', common.keys.KeyField(default=common.keys.new_key, editable=False, max_length=40, verbose_name='key')),
                ('name', i18nfield.fields.I18nCharField(max_length=80, verbose_name='name for staff')),
                ('customer_name', i18nfield.fields.I18nCharField(blank=True, max_length=80, verbose_name='name for customers')),
                ('kind', models.CharField(choices=[('new', 'New'), ('open', 'Ours to act on'), ('waiting_for_customer', 'Waiting for customer'), ('waiting_for_others', 'Waiting for others'), ('closed', 'Closed')], max_length=24, verbose_name='kind')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place')),
                ('hue', models.FloatField(blank=True, help_text='Empty: the colour of the kind.', null=True, verbose_name='hue')),
                ('chroma', models.FloatField(blank=True, null=True, verbose_name='colour strength')),
                ('shown_in_portal', models.BooleanField(default=True, verbose_name='customers see tickets in it')),
                ('customer_may_reply', models.BooleanField(default=True, verbose_name='customers may write')),
                ('customer_may_close', models.BooleanField(default=True, verbose_name='customers may close')),
                ('customer_may_reopen', models.BooleanField(default=True, verbose_name='customers may open it again')),
                ('reply_days', models.PositiveSmallIntegerField(blank=True, help_text='For closed statuses. Empty: always.', null=True, verbose_name="days in which a customer's reply reopens")),
                ('after_customer_reply', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='statuses.status', verbose_name="a customer's reply leads to")),
                ('after_staff_reply', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='statuses.status', verbose_name='a staff reply leads to')),
                ('asks_for_survey', models.BooleanField(default=False, verbose_name='entering it asks for a rating')),
                ('clock_runs', models.BooleanField(default=True, verbose_name='the promised time of an answer runs here')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived at')),
            ],
            options={
                'verbose_name': 'status',
                'verbose_name_plural': 'statuses',
                'ordering': ['workflow_id', 'position', 'pk'],
                'permissions': [('view_in_status', 'see tickets here'), ('move_to_status', 'move tickets here')],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('workflow', 'key'), name='one_status_per_key')],
            },
        ),
    ]
