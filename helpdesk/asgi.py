import os

from django.conf import settings
from django.core.asgi import get_asgi_application

from common.body_limit import BodyLimit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")

application = BodyLimit(get_asgi_application(), settings.REQUEST_MAX_BYTES)
