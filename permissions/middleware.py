"""While somebody views as a colleague, the pages of staff are drawn for the colleague and nothing can be changed."""

from django.conf import settings
from django.contrib import messages
from django.utils.translation import gettext_lazy as _

from common import error_pages
from common.errors import DeskError
from permissions.viewing import SESSION_KEY, viewed_colleague

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
KEPT_COOKIES = {"messages"}


class OnlyLooking(DeskError):
    status_code = 403
    message = _("You are looking through a colleague's eyes. Nothing can be changed until you stop.")


class ViewAsMiddleware:
    """request.user becomes the colleague on the pages of settings.VIEW_AS_PATHS; request.viewer stays the person who looks.

    The reader (language, calendar, theme) stays the viewer's. Everything but looking is refused there, and no page leaves a
    cookie: what somebody looks at with a colleague's eyes is no choice of their own.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.viewer = None
        response = self.get_response(request)
        if request.viewer:
            for name in set(response.cookies) - KEPT_COOKIES:
                del response.cookies[name]
        return response

    def process_view(self, request, view, args, kwargs):
        if not request.path_info.startswith(settings.VIEW_AS_PATHS) or SESSION_KEY not in request.session:
            return None
        colleague = viewed_colleague(request)
        if colleague:
            request.viewer, request.user = request.user, colleague
            # A colleague's eyes show tickets, not customers whom the viewer may not know (tickets/covering.py).
            colleague.seen_by = request.viewer
        elif request.user.is_authenticated:
            messages.info(request, _("You see the desk as yourself again."))
        # Refused as well when it has just ended: the form stood on a page that was drawn for the colleague.
        return None if request.method in SAFE_METHODS else error_pages.desk_error(request, OnlyLooking())
