from django.db import migrations

from common.fulltext.operations import SetWaiting


class Migration(migrations.Migration):
    dependencies = [("faq", "0001_first_version")]

    operations = [SetWaiting("faq_faqdocument", 256, 1024)]
