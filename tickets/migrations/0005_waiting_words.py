from django.db import migrations

from common.fulltext.operations import SetWaiting


class Migration(migrations.Migration):
    dependencies = [("tickets", "0004_fewer_indexes")]

    operations = [SetWaiting("tickets_searchdocument", 1024, 256)]
