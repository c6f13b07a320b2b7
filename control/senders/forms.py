"""The mail server, as its provider describes it. Secrets never come back out: an empty field keeps what is stored."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import LineField, WholeNumberField
from notifications.choices import Security

_LATIN = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
_SECRET = {"dir": "ltr", "autocomplete": "new-password"}


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
    secret = "password"  # noqa: S105  the name of a field

    host = LineField(label=_("Mail server"), limit=253, widget=forms.TextInput(attrs={**_LATIN, "placeholder": "mail.shop.example"}))
    port = WholeNumberField(label=_("Port"), min_value=1, max_value=65535)
    security = forms.ChoiceField(label=_("Security of the line"), choices=Security.choices, widget=forms.RadioSelect)
    user = LineField(label=_("User name"), limit=254, required=False, widget=forms.TextInput(attrs=_LATIN))
    password = LineField(label=_("Password"), limit=200, required=False, widget=forms.PasswordInput(attrs=_SECRET))
    sender = forms.EmailField(
        label=_("Address e-mails leave from"), max_length=254, widget=forms.EmailInput(attrs=_LATIN),
        help_text=_("One the server lets you send from, such as help@shop.example. A store may have its own instead."),
    )  # fmt: skip

    def __init__(self, data=None, *, account=None):
        names = ("host", "port", "security", "user", "sender")
        initial = {name: getattr(account, name) for name in names} if account else {"port": 587, "security": Security.STARTTLS}
        super().__init__(data, account=account, initial=initial)

    def clean_host(self):
        return self.cleaned_data["host"].lower().rstrip(".")


class TestMailForm(forms.Form):
    to = forms.EmailField(label=_("Send a test message to"), max_length=254, widget=forms.EmailInput(attrs={"dir": "ltr"}))
