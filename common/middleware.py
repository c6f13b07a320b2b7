"""What happens around every request: it gets a name, its refusals become calm pages, private pages are not kept by caches."""

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.utils.decorators import sync_and_async_middleware

from common import error_pages, references
from common.errors import DeskError


@sync_and_async_middleware
def RequestIdMiddleware(get_response):
    """Give the request a short reference: request.id, the header X-Request-Id, each line of the log.

    A reference sent from outside is not looked at: it could be anything, or somebody else's.
    """

    def begin(request):
        request.id = references.new_reference()
        return references.begin(request.id)

    def end(request, response, token):
        references.end(token)
        response.headers["X-Request-Id"] = request.id
        return response

    if iscoroutinefunction(get_response):

        async def middleware(request):
            token = begin(request)
            return end(request, await get_response(request), token)

    else:

        def middleware(request):
            token = begin(request)
            return end(request, get_response(request), token)

    return middleware


class CalmErrorsMiddleware:
    """A DeskError from a view becomes a page with its words and status; what signed-in people see is not stored by caches."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response):
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request):
        if iscoroutinefunction(self):
            return self.__acall__(request)
        return self.keep_private(request, self.get_response(request))

    async def __acall__(self, request):
        return self.keep_private(request, await self.get_response(request))

    def keep_private(self, request, response):
        """The session cookie alone decides, without a look into the database: too private is better than too late."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store, private"
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, DeskError):
            return error_pages.desk_error(request, exception)
        return None
