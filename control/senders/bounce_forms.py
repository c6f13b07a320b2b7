"""The bounce mailbox, and the words under answers."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from common.fields import LineField, LongTextField, WholeNumberField
from common.templatetags.formats import isolate
from notifications.own_words import own_in
from notifications.signatures import LIMIT, NAMES
from tickets.variables import complaint_about, unknown_variables

_LATIN = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
_NAMES = ("address", "takes_plus", "host", "port", "tls", "user", "folder")


class BounceMailboxForm(forms.Form):
    address = forms.EmailField(
        label=_("Address of the mailbox"), max_length=200, widget=forms.EmailInput(attrs={**_LATIN, "placeholder": "bounces@shop.example"}),
        help_text=_("A mailbox for this alone. Your mail server must be allowed to send from its domain."),
    )  # fmt: skip
    takes_plus = forms.BooleanField(
        label=_("It also gets what is sent to bounces+word@…"), required=False,
        help_text=_("Most servers do that. Then what comes back says for certain which message it was."),
    )  # fmt: skip
    host = LineField(label=_("IMAP server"), limit=253, widget=forms.TextInput(attrs={**_LATIN, "placeholder": "imap.shop.example"}))
    port = WholeNumberField(label=_("Port"), min_value=1, max_value=65535)
    tls = forms.BooleanField(
        label=_("TLS from the start, usually port 993"), required=False, help_text=_("Otherwise STARTTLS, usually port 143.")
    )
    user = LineField(label=_("User name"), limit=254, widget=forms.TextInput(attrs=_LATIN))
    password = LineField(
        label=_("Password"), limit=200, required=False, widget=forms.PasswordInput(attrs={"dir": "ltr", "autocomplete": "new-password"})
    )
    folder = LineField(label=_("Folder"), limit=200, widget=forms.TextInput(attrs=_LATIN))

    def __init__(self, data=None, *, mailbox=None):
        initial = {name: getattr(mailbox, name) for name in _NAMES} if mailbox else {}
        super().__init__(data, initial={"takes_plus": True, "port": 993, "tls": True, "folder": "INBOX", **initial})
        self.mailbox = mailbox
        self.fields["password"].help_text = (
            _("One is kept. Leave this empty to keep it. Another mailbox wants it anew.")
            if mailbox and mailbox.password
            else _("It is stored encrypted.")
        )
        self.helper = FormHelper()
        self.helper.hide_optional = True

    def clean_host(self):
        return self.cleaned_data["host"].lower().rstrip(".")

    @property
    def values(self):
        return {**self.cleaned_data, "password": self.cleaned_data["password"] or None}


class SignatureForm(forms.Form):
    """One box per language, as many lines as one likes within bounds."""

    def __init__(self, data=None, *, store, row):
        super().__init__(data)
        self.languages = store.languages_to_write_in
        for code in self.languages:
            self.fields[f"text_{code}"] = LongTextField(
                label=isolate(Language(code).label), limit=LIMIT, required=False, initial=own_in(row.text, code),
                widget=forms.Textarea(attrs={"rows": 4, "lang": code, "dir": "auto", "data-takes-variables": ""}),
            )  # fmt: skip
        self.helper = FormHelper()
        self.helper.hide_optional = True

    def clean(self):
        cleaned = super().clean()
        for code in self.languages:
            unknown = unknown_variables(cleaned.get(f"text_{code}", ""), NAMES)
            if unknown:
                self.add_error(f"text_{code}", complaint_about(unknown[0], NAMES))
        return cleaned

    @property
    def words(self):
        return {code: self.cleaned_data[f"text_{code}"].strip() for code in self.languages}
