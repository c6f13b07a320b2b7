from django.db import migrations
from django.db.models import OuterRef, Subquery

FROM_THE_TICKET = {"store": "store", "department": "department", "person": "assignee", "language": "language"}
STEP = 5000


def fill(apps, schema_editor):
    """Older surveys: where their ticket stands now, and who has it now, is the nearest to what was true at closing."""
    Survey, Ticket = apps.get_model("surveys", "Survey"), apps.get_model("tickets", "Ticket")
    ticket = Ticket.objects.filter(pk=OuterRef("ticket"))
    last = Survey.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for first in range(0, last + 1, STEP):
        Survey.objects.filter(pk__gt=first, pk__lte=first + STEP, store=None).update(
            **{field: Subquery(ticket.values(source)) for field, source in FROM_THE_TICKET.items()}
        )


class Migration(migrations.Migration):
    dependencies = [("surveys", "0003_owners_questions")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
