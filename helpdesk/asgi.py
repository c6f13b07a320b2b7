import os

import django
from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler

from common.body_limit import BodyLimit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")


class Handler(ASGIHandler):
    """Django's, with middleware and view together in the one thread of their request.

    Views may be coroutines, so Django's own goes back to the event loop between the two, and from there to the thread again. Ours are
    functions; what does wait in the event loop are the streams of open pages, beside Django.
    """

    def load_middleware(self, is_async=False):
        super().load_middleware(is_async=False)

    async def get_response_async(self, request):
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)


django.setup(set_prefix=False)
_django = Handler()

from backoffice.live.hub import hub  # noqa: E402  it reads models, which are there now
from backoffice.live.streams import LiveStreams  # noqa: E402

application = LiveStreams(BodyLimit(_django, settings.REQUEST_MAX_BYTES), hub)
