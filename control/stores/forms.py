from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from common.form_keys import OneTimeForm


class NewStoreForm(OneTimeForm):
    """What a store cannot do without. All the rest is copied from the first one, and changed in its own settings."""

    name = LineField(label=_("Name of the store"), limit=120, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}))
    address = LineField(
        label=_("Word of its portal’s address"),
        limit=60,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("Small Latin letters, digits and hyphens: jobs, wholesale, contest. A host of its own can be given later."),
    )
