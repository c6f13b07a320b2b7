"""What happens around every request: it gets a name, its refusals become calm pages, private pages are not kept by caches."""

from django.conf import settings

from common import error_pages, references
from common.errors import DeskError


def RequestIdMiddleware(get_response):
    """Give the request a short reference: request.id, the header X-Request-Id, each line of the log.

    A reference sent from outside is not looked at: it could be anything, or somebody else's.
    """

    def middleware(request):
        request.id = references.new_reference()
        token = references.begin(request.id)
        response = get_response(request)
        references.end(token)
        response.headers["X-Request-Id"] = request.id
        return response

    return middleware


class CalmErrorsMiddleware:
    """A DeskError from a view becomes a page with its words and status; what signed-in people see is not stored by caches."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.keep_private(request, self.get_response(request))

    def keep_private(self, request, response):
        """The session cookie alone decides, without a look into the database: too private is better than too late."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store, private"
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, DeskError):
            return error_pages.desk_error(request, exception)
        return None
