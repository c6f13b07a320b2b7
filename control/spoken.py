"""Fields for a name, and for a short text, in each language; an owner writes at least one of them."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from accounts.choices import Language
from common.fields import LineField
from common.templatetags.formats import isolate
from departments.services import words_by_language

#: Signs an owner may choose from, all of them in icons.svg.
ICONS = (
    "chat-dots", "question-circle", "bag", "cart3", "box-seam", "truck", "tools", "wrench-adjustable", "arrow-repeat", "patch-check",
    "receipt", "credit-card", "percent", "gift", "tag", "star", "emoji-smile", "exclamation-triangle", "megaphone", "book", "bookmark",
    "file-earmark-text", "people", "person-badge", "building", "shop", "house", "geo-alt", "telephone", "envelope", "calendar-event",
    "camera", "key", "lock", "life-preserver", "lightning",
)  # fmt: skip


class SpokenMixin:
    """Adds name_<language> and, where `text_label` is set, text_<language>. `words_of("name")` are for the model."""

    name_label, name_limit = _("Name (%(language)s)"), 80
    text_label, text_limit = "", 160

    def add_languages(self, languages, *, name=None, text=None):
        self.languages = list(languages)
        self.helper = FormHelper()
        self.helper.hide_optional = True  # one language is enough, and the other fields say what empty means
        names, texts = words_by_language(name) if name else {}, words_by_language(text) if text else {}
        for code in self.languages:
            self._add("name", self.name_label, self.name_limit, code, names)
            if self.text_label:
                self._add("text", self.text_label, self.text_limit, code, texts)

    def _add(self, what, label, limit, code, words):
        widget = forms.TextInput(attrs={"lang": code, "dir": "auto", "autocomplete": "off"})
        self.fields[f"{what}_{code}"] = LineField(
            label=label % {"language": isolate(Language(code).label)},
            limit=limit,
            required=False,
            initial=words.get(code, ""),
            widget=widget,
        )

    @property
    def spoken(self):
        """For the page: each language with its fields; only what is written, or wrong, and the first one stand open."""
        for place, code in enumerate(self.languages):
            fields = [self[f"{what}_{code}"] for what in ("name", "text") if f"{what}_{code}" in self.fields]
            has_words = bool(fields[0].value())
            is_open = place == 0 or has_words or any(field.errors for field in fields)
            yield {"code": code, "name": Language(code).label, "fields": fields, "has_words": has_words, "is_open": is_open}

    def words_of(self, what):
        """A text in several languages; empty ones are left out, and the reader's language then falls back."""
        typed = {code: self.cleaned_data.get(f"{what}_{code}", "") for code in self.languages}
        return LazyI18nString({code: words for code, words in typed.items() if words})

    def clean(self):
        cleaned = super().clean()
        names = [f"name_{code}" for code in self.languages]
        if not any(cleaned.get(name) for name in names) and not any(name in self.errors for name in names):
            self.add_error(names[0], _("Write a name in one language at least."))
        return cleaned


class IconField(forms.ChoiceField):
    """One of our signs; a row that has another one keeps it."""

    def __init__(self, *, current=""):
        icons = ICONS if not current or current in ICONS else (*ICONS, current)
        super().__init__(choices=[(name, name) for name in icons], label=_("Icon"), widget=forms.RadioSelect, initial=current or None)
