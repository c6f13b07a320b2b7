"""The approved templates of one gateway, as a table: for which message, in which language, its name there, what fills its places."""

import re

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.choices import Language
from common.fields import LineField
from control.sms.views import own_gateway
from notifications.choices import GatewayKind, Template
from notifications.gateways.kavenegar import TOKENS
from notifications.rendering import SMS_VARIABLES
from notifications.sms_gateways import set_templates

_LATIN = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}
_PAIR = re.compile(r"([A-Za-z0-9_.-]{1,40})\s*=\s*([a-z_]{1,30})\Z")
#: What no SMS tells of.
_WITHOUT_SMS = {Template.EXPORTED, Template.HELD_BACK, Template.EMERGENCY}
EMPTY_ROWS = 3


class RowForm(forms.Form):
    """One line of the table. A line without a template counts for nothing."""

    template = forms.ChoiceField(label=gettext_lazy("Message"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    name = LineField(label=gettext_lazy("Template at the gateway"), limit=100, required=False, widget=forms.TextInput(attrs=_LATIN))
    parameters = LineField(
        label=gettext_lazy("Its places"), limit=400, required=False, widget=forms.TextInput(attrs={**_LATIN, "placeholder": "token=code"})
    )

    def __init__(self, *args, kind, **kwargs):
        self.kind = kind
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [("", "–"), *((value, label) for value, label in Template.choices if value not in _WITHOUT_SMS)]
        self.fields["language"].choices = [("", _("every language")), *Language.choices]
        for field in self.fields.values():
            field.widget.attrs["class"] = "input input-sm"

    def clean_parameters(self):
        pairs = []
        for part in filter(None, (part.strip() for part in self.cleaned_data["parameters"].split(","))):
            found = _PAIR.match(part)
            if not found:
                raise forms.ValidationError(_("Write the places like token=code, token2=link."))
            place, variable = found.groups()
            if variable not in SMS_VARIABLES:
                raise forms.ValidationError(_("“%(name)s” is none of our words. They stand below the table.") % {"name": variable})
            if self.kind == GatewayKind.KAVENEGAR and place not in TOKENS:
                raise forms.ValidationError(_("Kavenegar knows the places %(places)s.") % {"places": ", ".join(TOKENS)})
            pairs.append([place, variable])
        return pairs

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("name") and not cleaned.get("template"):
            self.add_error("template", _("For which message is it?"))
        if cleaned.get("template") and not cleaned.get("name"):
            self.add_error("name", _("What is it called at the gateway?"))
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
def templates(request, store, pk):
    row = own_gateway(store, pk)
    known = [
        {"template": one.template, "language": one.language, "name": one.name, "parameters": ", ".join(map("=".join, one.parameters))}
        for one in row.templates.all()
    ]
    count, forms_shown = len(known) + EMPTY_ROWS, []
    for place in range(min(count, 100) if request.method != "POST" else _rows_sent(request)):
        data = request.POST if request.method == "POST" else None
        initial = known[place] if data is None and place < len(known) else {}
        forms_shown.append(RowForm(data, prefix=f"row{place}", kind=row.kind, initial=initial))
    are_valid = [form.is_valid() for form in forms_shown]  # of each, so that each shows its mistakes
    if request.method == "POST" and all(are_valid) and _all_different(forms_shown):
        rows = [form.cleaned_data for form in forms_shown if form.cleaned_data["name"]]
        set_templates(row, rows, by=request.user)
        messages.success(request, _("The templates are saved."))
        return redirect("control:sms_gateway", row.pk)
    context = {"gateway": row, "forms": forms_shown, "variables": SMS_VARIABLES, "count": len(forms_shown)}
    return render(request, "control/sms/templates.html", context, status=422 if request.method == "POST" else 200)


def _rows_sent(request):
    sent = request.POST.get("rows", "")
    return min(int(sent), 100) if sent.isascii() and sent.isdecimal() and len(sent) < 4 else 0


def _all_different(shown):
    seen, is_fine = set(), True
    for form in shown:
        key = (form.cleaned_data["template"], form.cleaned_data["language"])
        if form.cleaned_data["name"] and key in seen:
            form.add_error("template", _("This message has a template in this language already."))
            is_fine = False
        seen.add(key)
    return is_fine
