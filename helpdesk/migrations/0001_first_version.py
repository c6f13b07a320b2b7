from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('helpdesk', '0001_initial')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(auto_now=True)),
            ],
        ),
    ]
