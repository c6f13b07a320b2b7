from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from control.configuration.files import MOST_BYTES


class FileForm(forms.Form):
    """A configuration file; what it says is shown before anything is changed."""

    file = forms.FileField(
        label=_("Configuration file"),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,application/yaml,text/yaml"}),
        help_text=_("Nothing is changed before you have seen what would be."),
        error_messages={"empty": _("The file is empty."), "required": _("Choose a file first.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.hide_optional = True

    @property
    def content(self):
        return self.cleaned_data["file"].read(MOST_BYTES + 1)
