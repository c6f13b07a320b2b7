from django.http import Http404

from common.kept import kept
from departments.models import Department


def store_or_404(request):
    """The store whose door this is. Before there is one, the portal's pages do not exist."""
    if not request.store:
        raise Http404
    return request.store


def offered_in(store):
    """The departments that a customer may choose in this store's portal. One list for all requests: it is for reading."""
    return kept(("offered departments", store.pk), lambda: list(Department.objects.offered_in(store)))
