import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('accounts', '0001_initial'), ('accounts', '0002_presence'), ('accounts', '0003_start_page'), ('accounts', '0004_letter_keys')]

    initial = True

    dependencies = [
        ('auth', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, null=True, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=16, null=True, unique=True, verbose_name='mobile number')),
                ('phone_verified', models.BooleanField(default=False, verbose_name='mobile number verified')),
                ('language', models.CharField(blank=True, choices=[('en', 'English'), ('fa', 'فارسی'), ('pl', 'Polski'), ('ru', 'Русский')], default='', max_length=8, verbose_name='language')),
                ('time_zone', models.CharField(blank=True, default='', max_length=64, verbose_name='time zone')),
                ('calendar', models.CharField(choices=[('auto', 'As usual in my language'), ('jalali', 'Jalali'), ('gregorian', 'Gregorian')], default='auto', max_length=12, verbose_name='calendar')),
                ('theme', models.CharField(choices=[('auto', 'As the device'), ('light', 'Light'), ('dark', 'Dark')], default='auto', max_length=8, verbose_name='theme')),
                ('start_page', models.CharField(choices=[('inbox', 'The list of my tickets'), ('day', 'My day')], default='inbox', max_length=8, verbose_name='begins with')),
                ('letter_keys', models.BooleanField(default=True, verbose_name='single-letter keys')),
                ('is_staff', models.BooleanField(default=False, verbose_name='staff')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('is_away', models.BooleanField(default=False, verbose_name='away')),
                ('away_until', models.DateTimeField(blank=True, null=True, verbose_name='away until')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='joined')),
                ('session_round', models.PositiveIntegerField(default=0, editable=False, verbose_name='round of sessions')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_without_case'), models.CheckConstraint(condition=models.Q(('email__isnull', False), ('phone__isnull', False), _connector='OR'), name='user_email_or_phone')],
            },
        ),
        migrations.CreateModel(
            name='OneTimeCode',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=12, verbose_name='purpose')),
                ('address', models.CharField(max_length=254, verbose_name='address')),
                ('digest', models.CharField(max_length=64, verbose_name='digest')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                ('expires_at', models.DateTimeField(db_index=True, verbose_name='expires at')),
                ('spent_at', models.DateTimeField(blank=True, null=True, verbose_name='used at')),
            ],
            options={
                'verbose_name': 'one-time code',
                'verbose_name_plural': 'one-time codes',
            },
        ),
    ]
