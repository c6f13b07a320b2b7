from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from common.form_keys import OneTimeForm
from control.guide.ready import DEPARTMENTS, USUAL


class DepartmentsForm(OneTimeForm):
    """Which of the ready-made departments the store needs."""

    departments = forms.MultipleChoiceField(
        label=_("Departments to begin with"),
        widget=forms.CheckboxSelectMultiple,
        initial=USUAL,
        error_messages={"required": _("Choose one department at least, or make your own.")},
        help_text=_("Each with its name in four languages. You change them later."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        language = get_language()
        self.fields["departments"].choices = [
            (key, LazyI18nString(name).localize(language)) for key, (_icon, name, _description) in DEPARTMENTS.items()
        ]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.hide_optional = True
