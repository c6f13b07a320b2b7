from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from common.form_keys import OneTimeForm
from common.templatetags.formats import isolate
from permissions.teams import NAME_LIMIT


class TeamForm(OneTimeForm):
    """A team's name and who is in it. Who has no access at present is not shown, and stays what they were."""

    name = LineField(label=_("Name"), limit=NAME_LIMIT, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}))
    members = forms.ModelMultipleChoiceField(None, required=False, label=_("Members"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = get_user_model().objects.staff()
        self.fields["members"].label_from_instance = isolate
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.hide_optional = True
