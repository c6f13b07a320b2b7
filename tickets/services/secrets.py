"""Showing a secret field on a click, and wiping secrets after closing. Who may click is the doors' matter."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from audit.choices import Deed
from audit.log import note
from common.limits import limited
from custom_fields.models import Field, FieldKind
from tickets.choices import Kind
from tickets.errors import NoSecretThere, TooManySecrets
from tickets.history import record
from tickets.models import FieldValue, Ticket
from tickets.services.writing import touch

#: So many secrets one person may look at in an hour.
MOST_AN_HOUR = 30


@transaction.atomic
def show_secret(ticket, field, *, by):
    """The secret itself, once the history and the audit log say who saw it. Raises NoSecretThere, TooManySecrets."""
    value = FieldValue.objects.filter(ticket=ticket.pk, field=field, field__kind=FieldKind.SECRET).first()
    if value is None:
        raise NoSecretThere()
    wait = limited(f"secrets:{by.pk}", MOST_AN_HOUR, 3600)
    if wait:
        raise TooManySecrets(retry_after=wait)
    stored = Ticket.objects.get(pk=ticket.pk)
    record(stored, Kind.SECRET_SHOWN, by=by, field=field.pk)
    note(Deed.SECRET_SHOWN, by=by, on=stored, after={"field_name": str(field), "field_id": field.pk})
    return value.secret


def wipe_secrets(*, limit=200):
    """Wipe the secrets of tickets that were closed long enough ago. Returns of how many tickets. Safe to run twice."""
    now, pks = timezone.now(), []
    for field in Field.objects.filter(kind=FieldKind.SECRET, wiped_after_days__isnull=False):
        closed = Ticket.objects.filter(values__field=field, closed_at__lte=now - timedelta(days=field.wiped_after_days))
        pks += closed.order_by("closed_at").values_list("pk", flat=True)[:limit]
    return sum(_wipe(pk, now) for pk in dict.fromkeys(pks))


@transaction.atomic
def _wipe(pk, now):
    """What is due in one ticket. One that was opened again a moment ago keeps its secrets."""
    ticket = Ticket.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk, closed_at__isnull=False).first()
    if ticket is None:
        return False
    values = FieldValue.objects.filter(ticket=ticket, field__kind=FieldKind.SECRET, field__wiped_after_days__isnull=False)
    due = [value for value in values.select_related("field") if ticket.closed_at <= now - timedelta(days=value.field.wiped_after_days)]
    if due:
        FieldValue.objects.filter(pk__in=[value.pk for value in due]).delete()
        gone = {str(value.field_id) for value in due}
        ticket.fields = {pk: plain for pk, plain in ticket.fields.items() if pk not in gone}
        touch(ticket, "fields")
        record(ticket, Kind.SECRETS_WIPED, fields=sorted({value.field_id for value in due}))
    return bool(due)
