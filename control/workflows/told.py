"""Which texts an action sends to whom: a few rows, two of them empty. A row without a text is left out."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from common.templatetags.formats import isolate
from notifications.choices import Recipient
from notifications.models import ActionText

MOST = 40


class ToldForm(forms.Form):
    text = forms.ChoiceField(label=_("Text"), required=False)
    recipient = forms.ChoiceField(label=_("To"), choices=Recipient, required=False)
    address = forms.EmailField(
        label=_("Address"), required=False, max_length=254, widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"})
    )

    def __init__(self, *args, texts, **kwargs):
        super().__init__(*args, **kwargs)
        current = self.initial.get("text")
        gone = [(current, isolate(current))] if current and current not in dict(texts) else []
        self.fields["text"].choices = [("", _("no text")), *texts, *gone]
        self.helper = FormHelper()
        self.helper.hide_optional = True

    def clean(self):
        cleaned = super().clean()
        wants = cleaned.get("text") and cleaned.get("recipient") == Recipient.ADDRESS
        if wants and not cleaned.get("address") and "address" not in self.errors:
            self.add_error("address", _("Write the address."))
        return cleaned


class Told:
    """The rows, and `changes`: what they say."""

    def __init__(self, data, messages):
        texts = [(text.key, isolate(text.name)) for text in ActionText.objects.filter(archived_at=None)]
        self.has_texts = bool(texts)
        sent = _number(data.get("told-rows")) if data is not None else 0
        number = min(max(sent, len(messages) + 2), MOST)
        initial = [*messages, *({"recipient": Recipient.CUSTOMER.value} for _each in range(number - len(messages)))]
        self.rows = [ToldForm(data, prefix=f"told-{place}", initial=row, texts=texts) for place, row in enumerate(initial)]
        self.twice = ""

    def is_valid(self):
        faulty = [row for row in self.rows if not row.is_valid()]
        if faulty:
            return False
        told = [tuple(each.values()) for each in self.changes]
        if len(set(told)) < len(told):
            self.twice = _("One text is sent twice to the same people.")
        return not self.twice

    @property
    def changes(self):
        given = [row.cleaned_data for row in self.rows if row.cleaned_data.get("text")]
        return [
            {
                "text": row["text"],
                "recipient": row["recipient"] or Recipient.CUSTOMER.value,
                "address": row["address"] if row["recipient"] == Recipient.ADDRESS else "",
            }
            for row in given
        ]


def _number(text):
    return int(text) if (text or "").isascii() and (text or "").isdigit() and len(text) < 4 else 0
