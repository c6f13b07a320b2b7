"""What the store is called and says, in each language."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from accounts.choices import Language
from common.fields import LineField, LongTextField
from common.templatetags.formats import isolate

#: Field of the store -> (label, most letters, rows of the box; 0: one line).
TEXTS = {
    "name": (_("Name of the store (%(language)s)"), 120, 0),
    "welcome": (_("Welcome on the portal’s home (%(language)s)"), 400, 2),
    "thanks": (_("Said after a request was sent (%(language)s)"), 600, 3),
    "footer": (_("Last line of every page (%(language)s)"), 300, 2),
    "sender_name": (_("Sender’s name in e-mails (%(language)s)"), 120, 0),
}


class TextsForm(forms.Form):
    """`changes` is what to hand to change_settings. The store needs a name in one language; every other text may be missing."""

    site_url = forms.URLField(
        label=_("Address of your shop"),
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off", "placeholder": "https://shop.example"}),
        help_text=_("Stands first in the portal’s menu, so that customers find their way back. Empty: no such link."),
    )

    def __init__(self, data=None, *, store):
        super().__init__(data, initial={"site_url": store.site_url})
        self.store, self.languages = store, store.languages_to_write_in
        for code in self.languages:
            for name, (label, limit, rows) in TEXTS.items():
                self.fields[f"{name}_{code}"] = _field(label, limit, rows, code, _in(getattr(store, name), code))
        self.helper = FormHelper()
        self.helper.hide_optional = True  # one name is enough, so the word would stand at nearly every field

    @property
    def parts(self):
        """For the page: each language with its fields. Open are the first one and those with mistakes."""
        for place, code in enumerate(self.languages):
            fields = [self[f"{name}_{code}"] for name in TEXTS]
            is_open = place == 0 or any(field.errors for field in fields)
            yield {
                "code": code,
                "name": Language(code).label,
                "fields": fields,
                "has_words": bool(fields[0].value()),
                "is_offered": code in self.store.offered_languages,
                "is_open": is_open,
            }

    def clean(self):
        cleaned = super().clean()
        names = [f"name_{code}" for code in self.languages]
        if not any(cleaned.get(name) for name in names) and not any(name in self.errors for name in names):
            self.add_error(names[0], _("Write the name in one language at least."))
        return cleaned

    @property
    def changes(self):
        given = self.cleaned_data
        words = {name: {code: given[f"{name}_{code}"] for code in self.languages if given[f"{name}_{code}"]} for name in TEXTS}
        return {"site_url": given["site_url"]} | {name: LazyI18nString(texts) for name, texts in words.items()}


def _field(label, limit, rows, code, initial):
    spoken = {"lang": code, "dir": "auto"}
    label = label % {"language": isolate(Language(code).label)}
    if rows:
        widget = forms.Textarea(attrs={**spoken, "rows": rows})
        return LongTextField(label=label, limit=limit, required=False, initial=initial, widget=widget)
    widget = forms.TextInput(attrs={**spoken, "autocomplete": "off"})
    return LineField(label=label, limit=limit, required=False, initial=initial, widget=widget)


def _in(text, code):
    """The words of this very language, without falling back. A name typed before there were languages stands in all of them."""
    data = text.data if isinstance(text, LazyI18nString) else text
    return data.get(code, "") if isinstance(data, dict) else (data or "")
