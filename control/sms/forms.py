"""A gateway as its company describes it, and what a store wants of its SMS. Keys never come back out: an empty field keeps what is stored."""

import re

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import LineField, LongTextField, NumberField, PhoneField, WholeNumberField
from departments.models import Department
from notifications.choices import GatewayKind
from notifications.gateways.http import DESCRIBED

_LATIN = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
_SECRET = {"dir": "ltr", "autocomplete": "new-password"}
_HEADER = re.compile(r"([A-Za-z0-9-]{1,60}):[ \t]*([\x21-\x7e][\x20-\x7e]{0,400})\Z")
_FIELDS = (
    "name", "kind", "sender", "user", "url", "method", "body", "success", "templates_only", "price_per_part", "currency", "monthly_limit",
    "balance_warning",
)  # fmt: skip
#: What a kind cannot do without.
_NEEDED = {
    GatewayKind.KAVENEGAR: ("key",),
    GatewayKind.SMSIR: ("key", "sender"),
    GatewayKind.SMSAPI: ("key",),
    GatewayKind.TWILIO: ("user", "key", "sender"),
    GatewayKind.KANNEL: ("url", "user", "key"),
    GatewayKind.HTTP: ("url",),
    GatewayKind.INSTALLATION: (),
}
_MISSING = {
    "key": _("This gateway needs its key."),
    "url": _("This gateway needs the address to call."),
    "user": _("This gateway needs the user name or account."),
    "sender": _("This gateway needs the number or name SMS leave from."),
}
_DESCRIBED_LABELS = {
    "answer_id": _("Where the answer names the message"),
    "report_id": _("Name of the parameter with the message"),
    "report_state": _("Name of the parameter with the state"),
    "report_delivered": _("Words for “delivered”"),
    "report_failed": _("Words for “not delivered”"),
    "report_parts": _("Name of the parameter with the parts"),
    "report_cost": _("Name of the parameter with the cost"),
    "report_url": _("Address that tells the state of one message"),
    "in_from": _("Name of the parameter with the sender"),
    "in_to": _("Name of the parameter with our number"),
    "in_text": _("Name of the parameter with the text"),
    "in_id": _("Name of the parameter with the id"),
    "balance_url": _("Address that tells the balance"),
    "balance_answer": _("Where the answer names the balance"),
}
_DESCRIBED_HELP = {
    "answer_id": _("Write {id} where it stands, such as OK {id}."),
    "report_delivered": _("With commas between them, such as DELIVRD, 1."),
    "report_url": _("Asked for some hours where no report comes. Write {id} for the message."),
    "balance_answer": _("Write {balance} where it stands. Empty: the first number."),
}


def _plain(help_text="", **options):
    return LineField(limit=500, required=False, widget=forms.TextInput(attrs=_LATIN), help_text=help_text, **options)


