import common.keys
import django.db.models.deletion
import i18nfield.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('departments', '0001_initial'), ('departments', '0002_rights'), ('departments', '0003_owners_pages'), ('departments', '0004_changing_messages')]

    initial = True

    dependencies = [
        ('accounts', '0001_first_version'),
        ('auth', '__first__'),
        ('statuses', '0001_first_version'),
        ('stores', '0001_first_version'),
    ]

    operations = [
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', common.keys.KeyField(default=common.keys.new_key, editable=False, max_length=40, unique=True, verbose_name='key')),
                ('name', i18nfield.fields.I18nCharField(max_length=80, verbose_name='name')),
                ('description', i18nfield.fields.I18nCharField(blank=True, max_length=160, verbose_name='what belongs here')),
                ('icon', models.SlugField(default='chat-dots', max_length=40, verbose_name='icon')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place')),
                ('is_public', models.BooleanField(default=True, verbose_name='offered to customers')),
                ('workflow', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departments', to='statuses.workflow', verbose_name='workflow')),
                ('responsible', models.ForeignKey(blank=True, help_text='New tickets are given to this person at once.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='responsible person')),
                ('assignment', models.CharField(choices=[('responsible', 'to the responsible person'), ('manual', 'by hand'), ('random', 'to a random member'), ('balanced', 'to the member with the fewest open tickets'), ('round_robin', 'in turn')], default='responsible', max_length=12, verbose_name='new tickets are given')),
                ('only_present', models.BooleanField(default=True, verbose_name='only to members who are present')),
                ('most_open', models.PositiveSmallIntegerField(blank=True, help_text='Empty: no limit. Whoever has so many gets no more by themselves.', null=True, verbose_name='open tickets per person, at most')),
                ('form_address', models.SlugField(blank=True, default='', max_length=40, verbose_name='address of its form')),
                ('form_published', models.BooleanField(default=False, verbose_name='its form is published')),
                ('switches', models.JSONField(blank=True, default=list, help_text='Codes of departments.switches.', verbose_name='switched off')),
                ('answer_hours', models.PositiveSmallIntegerField(blank=True, help_text='Told to customers. Empty: nothing is promised.', null=True, verbose_name='answers within, hours')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived at')),
                ('stores', models.ManyToManyField(related_name='departments', to='stores.store', verbose_name='stores')),
                ('members', models.ManyToManyField(blank=True, related_name='departments', to=settings.AUTH_USER_MODEL, verbose_name='members')),
                ('teams', models.ManyToManyField(blank=True, related_name='departments', to='auth.group', verbose_name='teams')),
            ],
            options={
                'verbose_name': 'department',
                'verbose_name_plural': 'departments',
                'ordering': ['position', 'pk'],
                'permissions': [('view_tickets', 'see tickets'), ('reply_tickets', 'answer'), ('note_tickets', 'write notes'), ('open_tickets', 'open tickets for customers'), ('assign_tickets', 'assign'), ('pass_on_tickets', 'pass to another department'), ('change_ticket_status', 'change status and priority'), ('close_tickets', 'close and reopen'), ('merge_tickets', 'merge'), ('delete_tickets', 'delete and restore'), ('edit_messages', 'edit and black out messages'), ('see_originals', 'see originals of changed messages')],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('form_address', ''), _negated=True), fields=('form_address',), name='one_form_per_address')],
            },
        ),
        migrations.CreateModel(
            name='AssignmentTurn',
            fields=[
                ('department', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='turn', serialize=False, to='departments.department')),
                ('last', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'turn',
                'verbose_name_plural': 'turns',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='RequestType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', common.keys.KeyField(default=common.keys.new_key, editable=False, max_length=40, unique=True, verbose_name='key')),
                ('name', i18nfield.fields.I18nCharField(max_length=60, verbose_name='name')),
                ('icon', models.SlugField(default='question-circle', max_length=40, verbose_name='icon')),
                ('is_after_sale', models.BooleanField(default=False, verbose_name='about something that was bought')),
                ('in_forms', models.BooleanField(default=True, verbose_name='customers may choose it')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived at')),
                ('departments', models.ManyToManyField(blank=True, help_text='None: for all of them.', related_name='request_types', to='departments.department', verbose_name='departments')),
            ],
            options={
                'verbose_name': 'request type',
                'verbose_name_plural': 'request types',
                'ordering': ['position', 'pk'],
                'default_permissions': (),
            },
        ),
    ]
