from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from common.fields import LineField
from common.form_keys import OneTimeForm
from common.numbers import format_number
from common.templatetags.formats import isolate
from permissions.emergency import EMERGENCY_HOURS


class EmergencyForm(OneTimeForm):
    """Where, for how long and why."""

    department = forms.ModelChoiceField(None, label=_("Department"), empty_label=_("Choose a department"))
    hours = forms.TypedChoiceField(label=_("For how long"), coerce=int, widget=forms.RadioSelect, initial=EMERGENCY_HOURS[0])
    reason = LineField(
        label=_("Reason"),
        limit=300,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        help_text=_("Whoever is told reads it at once, and it stays in the audit log."),
    )

    def __init__(self, *args, departments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments
        self.fields["department"].label_from_instance = isolate
        self.fields["hours"].choices = [(hours, _hours(hours)) for hours in EMERGENCY_HOURS]
        self.helper = FormHelper()
        self.helper.form_tag = False


def _hours(count):
    return ngettext("%(count)s hour", "%(count)s hours", count) % {"count": format_number(count)}
