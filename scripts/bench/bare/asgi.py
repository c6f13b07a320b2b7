"""The bare view as an application: the product's database, people and sessions, and nothing else of it."""

import os

import django
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler

from scripts.bench.bare.settings import BARE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
django.setup()
# Only now, because some of the product's apps look for their middleware when they are set up.
for name, value in BARE.items():
    setattr(settings, name, value)

application = ASGIHandler()
