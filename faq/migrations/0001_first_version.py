import common.keys
import common.uploads
import django.db.models.deletion
import django.utils.timezone
import i18nfield.fields
import uuid
from django.db import migrations, models

from common.fulltext.operations import CreateFullText


class Migration(migrations.Migration):

    replaces = [('faq', '0001_initial'), ('faq', '0002_owners_pages'), ('faq', '0003_pictures'), ('faq', '0004_search_document'), ('faq', '0005_search_in_documents')]

    initial = True

    dependencies = [
        ('departments', '0001_first_version'),
        ('stores', '0001_first_version'),
    ]

    operations = [
        migrations.CreateModel(
            name='FaqSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', common.keys.KeyField(default=common.keys.new_key, editable=False, max_length=40, unique=True, verbose_name='key')),
                ('store', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='faq_sections', to='stores.store', verbose_name='store')),
                ('name', i18nfield.fields.I18nCharField(max_length=80, verbose_name='name')),
                ('description', i18nfield.fields.I18nCharField(blank=True, max_length=160, verbose_name='what is found here')),
                ('icon', models.SlugField(default='question-circle', max_length=40, verbose_name='icon')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place')),
            ],
            options={
                'verbose_name': 'section of the FAQ',
                'verbose_name_plural': 'sections of the FAQ',
                'ordering': ['position', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='FaqEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', common.keys.KeyField(default=common.keys.new_key, editable=False, max_length=40, unique=True, verbose_name='key')),
                ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='entries', to='faq.faqsection', verbose_name='section')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='faq_entries', to='departments.department', verbose_name='department')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='place')),
                ('is_published', models.BooleanField(default=True, verbose_name='published')),
                ('reads', models.PositiveIntegerField(default=0, editable=False, verbose_name='times read')),
                ('solved', models.PositiveIntegerField(default=0, editable=False, verbose_name='times it solved the matter')),
                ('unhelpful', models.PositiveIntegerField(default=0, editable=False, verbose_name='times it did not help')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created at')),
                ('stores', models.ManyToManyField(related_name='faq_entries', to='stores.store', verbose_name='stores')),
            ],
            options={
                'verbose_name': 'FAQ entry',
                'verbose_name_plural': 'FAQ entries',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FaqTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='faq.faqentry')),
                ('language', models.CharField(choices=[('en', 'English'), ('fa', 'فارسی'), ('pl', 'Polski'), ('ru', 'Русский')], max_length=8, verbose_name='language')),
                ('question', models.CharField(max_length=200, verbose_name='question')),
                ('answer', models.TextField(verbose_name='answer')),
                ('source', models.TextField(blank=True, default='', help_text='Markdown. Empty for plain text of old.', verbose_name='answer as it was written')),
            ],
            options={
                'verbose_name': 'FAQ text',
                'verbose_name_plural': 'FAQ texts',
                'constraints': [models.UniqueConstraint(fields=('entry', 'language'), name='one_faq_text_per_language')],
            },
        ),
        migrations.CreateModel(
            name='FaqDocument',
            fields=[
                ('indexed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('size', models.PositiveIntegerField(default=0, editable=False)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_document', serialize=False, to='faq.faqentry')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='FaqImage',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('store', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='faq_images', to='stores.store', verbose_name='store')),
                ('file', models.FileField(max_length=120, upload_to=common.uploads.random_path, verbose_name='file')),
                ('name', models.CharField(max_length=255, verbose_name='name')),
                ('content_type', models.CharField(max_length=40, verbose_name='type')),
                ('width', models.PositiveIntegerField(verbose_name='width')),
                ('height', models.PositiveIntegerField(verbose_name='height')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='stored at')),
            ],
            options={
                'verbose_name': 'picture',
                'verbose_name_plural': 'pictures',
                'ordering': ['created_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='InfoPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', common.keys.KeyField(default=common.keys.new_key, editable=False, max_length=40, unique=True, verbose_name='key')),
                ('store', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='info_pages', to='stores.store', verbose_name='store')),
                ('address', models.SlugField(max_length=40, verbose_name='address')),
                ('title', i18nfield.fields.I18nCharField(max_length=120, verbose_name='title')),
                ('body', models.JSONField(blank=True, default=dict, verbose_name='text')),
                ('in_menu', models.BooleanField(default=True, verbose_name='in the menu')),
                ('is_published', models.BooleanField(default=False, verbose_name='published')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='changed at')),
            ],
            options={
                'verbose_name': 'information page',
                'verbose_name_plural': 'information pages',
                'ordering': ['position', 'pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('store', 'address'), name='one_page_per_address')],
            },
        ),
        CreateFullText("faq_faqdocument", key="entry_id", zones=("questions", "answers")),
    ]
