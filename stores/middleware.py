from django.utils.functional import SimpleLazyObject

from stores.models import Store


class StoreMiddleware:
    """request.store: the store whose door the visitor came to. None on an installation without any."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.store = SimpleLazyObject(Store.objects.default)
        return self.get_response(request)
