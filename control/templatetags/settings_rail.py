from django import template

from control.rail import rail_of
from permissions.querysets import stores_where
from permissions.rights import StoreRight
from stores.addresses import all_places

register = template.Library()


@register.simple_tag(takes_context=True)
def settings_rail(context):
    """The rail's groups for whoever reads the page."""
    request = context["request"]
    return rail_of(request.user, request.resolver_match.url_name or "")


@register.simple_tag(takes_context=True)
def stores_to_choose(context):
    """[(store, whether the page is about it)] where there are several that the reader may set up; else nothing, and no query."""
    request = context["request"]
    current = getattr(request, "store_to_set_up", None)
    if current is None or len(all_places()) < 2:
        return []
    stores = list(stores_where(request.user, StoreRight.CHANGE_SETTINGS).order_by("-is_default", "pk"))
    return [(store, store.pk == current.pk) for store in stores] if len(stores) > 1 else []
