import common.keys
import django.db.models.deletion
import i18nfield.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('statuses', '0003_owners_pages')]

    dependencies = [
        ('accounts', '0001_first_version'),
        ('auth', '__first__'),
        ('departments', '0001_first_version'),
        ('statuses', '0001_first_version'),
    ]

    operations = [
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='statuses.status', verbose_name='status')),
                ('key', common.keys.KeyField(default=common.keys.new_key, editable=False, max_length=40, verbose_name='key')),
                ('name', i18nfield.fields.I18nCharField(max_length=60, verbose_name='label')),
                ('icon', models.SlugField(default='arrow-right', max_length=40, verbose_name='icon')),
                ('look', models.CharField(choices=[('main', 'the main one'), ('plain', 'plain'), ('danger', 'a warning')], default='plain', max_length=8, verbose_name='look')),
                ('deed', models.CharField(choices=[('move', 'nothing more: the ticket moves on'), ('reply', 'answer the customer'), ('note', 'write a note'), ('pass_on', 'pass to another department'), ('delete', 'delete the ticket')], default='move', max_length=8, verbose_name='what it does')),
                ('text', i18nfield.fields.I18nTextField(blank=True, help_text='Proposed for the answer or note. Variables are filled in.', verbose_name='words to begin with')),
                ('target', models.ForeignKey(blank=True, help_text='Empty: the ticket stays where it is.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='statuses.status', verbose_name='leads to')),
                ('department', models.ForeignKey(blank=True, help_text='Empty: whoever does it chooses.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='departments.department', verbose_name='passes to')),
                ('gives_to', models.CharField(choices=[('keep', 'whoever has it now'), ('nobody', 'nobody'), ('doer', 'whoever does it'), ('person', 'one person'), ('team', 'one team'), ('responsible', "the department's responsible person"), ('method', 'as the department assigns'), ('previous', 'whoever had it before'), ('choice', 'whomever the doer chooses')], default='keep', max_length=12, verbose_name='who gets the ticket')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='auth.group', verbose_name='team')),
                ('for_staff', models.BooleanField(default=True, verbose_name='staff have it')),
                ('for_customers', models.BooleanField(default=False, verbose_name='customers have it in the portal')),
                ('fires_after_hours', models.PositiveIntegerField(blank=True, null=True, verbose_name='done by itself after so many hours')),
                ('fires_since', models.CharField(choices=[('last_message', 'since the last message'), ('entered', 'since the ticket came into this status')], default='last_message', max_length=12, verbose_name='counted')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived at')),
            ],
            options={
                'verbose_name': 'action',
                'verbose_name_plural': 'actions',
                'ordering': ['status_id', 'position', 'pk'],
                'permissions': [('perform_action', 'perform this action')],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('status', 'key'), name='one_action_per_key')],
            },
        ),
    ]
