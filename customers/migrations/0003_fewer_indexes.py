from django.db import migrations

from common.spare_indexes import LIKE, DropSpareIndex


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_less_waits_for_the_index")]

    operations = [
        DropSpareIndex("customers_customer", "email", LIKE),
        DropSpareIndex("customers_customer", "phone", LIKE),
    ]
