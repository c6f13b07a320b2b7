from django import template

from control.rail import rail_of

register = template.Library()


@register.simple_tag(takes_context=True)
def settings_rail(context):
    """The rail's groups for whoever reads the page."""
    request = context["request"]
    return rail_of(request.user, request.resolver_match.url_name or "")
