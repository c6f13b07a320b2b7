"""While somebody views as a colleague, the pages of staff are drawn for the colleague and nothing can be changed."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common import error_pages
from common.errors import DeskError
from permissions.viewing import SESSION_KEY, viewed_colleague

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class OnlyLooking(DeskError):
    status_code = 403
    message = _("You are looking through a colleague's eyes. Nothing can be changed until you stop.")


class ViewAsMiddleware:
    """request.user becomes the colleague on the pages of settings.VIEW_AS_PATHS; request.viewer stays the person who looks.

    The reader (language, calendar, theme) stays the viewer's. Everything but looking is refused there.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        request.viewer = None
        if SESSION_KEY not in request.session or not request.path.startswith(settings.VIEW_AS_PATHS):
            return None
        colleague = viewed_colleague(request)
        if colleague is None:
            return None
        if request.method not in SAFE_METHODS:
            return error_pages.desk_error(request, OnlyLooking())
        request.viewer, request.user = request.user, colleague
        return None
