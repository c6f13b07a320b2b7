import os

from django.conf import settings
from django.core.asgi import get_asgi_application

from common.body_limit import BodyLimit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")

_django = get_asgi_application()

from backoffice.live.hub import hub  # noqa: E402  it reads models, which are there now
from backoffice.live.streams import LiveStreams  # noqa: E402

application = LiveStreams(BodyLimit(_django, settings.REQUEST_MAX_BYTES), hub)
