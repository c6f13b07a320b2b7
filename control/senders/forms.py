"""Mail server and SMS gateway, as their provider describes them. Secrets never come back out: an empty field keeps what is stored."""

import re

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import LineField, LongTextField, PhoneField, WholeNumberField
from notifications.choices import GatewayKind, Security

_LATIN = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
_SECRET = {"dir": "ltr", "autocomplete": "new-password"}
_HEADER = re.compile(r"([A-Za-z0-9-]{1,60}):[ \t]*([\x21-\x7e][\x20-\x7e]{0,400})\Z")


class _SenderForm(forms.Form):
    secret = ""

    def __init__(self, data=None, *, account=None, **kwargs):
        self.account = account
        super().__init__(data, **kwargs)
        self.helper = FormHelper()
        self.helper.hide_optional = True
        stored = bool(account and getattr(account, self.secret))
        self.fields[self.secret].help_text = (
            _("One is kept. Leave this empty to keep it. Another server or gateway wants it anew.")
            if stored
            else _("It is stored encrypted.")
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


class SmsAccountForm(_SenderForm):
    secret = "key"  # noqa: S105  the name of a field

    gateway = forms.ChoiceField(
        label=_("Gateway"),
        choices=[kind for kind in GatewayKind.choices if kind[0] in {"kavenegar", "smsapi", "http"}],
        widget=forms.RadioSelect,
    )
    sender = LineField(
        label=_("Sender"), limit=40, required=False, widget=forms.TextInput(attrs=_LATIN),
        help_text=_("The number or name your gateway gave you. Empty: its own."),
    )  # fmt: skip
    key = LineField(label=_("Key"), limit=400, required=False, widget=forms.PasswordInput(attrs=_SECRET))
    templates = LongTextField(
        label=_("Approved templates (Kavenegar)"), limit=2000, required=False, widget=forms.Textarea(attrs={**_LATIN, "rows": 2}),
        help_text=_("For gateways that want them: one a line, such as sign_in_code=shop-code."),
    )  # fmt: skip
    url = LineField(
        label=_("Address of the call"), limit=500, required=False,
        widget=forms.TextInput(attrs={**_LATIN, "placeholder": "https://sms.example.com/send"}),
        help_text=_("{to}, {number} (without +), {text}, {sender} and {secret} (the key) are filled in, here and below."),
    )  # fmt: skip
    method = forms.ChoiceField(label=_("Kind of call"), choices=[("POST", "POST"), ("GET", "GET"), ("PUT", "PUT")], required=False)
    headers = LongTextField(
        label=_("Headers"), limit=2000, required=False, widget=forms.Textarea(attrs={**_LATIN, "rows": 2}),
        help_text=_("One a line, such as Authorization: Bearer {secret}. Write {secret}, never the key itself."),
    )  # fmt: skip
    body = LongTextField(label=_("Body of the call"), limit=4000, required=False, widget=forms.Textarea(attrs={**_LATIN, "rows": 3}))
    success = LineField(
        label=_("Words of a good answer"), limit=100, required=False, widget=forms.TextInput(attrs=_LATIN),
        help_text=_("What the answer contains when the SMS was taken. Empty: any answer that is no error."),
    )  # fmt: skip

    def __init__(self, data=None, *, account=None):
        initial = {"gateway": GatewayKind.KAVENEGAR, "method": "POST"}
        if account:
            initial = {name: getattr(account, name) for name in ("gateway", "sender", "url", "method", "body", "success")}
            initial["templates"] = "\n".join(f"{name}={value}" for name, value in account.templates.items())
            initial["headers"] = "\n".join(f"{name}: {value}" for name, value in account.headers.items())
        super().__init__(data, account=account, initial=initial)

    def clean_templates(self):
        pairs = {}
        for line in filter(None, map(str.strip, self.cleaned_data["templates"].splitlines())):
            name, equals, value = (part.strip() for part in line.partition("="))
            if not (name and equals and value):
                raise forms.ValidationError(_("Write one pair a line, such as sign_in_code=shop-code."))
            pairs[name] = value
        return pairs

    def clean_headers(self):
        headers = {}
        for line in filter(None, map(str.strip, self.cleaned_data["headers"].splitlines())):
            found = _HEADER.match(line)
            if not found or found.group(1).lower() in {"host", "content-length", "transfer-encoding"}:
                raise forms.ValidationError(_("Write one header a line, such as Authorization: Bearer {secret}."))
            headers[found.group(1)] = found.group(2)
        return headers

    def clean(self):
        cleaned = super().clean()
        gateway = cleaned.get("gateway")
        if gateway == GatewayKind.HTTP and not cleaned.get("url") and "url" not in self.errors:
            self.add_error("url", _("This gateway needs the address to call."))
        kept = self.account and self.account.key and self.account.gateway == gateway
        if gateway in {GatewayKind.KAVENEGAR, GatewayKind.SMSAPI} and not cleaned.get("key") and not kept and "key" not in self.errors:
            self.add_error("key", _("This gateway needs its key."))
        cleaned["method"] = cleaned.get("method") or "POST"
        return cleaned


class TestMailForm(forms.Form):
    to = forms.EmailField(label=_("Send a test message to"), max_length=254, widget=forms.EmailInput(attrs={"dir": "ltr"}))


class TestSmsForm(forms.Form):
    to = PhoneField(label=_("Send a test SMS to"), mobile=True)
