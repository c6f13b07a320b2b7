from django.db import migrations

from common.fulltext.operations import ShortenWaiting


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_first_version")]

    operations = [ShortenWaiting("customers_customerdocument", 256, 1024)]
