"""Draws the fields of forms. The simple ones (inputs, selects without groups) by a function: a template for each, with one more for its
attributes, took a tenth of a page with forms. What comes out is what Django's own templates write."""

from django.forms.renderers import TemplatesSetting

from common.drawing import draw, escaped, joined

_INPUTS = {f"django/forms/widgets/{name}.html" for name in "checkbox email hidden input number password search tel text url".split()}
_SELECT, _OPTION = "django/forms/widgets/select.html", "django/forms/widgets/select_option.html"
_TICKS = {f"django/forms/widgets/{name}_option.html" for name in ("checkbox", "radio")}


class FieldRenderer(TemplatesSetting):
    """FORM_RENDERER. A widget with a template of its own is drawn by that."""

    def render(self, template_name, context, request=None):
        widget = context.get("widget")
        if widget is not None:
            if template_name in _INPUTS or template_name in _TICKS and not widget.get("wrap_label"):
                return _input(widget)
            if template_name == _SELECT and all(name is None for name, _options, _place in widget["optgroups"]):
                return _select(widget)
        return super().render(template_name, context, request)


def draw_choices(field) -> str:
    """The choices of a bound field of ticks, each a label around its box and its words. Fifteen colleagues stand beside each ticket."""
    return joined(
        draw('<label class="choice" for="{}">{}<bdi>{}</bdi></label>', option["attrs"].get("id", ""), _input(option), option["label"])
        for option in (choice.data for choice in field)
    )


def _input(widget):
    value = "" if widget["value"] is None else draw(' value="{}"', widget["value"])
    return draw('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, _attributes(widget["attrs"]))


def _select(widget):
    options = [option for _name, options, _place in widget["optgroups"] for option in options]
    if any(option["template_name"] != _OPTION for option in options):
        return TemplatesSetting().render(_SELECT, {"widget": widget}).strip()
    drawn = joined(
        draw('\n  <option value="{}"{}>{}</option>\n', option["value"], _attributes(option["attrs"]), option["label"]) for option in options
    )
    return draw('<select name="{}"{}>{}\n</select>', widget["name"], _attributes(widget["attrs"]), drawn)


def _attributes(attrs):
    return joined(
        draw(" {}", name) if value is True else draw(' {}="{}"', name, escaped(value))
        for name, value in attrs.items()
        if value is not False
    )
