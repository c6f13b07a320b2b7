"""Where a deed came from: the address of who asks stands on every line written while the request is answered."""

from audit.log import acting_from
from common.limits import client_ip


class AuditMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with acting_from(client_ip(request)):
            return self.get_response(request)
