"""Says every delivery there is, as a line of JSON, whenever it reads a line."""

import json
import sys

import django

django.setup()

from notifications.models import Delivery  # noqa: E402

FIELDS = (
    "pk", "state", "channel", "template", "recipient_key", "message_id", "attempts", "reason", "remark", "address", "ticket__number",
)  # fmt: skip
for _line in sys.stdin:
    rows = list(Delivery.objects.values(*FIELDS, "created_at", "sent_at"))
    for row in rows:
        created, sent = row.pop("created_at"), row.pop("sent_at")
        row["took"] = (sent - created).total_seconds() if sent else None
    sys.stdout.write(json.dumps(rows) + "\n")
    sys.stdout.flush()
