import common.secrets
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import i18nfield.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('stores', '0001_initial'), ('stores', '0002_rights'), ('stores', '0003_owners_pages'), ('stores', '0004_guide'), ('stores', '0005_late_answers_open_new'), ('stores', '0006_views_of_the_inbox'), ('stores', '0007_rights_to_erase'), ('stores', '0008_undo_seconds'), ('stores', '0009_rights_of_a_store'), ('stores', '0010_reply_to')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Store',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(help_text='A short word for addresses and files.', max_length=40, unique=True, verbose_name='key')),
                ('is_default', models.BooleanField(default=False, verbose_name='stands at the root')),
                ('address', models.SlugField(blank=True, default='', help_text='A word under the domain. Empty: the portal stands at the root.', max_length=40, verbose_name='portal address')),
                ('host', models.CharField(blank=True, default='', max_length=253, verbose_name='host of its own')),
                ('name', i18nfield.fields.I18nCharField(max_length=120, verbose_name='name')),
                ('welcome', i18nfield.fields.I18nTextField(blank=True, help_text="One or two sentences on the portal's home.", verbose_name='welcome')),
                ('thanks', i18nfield.fields.I18nTextField(blank=True, verbose_name='said after a request was sent')),
                ('footer', i18nfield.fields.I18nTextField(blank=True, verbose_name='last line of every page')),
                ('site_url', models.URLField(blank=True, verbose_name='address of the shop')),
                ('logo', models.ImageField(blank=True, upload_to='logos/', verbose_name='logo')),
                ('hue', models.FloatField(default=212, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(360)], verbose_name='hue')),
                ('chroma', models.FloatField(default=0.077, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(0.13)], verbose_name='colour strength')),
                ('colour', models.CharField(blank=True, default='', max_length=7, verbose_name='colour as it was chosen')),
                ('keeps_light_colour', models.BooleanField(default=False, verbose_name='a light colour stays light, with dark words on it')),
                ('languages', models.JSONField(blank=True, default=list, verbose_name='languages')),
                ('language', models.CharField(choices=[('en', 'English'), ('fa', 'فارسی'), ('pl', 'Polski'), ('ru', 'Русский')], default='en', max_length=8, verbose_name='first language')),
                ('time_zone', models.CharField(default='Europe/Warsaw', max_length=64, verbose_name='time zone')),
                ('calendar', models.CharField(choices=[('auto', 'As usual in my language'), ('jalali', 'Jalali'), ('gregorian', 'Gregorian')], default='auto', max_length=12, verbose_name='calendar')),
                ('phone_region', models.CharField(default='PL', max_length=2, verbose_name='country of mobile numbers')),
                ('sender_name', i18nfield.fields.I18nCharField(blank=True, max_length=120, verbose_name="sender's name")),
                ('sender_email', models.EmailField(blank=True, max_length=254, verbose_name="sender's address")),
                ('reply_to', models.EmailField(blank=True, default='', max_length=254, verbose_name='address answers go to')),
                ('visitors_may_open', models.BooleanField(default=True, verbose_name='visitors may open tickets without an account')),
                ('customers_may_close', models.BooleanField(default=True, verbose_name='customers may close their tickets')),
                ('customers_may_reopen', models.BooleanField(default=True, verbose_name='customers may open closed tickets again')),
                ('late_answers_open_new', models.BooleanField(default=False, verbose_name='answers to what was closed too long ago open a new request')),
                ('number_prefix', models.CharField(blank=True, default='', max_length=4, verbose_name='letters before ticket numbers')),
                ('number_digits', models.PositiveSmallIntegerField(default=6, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(8)], verbose_name='digits of ticket numbers')),
                ('retention_months', models.PositiveSmallIntegerField(blank=True, help_text='Empty: for ever.', null=True, verbose_name='closed tickets are kept for so many months')),
                ('requests_per_hour', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000)], verbose_name='requests from one address in an hour')),
                ('faq_look', models.CharField(choices=[('list', 'A list that unfolds'), ('cards', 'Cards, one per section'), ('plain', 'All answers one below the other')], default='list', max_length=8, verbose_name='look of the answers')),
                ('faq_intro', i18nfield.fields.I18nTextField(blank=True, verbose_name='words above the answers')),
                ('captcha', models.CharField(choices=[('off', 'No captcha'), ('pow', 'Proof of work, nothing foreign is loaded'), ('google', 'Google reCAPTCHA')], default='off', max_length=8, verbose_name='captcha')),
                ('captcha_public_key', models.CharField(blank=True, max_length=100, verbose_name='reCAPTCHA site key')),
                ('captcha_private_key', common.secrets.EncryptedTextField(blank=True, default='', verbose_name='reCAPTCHA secret key')),
                ('without_google', models.CharField(choices=[('work', 'Ask for our own proof of work instead'), ('accept', 'Let the request through'), ('refuse', 'Refuse it until Google answers again')], default='work', max_length=8, verbose_name='while Google cannot be asked')),
                ('max_files', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MaxValueValidator(20)], verbose_name='files in one message')),
                ('max_file_mb', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='size of one file, MB')),
                ('undo_seconds', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MaxValueValidator(60)], verbose_name='seconds in which a reply can be taken back')),
                ('survey_delay_minutes', models.PositiveIntegerField(default=60, verbose_name='survey leaves after closing, minutes')),
                ('guide', models.JSONField(blank=True, default=dict, editable=False, verbose_name='doors of the guide that wait or are done')),
            ],
            options={
                'verbose_name': 'store',
                'verbose_name_plural': 'stores',
                'permissions': [('view_customers', 'see customer data'), ('manage_customers', 'manage customers: notes, blocks, merging'), ('erase_customers', 'export and erase customers’ data'), ('change_settings', 'change settings'), ('grant_rights', 'grant rights'), ('reveal_customers', 'reveal customer data for a reason'), ('share_tickets', 'share a ticket'), ('view_reports', 'see reports'), ('view_audit', 'read the audit log'), ('view_as', 'view the desk as a colleague'), ('take_emergency', 'take emergency access'), ('share_views', 'give views of the inbox to colleagues')],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('is_default',), name='one_default_store'), models.UniqueConstraint(condition=models.Q(('address', ''), _negated=True), fields=('address',), name='one_store_per_address'), models.UniqueConstraint(condition=models.Q(('host', ''), _negated=True), fields=('host',), name='one_store_per_host')],
            },
        ),
        migrations.CreateModel(
            name='PortalLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('store', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='stores.store', verbose_name='store')),
                ('label', i18nfield.fields.I18nCharField(max_length=60, verbose_name='words')),
                ('url', models.URLField(max_length=300, verbose_name='address')),
                ('icon', models.SlugField(default='arrow-right', max_length=40, verbose_name='icon')),
                ('for_customers', models.BooleanField(default=False, verbose_name='only for customers who have signed in')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place')),
            ],
            options={
                'verbose_name': 'link of the menu',
                'verbose_name_plural': 'links of the menu',
                'ordering': ['position', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='BlockRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('store', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='block_rules', to='stores.store', verbose_name='store')),
                ('kind', models.CharField(choices=[('word', 'word or phrase'), ('sender', 'e-mail address or domain, or mobile number'), ('address', 'network address')], max_length=8, verbose_name='kind')),
                ('value', models.CharField(max_length=200, verbose_name='what is held back')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='since')),
                ('hits', models.PositiveIntegerField(default=0, editable=False, verbose_name='requests it held')),
            ],
            options={
                'verbose_name': 'block rule',
                'verbose_name_plural': 'block rules',
                'ordering': ['kind', 'value'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('store', 'kind', 'value'), name='one_rule_per_value')],
            },
        ),
    ]
