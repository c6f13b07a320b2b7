from django.db import migrations

from common.fulltext.operations import SetWaiting


class Migration(migrations.Migration):
    dependencies = [("tickets", "0002_first_version")]

    operations = [SetWaiting("tickets_searchdocument", 256, 1024)]
