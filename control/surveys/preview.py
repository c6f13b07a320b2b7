"""The questions as customers see them, in each language."""

from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from accounts.choices import Language
from surveys.forms import QuestionsMixin


class _Preview(QuestionsMixin, forms.Form):
    use_required_attribute = False

    def __init__(self, questions, language):
        super().__init__(auto_id=f"preview_{language}_%s", prefix=f"preview-{language}")
        self.add_questions(questions)


def preview_in(questions, store):
    """[(code, name, direction, HTML)]"""
    parts = []
    for code in store.languages_to_write_in:
        with translation.override(code):
            html = render_to_string("control/surveys/_preview_form.html", {"form": _Preview(questions, code)})
            parts.append((code, Language(code).label, "rtl" if translation.get_language_bidi() else "ltr", html))
    return parts
