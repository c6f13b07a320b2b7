from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from common.fields import LineField


class SetupForm(forms.Form):
    """What a help desk needs to know before it can be set up: what the store is called, and who owns it."""

    store_name = LineField(
        label=_("Name of your store"), limit=120, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "organization"})
    )
    language = forms.ChoiceField(
        label=_("Language of your customers"), choices=Language.choices, help_text=_("The first one. More languages are added later.")
    )
    name = LineField(label=_("Your name"), limit=120, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}))
    email = forms.EmailField(label=_("Your e-mail"), max_length=254, widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"}))
    password = forms.CharField(
        label=_("Password"), max_length=256, strip=False, help_text=_("At least 8 characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Fieldset(_("Your store"), "store_name", "language"), Fieldset(_("You"), "name", "email", "password"))

    def clean_password(self):
        password = self.cleaned_data["password"]
        person = get_user_model()(name=self.cleaned_data.get("name", ""), email=self.cleaned_data.get("email"))
        validate_password(password, person)
        return password
