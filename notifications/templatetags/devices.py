"""The part of a page that takes a device up again after signing in. Loaded in every template."""

from django import template
from django.template.loader import render_to_string

from notifications.push.pages import keeper_part

register = template.Library()


@register.simple_tag(takes_context=True)
def push_keeper(context, door):
    """Nothing for whoever has no device here, and on pages that know no reader."""
    request = context.get("request")
    store = context.get("store") if door == "portal" else None
    part = keeper_part(request, door, store) if request and (store or door != "portal") else None
    return render_to_string("components/push_keeper.html", {"push": part}, request) if part else ""
