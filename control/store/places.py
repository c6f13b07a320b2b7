"""Where the portal stands, and the owner's links in its menu."""

from crispy_forms.helper import FormHelper
from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from accounts.choices import Language
from common.fields import LineField
from common.form_keys import OneTimeForm
from common.templatetags.formats import isolate


class Way(models.TextChoices):
    ROOT = "root", _("At the root of the domain")
    WORD = "word", _("Under a word of the domain")
    HOST = "host", _("At a host of its own")


class PlaceForm(forms.Form):
    """`address` and `host` in the cleaned data are what to hand to move_portal; the way that was not chosen is empty."""

    way = forms.ChoiceField(label=_("Where the portal stands"), choices=Way.choices, widget=forms.RadioSelect)
    address = LineField(
        label=_("Word"),
        limit=60,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("Small Latin letters, digits and hyphens: help, support, service-desk."),
    )
    host = LineField(
        label=_("Host"),
        limit=253,
        required=False,
        widget=forms.TextInput(
            attrs={"dir": "ltr", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "inputmode": "url"}
        ),
        help_text=_("Its DNS entry must lead to this server, and the certificate must name it. Ask whoever looks after your domain."),
    )

    def __init__(self, data=None, *, store):
        way = Way.HOST if store.host else Way.WORD if store.address else Way.ROOT
        super().__init__(data, initial={"way": way, "address": store.address, "host": store.host})
        self.helper = FormHelper()
        self.helper.hide_optional = True  # which one is needed depends on the way
        if not store.is_default:
            self.fields["way"].choices = [(value, label) for value, label in Way.choices if value != Way.ROOT]

    def clean(self):
        cleaned = super().clean()
        way = cleaned.get("way")
        for name, its_way, words in (
            ("address", Way.WORD, _("Write the word under which the portal should stand.")),
            ("host", Way.HOST, _("Write the host at which the portal should stand.")),
        ):
            if way and way != its_way:
                cleaned[name] = ""
                self.errors.pop(name, None)
            elif way and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, words)
        return cleaned


class LinkForm(OneTimeForm):
    """A link of the menu: its words in one language at least, and where it leads."""

    url = forms.URLField(
        label=_("Where it leads"),
        max_length=300,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off", "placeholder": "https://shop.example/orders/"}),
    )
    for_customers = forms.BooleanField(
        label=_("Only for customers who have signed in"),
        required=False,
        help_text=_("Orders or subscriptions, say, which a visitor has none of."),
    )

    def __init__(self, *args, store, link=None, **kwargs):
        super().__init__(*args, initial={"url": link.url, "for_customers": link.for_customers} if link else None, **kwargs)
        self.languages = store.languages_to_write_in
        words = link.label.data if link else {}
        for code in self.languages:
            self.fields[f"label_{code}"] = LineField(
                label=_("Words (%(language)s)") % {"language": isolate(Language(code).label)},
                limit=60,
                required=False,
                initial=words.get(code, "") if isinstance(words, dict) else words,
                widget=forms.TextInput(attrs={"lang": code, "dir": "auto", "autocomplete": "off"}),
            )

    @property
    def labels(self):
        return [self[f"label_{code}"] for code in self.languages]

    def clean_url(self):
        """Only what a browser opens as a page."""
        url = self.cleaned_data["url"]
        if not url.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Write an address that begins with https://."))
        return url

    def clean(self):
        cleaned = super().clean()
        names = [f"label_{code}" for code in self.languages]
        if not any(cleaned.get(name) for name in names) and not any(name in self.errors for name in names):
            self.add_error(names[0], _("Write the words in one language at least."))
        return cleaned

    @property
    def given(self):
        """What to hand to write_link."""
        words = {code: self.cleaned_data[f"label_{code}"] for code in self.languages if self.cleaned_data[f"label_{code}"]}
        return {"label": LazyI18nString(words), "url": self.cleaned_data["url"], "for_customers": self.cleaned_data["for_customers"]}
