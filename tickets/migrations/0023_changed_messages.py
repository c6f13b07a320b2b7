import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0022_work"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='removed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='taken out at'),
        ),
        migrations.AddField(
            model_name='message',
            name='changed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='changed at'),
        ),
        migrations.AddField(
            model_name='message',
            name='changed_by',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by'),
        ),
        migrations.AddField(
            model_name='message',
            name='redacted_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='parts blacked out at'),
        ),
        migrations.AlterField(
            model_name='ticketevent',
            name='kind',
            field=models.CharField(choices=[('opened', 'Opened'), ('assigned', 'Assigned'), ('passed_on', 'Passed to another department'), ('customer_replied', 'Customer wrote'), ('staff_replied', 'Answered'), ('note_added', 'Note added'), ('status_changed', 'Status changed'), ('priority_changed', 'Priority changed'), ('closed', 'Closed'), ('reopened', 'Reopened'), ('rated', 'Rated'), ('action_done', 'Action done'), ('mentioned', 'Colleague mentioned'), ('shared', 'Shared with a person'), ('unshared', 'Sharing ended'), ('merged', 'Merged'), ('unmerged', 'Merge undone'), ('deleted', 'Deleted'), ('restored', 'Restored'), ('type_changed', 'Request type changed'), ('tagged', 'Tagged'), ('untagged', 'Tag taken off'), ('fields_changed', 'Fields changed'), ('secret_shown', 'Secret field shown'), ('secrets_wiped', 'Secret fields wiped'), ('copied', 'Person put in copy'), ('uncopied', 'Person taken out of copy'), ('watcher_added', 'Watcher added'), ('watcher_taken_off', 'Watcher taken off'), ('checklist_changed', 'Checklist changed'), ('time_recorded', 'Time recorded'), ('time_taken_back', 'Recorded time taken back'), ('message_edited', 'Message edited'), ('message_redacted', 'Parts of a message blacked out'), ('file_removed', 'File taken out of a message')], max_length=24, verbose_name='kind'),
        ),
        migrations.CreateModel(
            name='MessageOriginal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change', models.CharField(choices=[('edited', 'edited'), ('redacted', 'parts blacked out')], max_length=12, verbose_name='change')),
                ('body_html', models.TextField(verbose_name='text')),
                ('body_text', models.TextField(verbose_name='plain text')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='changed at')),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='originals', to='tickets.message', verbose_name='message')),
            ],
            options={
                'verbose_name': 'original of a message',
                'verbose_name_plural': 'originals of messages',
                'ordering': ['-changed_at', '-pk'],
                'default_permissions': (),
            },
        ),
    ]
