"""Says every delivery there is, as a line of JSON, whenever it reads a line."""

import json
import sys
from collections import Counter

import django

django.setup()

from django.db import close_old_connections  # noqa: E402

from notifications.models import Delivery, DeliveryStep  # noqa: E402

FIELDS = (
    "pk", "state", "channel", "template", "recipient_key", "message_id", "attempts", "reason", "remark", "address", "ticket__number",
    "provider_id",
)  # fmt: skip
for _line in sys.stdin:
    close_old_connections()  # an experiment may have cut ours
    rows = list(Delivery.objects.values(*FIELDS, "created_at", "sent_at"))
    arrivals = Counter(DeliveryStep.objects.filter(state="delivered").values_list("delivery", flat=True))
    for row in rows:
        created, sent = row.pop("created_at"), row.pop("sent_at")
        row["arrivals"] = arrivals[row["pk"]]
        row["took"] = (sent - created).total_seconds() if sent else None
    sys.stdout.write(json.dumps(rows) + "\n")
    sys.stdout.flush()
