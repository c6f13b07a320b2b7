"""The bare view as an application: the product's database, people and sessions, and nothing else of it."""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
django.setup()
# Only now, because some of the product's apps look for their middleware when they are set up.
settings.MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
settings.ROOT_URLCONF = "scripts.bench.bare.view"
settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [Path(__file__).parent]}]

application = ASGIHandler()
