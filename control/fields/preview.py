"""The form as customers see it, in each language."""

from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from accounts.choices import Language
from custom_fields.forms import FieldsMixin


class _Preview(FieldsMixin, forms.Form):
    use_required_attribute = False

    def __init__(self, fields, language):
        super().__init__(auto_id=f"preview_{language}_%s", prefix=f"preview-{language}")
        self.add_fields(fields, language=language)
        for field in fields:
            self._prefixed(field)

    def _prefixed(self, field):
        """The script finds the answers by the names that inputs have here."""
        attrs = self.fields[f"field-{field.key}"].widget.attrs
        if "data-shown-when" in attrs:
            attrs["data-shown-when"] = self.add_prefix(attrs["data-shown-when"])


def preview_in(fields, store):
    """[(code, name of the language, is it written from right to left, the form's HTML)] for the store's languages."""
    parts = []
    for code in store.languages_to_write_in:
        with translation.override(code):
            html = render_to_string("control/fields/_preview_form.html", {"form": _Preview(fields, code)})
            parts.append((code, Language(code).label, "rtl" if translation.get_language_bidi() else "ltr", html))
    return parts
