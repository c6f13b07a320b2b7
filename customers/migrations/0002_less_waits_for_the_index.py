from django.db import migrations

from common.fulltext.operations import SetWaiting


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_first_version")]

    operations = [SetWaiting("customers_customerdocument", 256, 1024)]
