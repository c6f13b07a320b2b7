from datetime import datetime, time, timedelta

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.fields import JalaliDateField

LONGEST = timedelta(days=366)


class AwayForm(forms.Form):
    """Until when a colleague is away. `until` becomes the first moment of the day they are back."""

    back_on = JalaliDateField(
        label=_("Back on"), required=False, help_text=_("From the beginning of this day. Empty: until you say that you are back.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["back_on"].earliest, self.fields["back_on"].latest = today + timedelta(days=1), today + LONGEST
        self.helper = FormHelper()
        self.helper.form_tag = False

    @property
    def until(self):
        day = self.cleaned_data["back_on"]
        return timezone.make_aware(datetime.combine(day, time.min)) if day else None
