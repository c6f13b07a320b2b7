from django.http import Http404


def store_or_404(request):
    """The store whose door this is. Before there is one, the portal's pages do not exist."""
    if not request.store:
        raise Http404
    return request.store
