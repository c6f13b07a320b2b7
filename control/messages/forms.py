"""How messages are kept from becoming a flood, and which ticket and message somebody asks about."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.fields import LineField, WholeNumberField
from common.numbers import ascii_digits
from notifications.choices import Template
from notifications.ways import TELLS
from tickets.models import Ticket


class LimitsForm(forms.Form):
    flood_mails = WholeNumberField(
        label=gettext_lazy("E-mails of one kind to one colleague"), min_value=0, max_value=1000,
        help_text=gettext_lazy("What is more than this is gathered into one e-mail. 0: nothing is gathered."),
    )  # fmt: skip
    flood_minutes = WholeNumberField(label=gettext_lazy("Within so many minutes"), min_value=1, max_value=1440)
    answers_minutes = WholeNumberField(
        label=gettext_lazy("Gather answers to a customer for so many minutes"), min_value=0, max_value=120,
        help_text=gettext_lazy("Several answers in one request are told in one e-mail. 0: each answer at once."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.hide_optional = True


class AskForm(forms.Form):
    """“Who would hear of this?”"""

    number = LineField(
        label=gettext_lazy("Ticket number"),
        limit=20,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "inputmode": "numeric"}),
    )
    message = forms.ChoiceField(label=gettext_lazy("Message"))

    def __init__(self, data=None, *, user, store):
        super().__init__(data)
        self.user, self.store, self.ticket = user, store, None
        self.fields["message"].choices = [(template.value, template.label) for template in TELLS]

    def clean_number(self):
        number = ascii_digits(self.cleaned_data["number"]).strip(" #")
        self.ticket = Ticket.objects.visible_to(self.user).filter(store=self.store, number=number.upper()).for_page().first()
        if self.ticket is None:
            raise forms.ValidationError(_("There is no such ticket, or you may not see it."))
        return number

    @property
    def template(self):
        return Template(self.cleaned_data["message"])
