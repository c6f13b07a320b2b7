"""Says every delivery there is, as a line of JSON, whenever it reads a line."""

import json
import sys

import django

django.setup()

from notifications.models import Delivery  # noqa: E402

for _line in sys.stdin:
    rows = Delivery.objects.values("pk", "state", "channel", "message_id", "attempts", "reason", "remark")
    sys.stdout.write(json.dumps(list(rows)) + "\n")
    sys.stdout.flush()
