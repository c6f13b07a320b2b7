"""The mail server, as its provider describes it. Secrets never come back out: an empty field keeps what is stored."""

import re

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import LineField, WholeNumberField
from notifications import mail_providers
from notifications.choices import MailWay, Security

_LATIN = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
_SECRET = {"dir": "ltr", "autocomplete": "new-password"}
_DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})+\Z")


class _SenderForm(forms.Form):
    secret = ""

    def __init__(self, data=None, *, account=None, **kwargs):
        self.account = account
        super().__init__(data, **kwargs)
        self.helper = FormHelper()
        self.helper.hide_optional = True
        stored = bool(account and getattr(account, self.secret))
        self.fields[self.secret].help_text = (
            _("One is kept. Leave this empty to keep it. Another server wants it anew.") if stored else _("It is stored encrypted.")
        )

    @property
    def values(self):
        """For the service: an empty secret means to keep what is stored."""
        return {**self.cleaned_data, self.secret: self.cleaned_data[self.secret] or None}


class MailAccountForm(_SenderForm):
    """A mail server, or a provider where its package is installed. Fields of the other ways are left aside."""

    secret = "password"  # noqa: S105  the name of a field

    way = forms.ChoiceField(label=_("How e-mails leave"), widget=forms.RadioSelect, required=False)
    host = LineField(
        label=_("Mail server"), limit=253, required=False, widget=forms.TextInput(attrs={**_LATIN, "placeholder": "mail.shop.example"})
    )
    port = WholeNumberField(label=_("Port"), min_value=1, max_value=65535, required=False)
    security = forms.ChoiceField(label=_("Security of the line"), choices=Security.choices, widget=forms.RadioSelect, required=False)
    user = LineField(label=_("User name"), limit=254, required=False, widget=forms.TextInput(attrs=_LATIN))
    domain = LineField(
        label=_("Sending domain"), limit=253, required=False, widget=forms.TextInput(attrs={**_LATIN, "placeholder": "mg.shop.example"}),
        help_text=_("The one that stands in your account there."),
    )  # fmt: skip
    in_europe = forms.BooleanField(label=_("The account stands in the EU"), required=False)
    password = LineField(label=_("Password or key"), limit=400, required=False, widget=forms.PasswordInput(attrs=_SECRET))
    hook_secret = LineField(
        label=_("Key the reports are signed with"), limit=400, required=False, widget=forms.PasswordInput(attrs=_SECRET),
        help_text=_("Mailgun calls it “HTTP webhook signing key”. Empty: what is stored, or the key above."),
    )  # fmt: skip
    sender = forms.EmailField(
        label=_("Address e-mails leave from"), max_length=254, widget=forms.EmailInput(attrs=_LATIN),
        help_text=_("One the server lets you send from, such as help@shop.example. A store may have its own instead."),
    )  # fmt: skip

    def __init__(self, data=None, *, account=None):
        names = ("way", "host", "port", "security", "user", "domain", "in_europe", "sender")
        initial = {name: getattr(account, name) for name in names} if account else {"port": 587, "security": Security.STARTTLS}
        super().__init__(data, account=account, initial={"way": MailWay.SMTP, **initial})
        self.has_providers = mail_providers.is_installed()
        self.fields["way"].choices = MailWay.choices if self.has_providers else [(MailWay.SMTP, MailWay.SMTP.label)]

    def clean_host(self):
        return self.cleaned_data["host"].lower().rstrip(".")

    def clean_domain(self):
        domain = self.cleaned_data["domain"].lower().rstrip(".")
        if domain and not _DOMAIN.match(domain):
            raise forms.ValidationError(_("Write a domain such as mg.shop.example."))
        return domain

    def clean(self):
        cleaned = super().clean()
        way = cleaned["way"] = cleaned.get("way") or MailWay.SMTP
        needed = ["host", "port"] if way == MailWay.SMTP else ["domain"] if way == MailWay.MAILGUN else []
        if way != MailWay.SMTP and not (self.account and self.account.way == way and self.account.password):
            needed.append("password")
        for name in needed:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        cleaned["security"] = cleaned.get("security") or Security.STARTTLS
        cleaned["port"] = cleaned.get("port") or 587
        return cleaned

    @property
    def values(self):
        """Of another way nothing is kept; of secrets, an empty field means to keep what is stored."""
        values = super().values
        unused = ("domain", "in_europe", "hook_secret") if values["way"] == MailWay.SMTP else ("host", "user")
        empty = {"in_europe": False, "hook_secret": None}
        return values | {"hook_secret": values["hook_secret"] or None} | {name: empty.get(name, "") for name in unused}


class TestMailForm(forms.Form):
    to = forms.EmailField(label=_("Send a test message to"), max_length=254, widget=forms.EmailInput(attrs={"dir": "ltr"}))