class GatewayForm(forms.Form):
    """`values` is what to hand to save_gateway: an empty key means to keep the stored one."""

    kind = forms.ChoiceField(label=_("Gateway"), choices=GatewayKind.choices, widget=forms.RadioSelect)
    name = LineField(
        label=_("What you call it"),
        limit=60,
        required=False,
        help_text=_("For you, such as “Kavenegar, codes only”. Empty: the company's."),
    )
    sender = LineField(
        label=_("Sender"), limit=40, required=False, widget=forms.TextInput(attrs=_LATIN),
        help_text=_("The number or name your gateway gave you. Empty: its own."),
    )  # fmt: skip
    user = LineField(
        label=_("User name or account"), limit=100, required=False, widget=forms.TextInput(attrs=_LATIN),
        help_text=_("Twilio: the Account SID. Kannel: the user of sendsms."),
    )  # fmt: skip
    key = LineField(label=_("Key"), limit=400, required=False, widget=forms.PasswordInput(attrs=_SECRET))
    templates_only = forms.BooleanField(
        label=_("Only by approved templates"), required=False,
        help_text=_("Messages without a template of this gateway are left to the next one."),
    )  # fmt: skip
    url = LineField(
        label=_("Address of the call"), limit=500, required=False,
        widget=forms.TextInput(attrs={**_LATIN, "placeholder": "https://sms.example.com/send"}),
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
    price_per_part = NumberField(
        label=_("Price of one part"), required=False, help_text=_("Counted until the gateway itself tells what a message cost.")
    )  # fmt: skip
    currency = LineField(
        label=_("Currency"), limit=3, required=False, widget=forms.TextInput(attrs={**_LATIN, "placeholder": "PLN"})
    )  # fmt: skip
    monthly_limit = NumberField(
        label=_("At most in a month"), required=False, help_text=_("When it has cost so much, the next gateway is asked.")
    )  # fmt: skip
    balance_warning = NumberField(label=_("Warn when less is left than"), required=False)

    def __init__(self, data=None, *, gateway=None, kind=GatewayKind.KAVENEGAR):
        self.gateway = gateway
        initial = {"kind": kind, "method": "POST"}
        if gateway:
            initial = {name: getattr(gateway, name) for name in _FIELDS} | {
                "headers": "\n".join(f"{name}: {value}" for name, value in gateway.headers.items())
            }
        super().__init__(data, initial=initial)
        self.helper = FormHelper()
        self.helper.hide_optional = True
        said = gateway.described if gateway else {}
        for name in DESCRIBED:
            self.fields[name] = _plain(_DESCRIBED_HELP.get(name, ""), label=_DESCRIBED_LABELS[name], initial=said.get(name, ""))
        self.fields["key"].help_text = (
            _("One is kept. Leave this empty to keep it. Another company, account or address wants it anew.")
            if gateway and gateway.key
            else _("It is stored encrypted and never shown again.")
        )

    def group(self, *starts):
        return [self[name] for name in DESCRIBED if name.startswith(starts)]

    @property
    def report_fields(self):
        return self.group("answer", "report")

    @property
    def inbound_fields(self):
        return self.group("in_")

    @property
    def balance_fields(self):
        return self.group("balance")

    @property
    def values(self):
        cleaned = dict(self.cleaned_data)
        described = {name: value for name in DESCRIBED if (value := cleaned.pop(name))}
        return cleaned | {"described": described, "key": cleaned["key"] or None}

    def clean_currency(self):
        code = self.cleaned_data["currency"].upper()
        if code and not (len(code) == 3 and code.isascii() and code.isalpha()):
            raise forms.ValidationError(_("Write the three letters of a currency, such as PLN, EUR or IRR."))
        return code

    def clean_price_per_part(self):
        return self._not_negative("price_per_part")

    def clean_monthly_limit(self):
        return self._not_negative("monthly_limit")

    def clean_balance_warning(self):
        return self._not_negative("balance_warning")

    def _not_negative(self, name):
        value = self.cleaned_data[name]
        if value is not None and not 0 <= value < 10**8:
            raise forms.ValidationError(_("Write an amount from 0 to 99,999,999."))
        return value

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
        kind = cleaned.get("kind")
        kept = self.gateway and self.gateway.key and self.gateway.kind == kind
        for name in _NEEDED.get(kind, ()):
            if not cleaned.get(name) and name not in self.errors and not (name == "key" and kept):
                self.add_error(name, _MISSING[name])
        cleaned["method"] = cleaned.get("method") or "POST"
        return cleaned


class TestSmsForm(forms.Form):
    to = PhoneField(label=_("Send a test SMS to"), mobile=True)
    text = LongTextField(label=_("Text"), limit=600, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}))

    def __init__(self, data=None, *, store, initial=None):
        super().__init__(data, initial=initial, auto_id="sms_%s")
        self.fields["to"].region = store.phone_region


class RulesForm(forms.Form):
    plain_latin = forms.BooleanField(
        label=_("Write Polish and other Latin letters plainly"), required=False,
        help_text=_("ą becomes a, „ becomes \". Only where the whole text then fits the cheap alphabet of 160 signs; Persian and Russian stay."),
    )  # fmt: skip
    mail_instead = forms.BooleanField(
        label=_("What no gateway takes goes by e-mail"), required=False, help_text=_("Where we know an address, and no e-mail told of it already.")
    )  # fmt: skip
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    quiet_until = forms.TimeField(
        label=_("Quiet until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("By the clock where the customer lives, for customers who chose no hours themselves. Codes never wait."),
    )  # fmt: skip
    number_per_hour = WholeNumberField(label=_("To one number in an hour"), min_value=1, max_value=1000, required=False)
    number_per_day = WholeNumberField(label=_("To one number in a day"), min_value=1, max_value=5000, required=False)
    store_per_hour = WholeNumberField(
        label=_("Of this store in an hour"), min_value=1, max_value=1_000_000, required=False,
        help_text=_("Empty: no limit. What is too much for an hour waits, what is too much for a day does not leave. Codes have their own limit."),
    )  # fmt: skip
    department = forms.ModelChoiceField(
        label=_("New requests by SMS go to"),
        queryset=Department.objects.none(),
        required=False,
        empty_label=_("nowhere: they wait for you"),
    )

    def __init__(self, data=None, *, store, rules):
        names = [name for name in self.base_fields if name != "department"]
        super().__init__(data, initial={name: getattr(rules, name) for name in names} | {"department": rules.department_id})
        self.helper = FormHelper()
        self.helper.hide_optional = True
        self.fields["department"].queryset = Department.objects.filter(stores=store, archived_at=None)

    def clean(self):
        cleaned = super().clean()
        if bool(cleaned.get("quiet_from")) != bool(cleaned.get("quiet_until")) and not self.errors:
            self.add_error("quiet_until", _("Quiet hours need both ends."))
        return cleaned

    @property
    def values(self):
        cleaned = dict(self.cleaned_data)
        department = cleaned.pop("department")
        return cleaned | {"department_id": department.pk if department else None}
