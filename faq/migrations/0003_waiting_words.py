from django.db import migrations

from common.fulltext.operations import SetWaiting


class Migration(migrations.Migration):
    dependencies = [("faq", "0002_less_waits_for_the_index")]

    operations = [SetWaiting("faq_faqdocument", 1024, 256)]
