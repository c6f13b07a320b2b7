from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_start_page'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='letter_keys',
            field=models.BooleanField(default=True, verbose_name='single-letter keys'),
        ),
    ]
