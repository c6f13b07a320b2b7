"""Forms in which somebody writes one line and one text in each language."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from common.fields import LineField, LongTextField
from common.form_keys import OneTimeForm
from common.templatetags.formats import isolate


class WordingForm(OneTimeForm):
    """Words in at least one language. Half of a language is a mistake, unless `text_may_be_empty`; an empty one is none.

    `store` says which language comes first. `words` in the initial data and in the cleaned data: {language: (line, text)}.
    """

    line_label = text_label = ""
    line_limit, text_limit, rows = 200, 20_000, 8
    text_may_be_empty = False

    def __init__(self, *args, store, words=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.hide_optional = True  # one language is enough, so the word would stand at every field
        self.languages = store.languages_to_write_in
        self.offered = store.offered_languages
        for code in self.languages:
            line, text = (words or {}).get(code, ("", ""))
            self._add_language(code, line, text)

    def _add_language(self, code, line, text):
        name = isolate(Language(code).label)
        spoken = {"lang": code, "dir": "auto"}
        self.fields[f"line_{code}"] = LineField(
            label=self.line_label % {"language": name},
            limit=self.line_limit,
            required=False,
            initial=line,
            widget=forms.TextInput(attrs={**spoken, "autocomplete": "off"}),
        )
        self.fields[f"text_{code}"] = LongTextField(
            label=self.text_label % {"language": name},
            limit=self.text_limit,
            required=False,
            initial=text,
            widget=forms.Textarea(attrs={**spoken, "rows": self.rows}),
        )

    @property
    def parts(self):
        """For the page: each language with its two fields. Open are those with words or mistakes, and the first one."""
        for place, code in enumerate(self.languages):
            line, text = self[f"line_{code}"], self[f"text_{code}"]
            has_words = bool(line.value() or text.value())
            is_open = place == 0 or has_words or bool(line.errors or text.errors)
            yield {"code": code, "name": Language(code).label, "line": line, "text": text, "has_words": has_words, "is_open": is_open}

    def clean(self):
        cleaned = super().clean()
        words = {}
        for code in self.languages:
            line, text = cleaned.get(f"line_{code}"), cleaned.get(f"text_{code}")
            if line and (text or (self.text_may_be_empty and f"text_{code}" in cleaned)):
                words[code] = (line, text)
            elif line and f"text_{code}" in cleaned:
                self.add_error(f"text_{code}", _("The text is missing. Write it, or empty the line above too."))
            elif text and f"line_{code}" in cleaned:
                self.add_error(f"line_{code}", _("This line is missing. Write it, or empty the text below too."))
        if not words and not self.errors:
            self.add_error(f"line_{self.languages[0]}", _("Write it in one language at least."))
        cleaned["words"] = words
        return cleaned
