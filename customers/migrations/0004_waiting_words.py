from django.db import migrations

from common.fulltext.operations import SetWaiting


class Migration(migrations.Migration):
    dependencies = [("customers", "0003_fewer_indexes")]

    operations = [SetWaiting("customers_customerdocument", 1024, 256)]
