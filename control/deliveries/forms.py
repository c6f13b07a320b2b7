from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import WholeNumberField


class WatchForm(forms.Form):
    """When owners are told that messages do not arrive."""

    is_on = forms.BooleanField(
        label=_("Tell those who change the settings when messages do not arrive"),
        required=False,
        help_text=_("Once in the bell, and by e-mail where e-mail is not what fails; and once more when it is over."),
    )
    waiting_minutes = WholeNumberField(label=_("When the oldest message has waited for so many minutes"), min_value=2, max_value=1440)
    failing_percent = WholeNumberField(label=_("Or when so many percent of an hour’s messages failed"), min_value=1, max_value=100)
    failing_least = WholeNumberField(
        label=_("But only when there were so many in that hour, at least"), min_value=1, max_value=10_000,
    )  # fmt: skip
    steps_days = WholeNumberField(
        label=_("Keep the story of each message for so many days"), min_value=7, max_value=3650,
        help_text=_("What became of it stays for as long as the ticket; the single attempts do not."),
    )  # fmt: skip

    def __init__(self, data=None, *, watch):
        super().__init__(data, initial={name: getattr(watch, name) for name in self.base_fields})
        self.helper = FormHelper()
