"""Says every delivery there is, as JSON."""

import json
import sys

import django

django.setup()

from notifications.models import Delivery  # noqa: E402

json.dump(list(Delivery.objects.values("pk", "state", "channel", "message_id", "attempts", "reason", "remark")), sys.stdout)
