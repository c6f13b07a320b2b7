import common.keys
from common.keys import fill_keys
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("tickets", "0006_open_load"),
    ]

    operations = [
        migrations.AddField(
            model_name="replytemplate",
            name="key",
            field=common.keys.KeyField(
                db_index=False, default=common.keys.new_key, editable=False, max_length=40, verbose_name="key"
            ),
        ),
        migrations.RunPython(fill_keys("tickets", "ReplyTemplate"), migrations.RunPython.noop),
        migrations.AlterField(
            model_name="replytemplate",
            name="key",
            field=common.keys.KeyField(
                default=common.keys.new_key, editable=False, max_length=40, unique=True, verbose_name="key"
            ),
        ),
    ]
