"""A question and its answer, in each language. Answers are typed as text and stored as HTML."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.html import html_to_text, text_to_html
from control.words import WordsForm


class FaqEntryForm(WordsForm):
    """`stored` is what the entry has: {language: (question, answer as HTML)}."""

    line_label, text_label = _("Question (%(language)s)"), _("Answer (%(language)s)")
    no_department = _("In general, no department")

    is_published = forms.BooleanField(label=_("Published"), required=False, initial=True, help_text=_("A draft is seen on this page only."))

    def __init__(self, *args, stored=None, **kwargs):
        self.stored = stored or {}
        words = {language: (question, html_to_text(answer)) for language, (question, answer) in self.stored.items()}
        super().__init__(*args, words=words, **kwargs)

    @property
    def html_words(self):
        """For write_entry. An answer nobody touched keeps its markup; a language that was emptied is None."""
        given = self.cleaned_data["words"]
        return {language: self._as_html(language, *given[language]) if language in given else None for language in self.languages}

    def _as_html(self, language, question, answer):
        _question, html = self.stored.get(language, ("", ""))
        return question, html if html and html_to_text(html) == answer else text_to_html(answer)
