"""Forms in which a name is written in each language."""

from django import forms
from django.utils.translation import gettext as _

from accounts.choices import Language
from common.fields import LineField, LongTextField
from common.templatetags.formats import isolate


def add_lines(form, name, label, languages, limit, words=None, **widget):
    """One line for each language: the fields name_en, name_fa … with labels like “Name (English)”."""
    for code in languages:
        form.fields[f"{name}_{code}"] = LineField(
            label=_("%(label)s (%(language)s)") % {"label": label, "language": isolate(Language(code).label)},
            limit=limit,
            required=False,
            initial=(words or {}).get(code, ""),
            widget=forms.TextInput(attrs={"lang": code, "dir": "auto", "autocomplete": "off", **widget}),
        )


def add_texts(form, name, label, languages, limit, words=None):
    for code in languages:
        form.fields[f"{name}_{code}"] = LongTextField(
            label=_("%(label)s (%(language)s)") % {"label": label, "language": isolate(Language(code).label)},
            limit=limit,
            required=False,
            initial=(words or {}).get(code, ""),
            widget=forms.Textarea(attrs={"lang": code, "dir": "auto", "rows": 5}),
        )


def given_words(form, name, languages):
    """{language: words} of what was typed, in the order of all languages; empty ones are left out."""
    typed = {code: form.cleaned_data.get(f"{name}_{code}", "") for code in languages}
    return {code: typed[code] for code in Language.values if typed.get(code, "").strip()}


def need_first(form, name, languages):
    """The first language must be there: what is missing elsewhere is read in it."""
    first = f"{name}_{languages[0]}"
    if first not in form.errors and not form.cleaned_data.get(first, "").strip():
        words = _("Write it in %(language)s at least; where another language is missing, this one is read.")
        form.add_error(first, words % {"language": isolate(Language(languages[0]).label)})


def fields_named(form, name):
    """The bound fields of one name in all its languages, for the page."""
    return [form[each] for each in form.fields if each.startswith(f"{name}_") and each.removeprefix(f"{name}_") in Language.values]
