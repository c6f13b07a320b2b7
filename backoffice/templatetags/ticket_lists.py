"""Parts of the lists' frame: the views in the rail, and what may be done with one.

{% load ticket_lists %}{% rail_views panel.mine saved request %}
"""

from django import template
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from common.covered import with_marks
from common.templatetags.components import icon

register = template.Library()

_ROW = '<li data-key="{}"><a href="{}?saved={}"{}>{}<span><bdi>{}</bdi></span><b class="rail-count" data-count="view-{}" hidden></b></a>{}</li>'
#: The hidden form says where the row was dragged to; keyboards, and pages without script, have the page of the views.
_DRAG = (
    '<span class="rail-grip" data-handle hidden title="{}">{}</span><form hidden method="post" action="{}">'
    '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="from" value="rail">'
    '<button type="submit" name="move" value="up"></button></form>'
)


@register.simple_tag
def rail_views(views, saved, request):
    """Rows of the rail: name, number, and the handle to drag it by."""
    inbox, grip, words = reverse("backoffice:inbox"), icon("grip-vertical"), _("Drag")
    token = "" if request.viewer else get_token(request)
    return format_html_join(
        "",
        _ROW,
        (
            (
                view.pk,
                inbox,
                view.pk,
                _current(saved, view),
                icon(_sign(view)),
                with_marks(view.name),
                view.pk,
                format_html(_DRAG, words, grip, reverse("backoffice:view_place", args=[view.pk]), token) if token else "",
            )
            for view in views
        ),
    )


def _current(saved, view):
    return format_html(' aria-current="{}"', "page") if getattr(saved, "pk", None) == view.pk else ""


def _sign(view):
    return "kanban" if view.layout == "board" else "people" if view.is_shared else "funnel"


@register.simple_tag
def deeds_of(panel, view):
    return {"is_hidden": view.pk in panel.hidden, "may_change": panel.may_change(view), "may_delete": panel.may_delete(view)}
