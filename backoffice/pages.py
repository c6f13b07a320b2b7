"""Drawing a page of the desk: what its reader may see, read once; the page's own variables; and the frame's ways, which need no query more."""

from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from backoffice.counts import desk_facts
from permissions.sight import Sight


def sight_of(request):
    """What the person before this page may see, read once for the page. While viewing as a colleague it is the colleague's."""
    kept = getattr(request, "_sight", None)
    if kept is None or kept.user is not request.user:
        kept = request._sight = Sight.of(request.user)
    return kept


def desk_page(request, template, context, *, status=200):
    """The page inside the desk's frame."""
    facts = SimpleLazyObject(lambda: desk_facts(sight_of(request)))
    return render(request, template, {"desk_facts": facts, **context}, status=status)


def menu_page(request, page, part, context, *, refused=False):
    """Choices that a menu fetches when it is opened; a page of their own where there is no script, or after a wrong choice."""
    if request.headers.get("X-Requested-With") == "menu-part":
        return render(request, part, context)
    return desk_page(request, page, context, status=422 if refused else 200)
