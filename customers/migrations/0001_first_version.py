import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from common.fulltext.operations import CreateFullText


class Migration(migrations.Migration):

    replaces = [('customers', '0001_initial'), ('customers', '0002_rights'), ('customers', '0003_search_document'), ('customers', '0004_standing'), ('customers', '0005_fill_standing'), ('customers', '0006_notes_and_history'), ('customers', '0007_blocks'), ('customers', '0008_organisations'), ('customers', '0009_merges'), ('customers', '0010_erasures'), ('customers', '0011_how_they_want_to_hear')]

    initial = True

    dependencies = [
        ('accounts', '0001_first_version'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('folded', models.CharField(editable=False, max_length=240)),
                ('sharing', models.CharField(choices=[('nothing', 'do not see each other’s requests'), ('read', 'read each other’s requests'), ('reply', 'read and answer each other’s requests')], default='nothing', max_length=8, verbose_name='members')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added at')),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
                'default_permissions': (),
                'indexes': [models.Index(fields=['name', 'id'], name='organisations_by_name')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationDomain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='domains', to='customers.organisation', verbose_name='organisation')),
                ('domain', models.CharField(max_length=253, unique=True, verbose_name='mail domain')),
            ],
            options={
                'verbose_name': 'mail domain of an organisation',
                'verbose_name_plural': 'mail domains of organisations',
                'ordering': ['domain'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Customer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='customer', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('email', models.EmailField(blank=True, db_index=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, db_index=True, max_length=16, verbose_name='mobile number')),
                ('language', models.CharField(choices=[('en', 'English'), ('fa', 'فارسی'), ('pl', 'Polski'), ('ru', 'Русский')], default='en', max_length=8, verbose_name='language')),
                ('hears', models.JSONField(blank=True, default=dict, editable=False, verbose_name='how they want to hear')),
                ('company', models.CharField(blank=True, max_length=120, verbose_name='company')),
                ('organisation', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='members', to='customers.organisation', verbose_name='organisation')),
                ('organisation_way', models.CharField(blank=True, choices=[('', '-'), ('hand', 'by hand'), ('domain', 'by the mail domain'), ('out', 'taken out by hand')], default='', editable=False, max_length=8, verbose_name='came there')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='customer since')),
                ('merged_into', models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged_rows', to='customers.customer', verbose_name='merged into')),
                ('erased_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='erased at')),
                ('blocked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='blocked since')),
                ('blocked_until', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='blocked until')),
                ('tickets_count', models.PositiveIntegerField(default=0, editable=False, verbose_name='tickets')),
                ('open_tickets', models.PositiveIntegerField(default=0, editable=False, verbose_name='open tickets')),
                ('last_message_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last message')),
                ('has_warning', models.BooleanField(default=False, editable=False, verbose_name='with a warning')),
                ('last_rating', models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name='last rating')),
            ],
            options={
                'verbose_name': 'customer',
                'verbose_name_plural': 'customers',
                'indexes': [models.Index(fields=['name', 'id'], name='customer_list_by_name'), models.Index(fields=['-created_at', '-id'], name='customer_list_newest'), models.Index(condition=models.Q(('last_message_at__isnull', False)), fields=['-last_message_at', '-id'], name='customer_list_by_message'), models.Index(condition=models.Q(('open_tickets__gt', 0)), fields=['name', 'id'], name='customer_list_open'), models.Index(condition=models.Q(('last_rating__isnull', False)), fields=['name', 'id'], name='customer_list_rated'), models.Index(condition=models.Q(('blocked_at__isnull', False)), fields=['name', 'id'], name='customer_list_blocked'), models.Index(condition=models.Q(('organisation__isnull', False)), fields=['organisation', 'name', 'id'], name='members_by_name'), models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='customers_merged'), models.Index(condition=models.Q(('has_warning', True)), fields=['name', 'id'], name='customer_list_warned')],
            },
        ),
        migrations.CreateModel(
            name='CustomerDocument',
            fields=[
                ('indexed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('size', models.PositiveIntegerField(default=0, editable=False)),
                ('customer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_document', serialize=False, to='customers.customer')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='customers.customer', verbose_name='customer')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('words', models.TextField(blank=True, default='', max_length=500, verbose_name='what the customer reads')),
                ('blocked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='blocked by')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='blocked at')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('ended_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='unblocked at')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='unblocked by')),
                ('end_reason', models.CharField(blank=True, default='', max_length=300, verbose_name='reason for unblocking')),
            ],
            options={
                'verbose_name': 'block of a customer',
                'verbose_name_plural': 'blocks of customers',
                'ordering': ['-created_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='CustomerKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='customers.customer', verbose_name='customer')),
                ('kind', models.CharField(choices=[('mail', 'same e-mail address'), ('phone', 'same mobile number'), ('mailbox', 'same name and mailbox name'), ('company', 'same name and company'), ('domain', 'same name and mail domain')], max_length=8)),
                ('value', models.CharField(max_length=300)),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(fields=['kind', 'value', 'customer'], name='customers_alike')],
            },
        ),
        migrations.CreateModel(
            name='DuplicateSuggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.customer', verbose_name='customer')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.customer', verbose_name='customer')),
                ('reason', models.CharField(choices=[('mail', 'same e-mail address'), ('phone', 'same mobile number'), ('mailbox', 'same name and mailbox name'), ('company', 'same name and company'), ('domain', 'same name and mail domain')], max_length=8, verbose_name='reason')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='noticed at')),
                ('dismissed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='said to be two at')),
                ('dismissed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'suggestion that two customers are one',
                'verbose_name_plural': 'suggestions that two customers are one',
                'default_permissions': (),
                'indexes': [models.Index(condition=models.Q(('dismissed_at', None)), fields=['-created_at', '-id'], name='duplicates_to_decide')],
                'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='suggested_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='suggested_in_order')],
            },
        ),
        migrations.CreateModel(
            name='CustomerMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='customers.customer', verbose_name='kept customer')),
                ('merged', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merged_by', to='customers.customer', verbose_name='merged customer')),
                ('moved', models.JSONField(default=dict, verbose_name='what moved')),
                ('before', models.JSONField(default=dict, verbose_name='kept customer before')),
                ('merged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='merged by')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='merged at')),
                ('undone_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='undone at')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='undone by')),
            ],
            options={
                'verbose_name': 'merge of customers',
                'verbose_name_plural': 'merges of customers',
                'ordering': ['-created_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('customer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='erasure', to='customers.customer', verbose_name='customer')),
                ('mode', models.CharField(choices=[('texts', 'Everything that was written and sent, with all files'), ('personal', 'Only what tells who it was: name and addresses wherever they stand, the customer’s own files')], max_length=8, verbose_name='what was erased')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('counts', models.JSONField(default=dict, verbose_name='how much')),
                ('erased_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='erased by')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='erased at')),
            ],
            options={
                'verbose_name': "erasure of a customer's data",
                'verbose_name_plural': "erasures of customers' data",
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='CustomerEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='customers.customer', verbose_name='customer')),
                ('kind', models.CharField(choices=[('changed', 'Data changed'), ('note_added', 'Note written'), ('note_changed', 'Note changed'), ('note_removed', 'Note deleted'), ('blocked', 'Blocked'), ('unblocked', 'Unblocked'), ('joined', 'Joined an organisation'), ('left', 'Left an organisation'), ('merged', 'Merged'), ('unmerged', 'Merge undone'), ('erased', 'Erased')], max_length=16, verbose_name='kind')),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='done by')),
                ('details', models.JSONField(blank=True, default=dict, verbose_name='details')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='happened at')),
            ],
            options={
                'verbose_name': "line of a customer's history",
                'verbose_name_plural': "customers' history",
                'default_permissions': (),
                'indexes': [models.Index(fields=['customer', '-created_at', '-id'], name='customer_history')],
            },
        ),
        migrations.CreateModel(
            name='CustomerNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='customers.customer', verbose_name='customer')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='customers.organisation', verbose_name='organisation')),
                ('text', models.CharField(max_length=500, verbose_name='text')),
                ('is_warning', models.BooleanField(default=False, verbose_name='warning')),
                ('is_pinned', models.BooleanField(default=False, verbose_name='pinned')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='written at')),
                ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='changed at')),
            ],
            options={
                'verbose_name': 'note about a customer',
                'verbose_name_plural': 'notes about customers',
                'ordering': ['-is_warning', '-is_pinned', '-created_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('customer', None), ('organisation__isnull', False)), models.Q(('customer__isnull', False), ('organisation', None)), _connector='OR'), name='note_about_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='Reveal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reveals', to='customers.customer', verbose_name='customer')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reveals', to=settings.AUTH_USER_MODEL, verbose_name='revealed to')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='revealed at')),
                ('ends_at', models.DateTimeField(verbose_name='covered again at')),
            ],
            options={
                'verbose_name': 'reveal',
                'verbose_name_plural': 'reveals',
                'indexes': [models.Index(fields=['user', 'customer', 'ends_at'], name='reveals_of_person')],
            },
        ),
        CreateFullText("customers_customerdocument", key="customer_id", zones=("names", "addresses")),
    ]
