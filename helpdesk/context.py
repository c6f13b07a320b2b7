"""What every page knows."""

from functools import cache

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info

from backoffice.counts import desk_facts
from backoffice.pages import sight_of
from common.kept import kept
from faq.models import InfoPage
from helpdesk.look import look_url
from stores.menu import links_of


def page(request):
    """Variables of the base templates: the store and its look, the reader's language, direction and theme, the ways in the rail.

    Rights are read only where a rail is drawn, and the pages of the portal's menu looked up only where that is.
    """
    store = getattr(request, "store", None) or None
    language = get_language() or settings.LANGUAGE_CODE
    user = getattr(request, "user", None)
    reader = getattr(request, "viewer", None) or user
    theme = reader.theme if reader and reader.is_authenticated else request.COOKIES.get("theme", "")
    offered = store.offered_languages if store else [code for code, _name in settings.LANGUAGES]
    return {
        "store": store,
        "portal_links": SimpleLazyObject(lambda: _portal_links(store, user)),
        "look_url": SimpleLazyObject(lambda: look_url(store)),
        "info_pages": SimpleLazyObject(lambda: _info_pages(store)),
        "page_language": language,
        "page_dir": "rtl" if get_language_info(language)["bidi"] else "ltr",
        "desk_facts": SimpleLazyObject(lambda: desk_facts(sight_of(request))),
        "theme": theme if theme in {"light", "dark"} else "",
        "languages": [{"code": code, "name": _own_name(code), "current": code == language} for code in offered],
    }


@cache
def _own_name(code):
    return get_language_info(code)["name_local"]


def _info_pages(store):
    pages = InfoPage.objects.published_in(store).filter(in_menu=True).only("address", "title")
    return kept(("pages of the menu", store and store.pk), lambda: list(pages))


def _portal_links(store, user):
    """The owner's own links of the menu that this reader may use: (words, address)."""
    is_known = user is not None and user.is_authenticated
    return [(words, url) for words, url, for_customers in links_of(store) if is_known or not for_customers] if store else []
