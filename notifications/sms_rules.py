"""What a store wants of its SMS (SmsRules), kept by the process until it changes."""

from common.kept import kept
from notifications.models import SmsRules


def rules_of(store):
    """The rules of a store; those that hold until somebody sets others, where nobody has."""
    rows = kept(("sms rules",), lambda: {row.pk: row for row in SmsRules.objects.select_related("department")})
    return rows.get(store.pk if store else None) or SmsRules(store=store)
