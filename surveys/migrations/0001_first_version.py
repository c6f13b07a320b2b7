import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import i18nfield.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('surveys', '0001_initial'), ('surveys', '0002_answered_by_day'), ('surveys', '0003_owners_questions'), ('surveys', '0004_where_and_whose'), ('surveys', '0005_ways_are_said_elsewhere')]

    initial = True

    dependencies = [
        ('accounts', '0001_first_version'),
        ('departments', '0001_first_version'),
        ('stores', '0001_first_version'),
        ('tickets', '0001_first_version'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='help_rating', to='tickets.message', verbose_name='answer')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answer_ratings', to='tickets.ticket', verbose_name='ticket')),
                ('store', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stores.store', verbose_name='store')),
                ('department', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='departments.department', verbose_name='department')),
                ('person', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who answered')),
                ('language', models.CharField(blank=True, choices=[('en', 'English'), ('fa', 'فارسی'), ('pl', 'Polski'), ('ru', 'Русский')], max_length=8, verbose_name='language')),
                ('score', models.PositiveSmallIntegerField(choices=[(1, 'No'), (2, 'Partly'), (3, 'Yes')], verbose_name='helped')),
                ('first_score', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'No'), (2, 'Partly'), (3, 'Yes')], null=True, verbose_name='before it was changed')),
                ('comment', models.TextField(blank=True, verbose_name='comment')),
                ('answered_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='rated at')),
                ('changed_at', models.DateTimeField(blank=True, null=True, verbose_name='rating changed at')),
            ],
            options={
                'verbose_name': 'rating of an answer',
                'verbose_name_plural': 'ratings of answers',
                'indexes': [models.Index(fields=['store', 'answered_at'], name='helped_in_store'), models.Index(fields=['department', 'answered_at'], name='helped_in_department'), models.Index(fields=['person', 'answered_at'], name='helped_by_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('score__range', (1, 3))), name='an_answer_helped_or_not')],
            },
        ),
        migrations.CreateModel(
            name='SurveyQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('store', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='survey_questions', to='stores.store', verbose_name='store')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='departments.department', verbose_name='department')),
                ('kind', models.CharField(choices=[('scale_5', 'scale from 1 to 5'), ('scale_10', 'scale from 0 to 10'), ('one', 'one of several answers'), ('several', 'several answers at once'), ('text', 'words of one’s own')], max_length=8, verbose_name='kind of answer')),
                ('is_required', models.BooleanField(default=False, verbose_name='must be answered')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='archived at')),
            ],
            options={
                'verbose_name': 'question of a survey',
                'verbose_name_plural': 'questions of surveys',
                'ordering': ['position', 'pk'],
                'default_permissions': (),
                'indexes': [models.Index(condition=models.Q(('archived_at', None)), fields=['store', 'department', 'position'], name='questions_asked')],
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='surveys.surveyquestion', verbose_name='question')),
                ('label', i18nfield.fields.I18nCharField(max_length=200, verbose_name='question')),
                ('low_label', i18nfield.fields.I18nCharField(blank=True, max_length=40, verbose_name='words at the low end')),
                ('high_label', i18nfield.fields.I18nCharField(blank=True, max_length=40, verbose_name='words at the high end')),
                ('choices', models.JSONField(blank=True, default=list, verbose_name='answers to choose from')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='written at')),
            ],
            options={
                'verbose_name': 'words of a question',
                'verbose_name_plural': 'words of questions',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SurveyRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('store', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='survey_rules', to='stores.store', verbose_name='store')),
                ('pause_days', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MaxValueValidator(365)], verbose_name='days before the same customer is asked again')),
                ('change_days', models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MaxValueValidator(60)], verbose_name='days in which an answer may be changed')),
                ('bad_score', models.PositiveSmallIntegerField(default=2, help_text='The responsible person is told, and the customer may open the request again right there. 0: never.', validators=[django.core.validators.MaxValueValidator(4)], verbose_name='a rating this low is bad')),
                ('thanks', i18nfield.fields.I18nTextField(blank=True, verbose_name='said when somebody has answered')),
            ],
            options={
                'verbose_name': 'rules of surveys',
                'verbose_name_plural': 'rules of surveys',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='DepartmentRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('store', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stores.store', verbose_name='store')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='survey_rules', to='departments.department', verbose_name='department')),
                ('delay_minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='survey leaves after closing, minutes')),
                ('own_questions', models.BooleanField(default=False, verbose_name='has questions of its own')),
            ],
            options={
                'verbose_name': 'rules of a department’s surveys',
                'verbose_name_plural': 'rules of departments’ surveys',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('store', 'department'), name='one_survey_rule_per_department')],
            },
        ),
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='surveys', to='tickets.ticket', verbose_name='ticket')),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='survey', to='tickets.ticketevent', verbose_name='closing')),
                ('store', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stores.store', verbose_name='store')),
                ('department', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='departments.department', verbose_name='department')),
                ('person', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who had the ticket at closing')),
                ('language', models.CharField(blank=True, choices=[('en', 'English'), ('fa', 'فارسی'), ('pl', 'Polski'), ('ru', 'Русский')], max_length=8, verbose_name='language')),
                ('asked_by', models.CharField(blank=True, choices=[('mail', 'e-mail'), ('sms', 'SMS'), ('portal', 'portal')], max_length=8, verbose_name='asked by')),
                ('due_at', models.DateTimeField(verbose_name='to be asked at')),
                ('asked_at', models.DateTimeField(blank=True, null=True, verbose_name='asked at')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('why_not', models.CharField(blank=True, choices=[('automatic', 'the ticket was closed automatically'), ('own', 'the ticket is of one of your own people'), ('blocked', 'the customer is blocked'), ('recent', 'the customer was asked a short while before'), ('refused', 'the customer does not want to be asked'), ('unreachable', 'there is no address by which to ask'), ('reopened', 'the ticket was opened again'), ('merged', 'the ticket was merged into another'), ('deleted', 'the ticket was deleted'), ('switched_off', 'asking was switched off meanwhile')], max_length=16, verbose_name='why it was not asked')),
                ('asked_before_at', models.DateTimeField(blank=True, null=True, verbose_name='when the customer had been asked before')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered at')),
                ('changed_at', models.DateTimeField(blank=True, null=True, verbose_name='answer changed at')),
                ('score', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='score')),
                ('first_score', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='score before it was changed')),
                ('comment', models.TextField(blank=True, verbose_name='comment')),
                ('alerted_at', models.DateTimeField(blank=True, null=True, verbose_name='responsible person told at')),
            ],
            options={
                'verbose_name': 'survey',
                'verbose_name_plural': 'surveys',
                'indexes': [models.Index(condition=models.Q(('asked_at', None), ('withdrawn_at', None)), fields=['due_at'], name='surveys_to_ask'), models.Index(condition=models.Q(('answered_at__isnull', False)), fields=['answered_at'], name='surveys_answered'), models.Index(condition=models.Q(('answered_at__isnull', False)), fields=['store', 'answered_at'], name='ratings_of_store'), models.Index(condition=models.Q(('answered_at__isnull', False)), fields=['department', 'answered_at'], name='ratings_of_department'), models.Index(condition=models.Q(('answered_at__isnull', False)), fields=['person', 'answered_at'], name='ratings_of_person'), models.Index(condition=models.Q(('asked_at__isnull', False)), fields=['store', 'asked_at'], name='asked_in_store')],
            },
        ),
        migrations.CreateModel(
            name='SurveyAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='surveys.survey', verbose_name='survey')),
                ('question', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name='answers', to='surveys.surveyquestion', verbose_name='question')),
                ('wording', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='answers', to='surveys.wording', verbose_name='words of the question')),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='number')),
                ('chosen', models.JSONField(blank=True, default=list, verbose_name='chosen answers')),
                ('text', models.TextField(blank=True, verbose_name='words')),
            ],
            options={
                'verbose_name': 'answer to a question',
                'verbose_name_plural': 'answers to questions',
                'indexes': [models.Index(fields=['question', 'survey'], name='answers_to_a_question')],
                'constraints': [models.UniqueConstraint(fields=('survey', 'question'), name='one_answer_to_a_question')],
            },
        ),
        migrations.AddField(
            model_name='surveyquestion',
            name='wording',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='surveys.wording', verbose_name='words used now'),
        ),
    ]
