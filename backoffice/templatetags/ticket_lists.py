"""Parts of the lists' frame: the views in the rail, and what may be done with one.

{% load ticket_lists %}{% rail_views panel.mine saved request %}
"""

from django import template
from django.middleware.csrf import get_token
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from backoffice.tickets.lists import Choice
from common.covered import with_marks
from common.drawing import draw, joined
from common.kept import kept
from common.templatetags.components import icon
from departments.models import Department

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


_DEPARTMENT = '<li><a href="{}"{}>{}<span>{}</span><b class="rail-count" data-count="{}" hidden></b></a></li>'


@register.simple_tag
def rail_departments(rows):
    """Departments in the rail: rows of (id, whether it is the current one)."""
    drawn = kept(("departments of the rail", get_language(), get_script_prefix()), _departments_of_rail)
    return joined(drawn[pk][is_current] for pk, is_current in rows if pk in drawn)


def _departments_of_rail():
    """{id: (the link to its open tickets, the same as the current page)}"""
    inbox, signs = reverse("backoffice:inbox"), ("", SafeString(' aria-current="page"'))
    return {
        each.pk: tuple(
            draw(_DEPARTMENT, f"{inbox}{Choice('open', each.pk).query}", sign, icon(each.icon), str(each.name), each.pk) for sign in signs
        )
        for each in Department.objects.active()
    }


@register.simple_tag
def department_options(departments, chosen):
    """Departments to choose from. Their options are kept for each language."""
    options = kept(("options of departments", get_language()), _options)
    ids = [row.pk for row in departments]
    return joined(f"{options[pk][0]}{' selected' if pk == chosen else ''}{options[pk][1]}" for pk in ids if pk in options)


def _options():
    return {row.pk: (f'<option value="{row.pk}"', draw(">{}</option>", row.name)) for row in Department.objects.active()}


@register.simple_tag
def deeds_of(panel, view):
    return {"is_hidden": view.pk in panel.hidden, "may_change": panel.may_change(view), "may_delete": panel.may_delete(view)}
