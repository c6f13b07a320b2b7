from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0015_list_of_a_rating'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='ticket',
            name='open_by_last',
        ),
        migrations.RemoveIndex(
            model_name='ticket',
            name='open_by_opened',
        ),
        migrations.RemoveIndex(
            model_name='ticket',
            name='open_by_priority',
        ),
        migrations.RemoveIndex(
            model_name='ticket',
            name='open_by_type',
        ),
        migrations.RemoveIndex(
            model_name='ticket',
            name='open_by_due',
        ),
        migrations.RemoveIndex(
            model_name='ticket',
            name='open_by_unassigned',
        ),
        migrations.RemoveIndex(
            model_name='ticket',
            name='open_mine',
        ),
        migrations.RemoveIndex(
            model_name='ticket',
            name='open_team',
        ),
        migrations.AddField(
            model_name='ticket',
            name='sleeps_through',
            field=models.BooleanField(default=False, editable=False, verbose_name='sleeps though the customer writes'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='snoozed_until',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sleeps until'),
        ),
        migrations.AlterField(
            model_name='ticketevent',
            name='kind',
            field=models.CharField(choices=[('opened', 'Opened'), ('assigned', 'Assigned'), ('passed_on', 'Passed to another department'), ('customer_replied', 'Customer wrote'), ('staff_replied', 'Answered'), ('note_added', 'Note added'), ('status_changed', 'Status changed'), ('priority_changed', 'Priority changed'), ('closed', 'Closed'), ('reopened', 'Reopened'), ('rated', 'Rated'), ('action_done', 'Action done'), ('mentioned', 'Colleague mentioned'), ('shared', 'Shared with a person'), ('unshared', 'Sharing ended'), ('merged', 'Merged'), ('unmerged', 'Merge undone'), ('deleted', 'Deleted'), ('restored', 'Restored'), ('type_changed', 'Request type changed'), ('tagged', 'Tagged'), ('untagged', 'Tag taken off'), ('fields_changed', 'Fields changed'), ('secret_shown', 'Secret field shown'), ('secrets_wiped', 'Secret fields wiped'), ('snoozed', 'Put to sleep'), ('woken', 'Awake again'), ('linked', 'Linked'), ('unlinked', 'Link taken away'), ('split', 'Split'), ('followed', 'Goes on in a new ticket')], max_length=24, verbose_name='kind'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('closed_at', None), ('deleted_at', None), ('snoozed_until', None)), fields=['department', 'status', 'last_message_at', 'id'], name='open_by_last'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('closed_at', None), ('deleted_at', None), ('snoozed_until', None)), fields=['department', 'status', 'created_at', 'id', 'priority', 'request_type'], name='open_by_opened'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('closed_at', None), ('deleted_at', None), ('snoozed_until', None)), fields=['department', 'status', 'priority', 'last_message_at', 'id'], name='open_by_priority'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('closed_at', None), ('deleted_at', None), ('snoozed_until', None), ('request_type__isnull', False)), fields=['department', 'status', 'request_type', 'last_message_at', 'id'], name='open_by_type'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('closed_at', None), ('deleted_at', None), ('snoozed_until', None), ('answer_due_at__isnull', False)), fields=['department', 'status', 'answer_due_at', 'id'], name='open_by_due'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('closed_at', None), ('deleted_at', None), ('snoozed_until', None), ('assignee', None), ('team', None)), fields=['department', 'status', 'last_message_at', 'id'], name='open_by_unassigned'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('closed_at', None), ('deleted_at', None), ('snoozed_until', None), ('assignee__isnull', False)), fields=['assignee', 'last_message_at', 'id'], name='open_mine'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('closed_at', None), ('deleted_at', None), ('snoozed_until', None), ('team__isnull', False)), fields=['team', 'last_message_at', 'id'], name='open_team'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('deleted_at', None), ('snoozed_until__isnull', False)), fields=['department', 'status', 'snoozed_until', 'id'], name='snoozed_by_until'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('deleted_at', None), ('snoozed_until__isnull', False)), fields=['department', 'status', 'last_message_at', 'id'], name='snoozed_by_last'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('deleted_at', None), ('snoozed_until__isnull', False)), fields=['department', 'status', 'created_at', 'id', 'priority', 'request_type'], name='snoozed_by_opened'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('deleted_at', None), ('snoozed_until__isnull', False)), fields=['department', 'status', 'priority', 'last_message_at', 'id'], name='snoozed_by_priority'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('deleted_at', None), ('snoozed_until__isnull', False)), fields=['snoozed_until', 'id'], name='snoozed_to_wake'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at', None), ('snoozed_until', None), _connector='OR'), name='only_open_tickets_sleep'),
        ),
    ]
