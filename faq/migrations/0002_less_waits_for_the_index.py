from django.db import migrations

from common.fulltext.operations import ShortenWaiting


class Migration(migrations.Migration):
    dependencies = [("faq", "0001_first_version")]

    operations = [ShortenWaiting("faq_faqdocument", 256, 1024)]
