from django.db import migrations

from common.fulltext.operations import ShortenWaiting


class Migration(migrations.Migration):
    dependencies = [("tickets", "0002_first_version")]

    operations = [ShortenWaiting("tickets_searchdocument", 256, 1024)]
