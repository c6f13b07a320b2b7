"""Drawing a page of the desk: what its reader may see, read once; the page's own variables; and the frame's ways, which need no query more."""

from django.contrib.messages import get_messages
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
    if not asked_by_open_page(request):
        return render(request, template, {"desk_facts": facts, **context}, status=status)
    response = render(request, template, {"desk_facts": facts, "frame": "base/live.html", **context}, status=status)
    get_messages(request).used = False  # nobody has seen them
    return response


def asked_by_open_page(request):
    """Whether a page that is open asks for what has changed on it: without the frame, and nothing counts as read yet."""
    return request.headers.get("X-Requested-With") == "live-page"


def menu_page(request, page, part, context, *, refused=False):
    """Choices that a menu fetches when it is opened; a page of their own where there is no script, or after a wrong choice."""
    if request.headers.get("X-Requested-With") == "menu-part":
        return render(request, part, context)
    return desk_page(request, page, context, status=422 if refused else 200)
