"""Alice chooses to hear of everything in every way."""

import json
import sys

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402

from notifications.notice_choices import choose  # noqa: E402
from notifications.topics import Topic, ways_for  # noqa: E402

alice = get_user_model().objects.get(name="Alice")
choose(alice, ways={topic: list(ways_for(topic)) for topic in Topic}, watches=[])
json.dump({}, sys.stdout)
