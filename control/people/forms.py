"""What is asked when a colleague comes and when one goes."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from common.fields import LineField, PhoneField
from common.form_keys import OneTimeForm
from common.templatetags.formats import isolate


class ColleagueForm(OneTimeForm):
    """A name, and at least one address to sign in with. No password: that is the colleague's own matter."""

    name = LineField(label=_("Name"), limit=120, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}))
    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=254, widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"})
    )
    phone = PhoneField(label=_("Mobile number"), required=False, mobile=True)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, help_text=_("They can change it in their profile."))

    def __init__(self, *args, store, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].region = store.phone_region
        self.fields["phone"].widget.attrs["autocomplete"] = "off"
        self.fields["language"].initial = store.language
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned["email"] and not cleaned["phone"]:
            self.add_error("email", _("Give an e-mail address or a mobile number: the colleague signs in with it."))
        return cleaned


class EndingForm(forms.Form):
    """What becomes of the open tickets of somebody whose access ends. `people`: who sees all of them."""

    LEAVE, NOBODY, ANOTHER = "leave", "nobody", "another"
    tickets = forms.ChoiceField(
        label=_("Open tickets"),
        widget=forms.RadioSelect,
        initial=NOBODY,
        choices=[
            (NOBODY, _("Back to nobody, so that others take them")),
            (ANOTHER, _("To another colleague")),
            (LEAVE, _("Leave them where they are")),
        ],
    )
    assignee = forms.ModelChoiceField(None, required=False, label=_("Colleague who gets them"))

    def __init__(self, *args, people, has_tickets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = people
        self.fields["assignee"].empty_label = _("Choose a colleague")
        self.fields["assignee"].label_from_instance = isolate
        self.fields["assignee"].help_text = _("These colleagues see all of the tickets.")
        if not has_tickets:
            del self.fields["tickets"], self.fields["assignee"]
        elif not people.exists():
            self.fields["tickets"].choices = [choice for choice in self.fields["tickets"].choices if choice[0] != self.ANOTHER]
            del self.fields["assignee"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.hide_optional = True

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("tickets") == self.ANOTHER and not cleaned.get("assignee") and "assignee" not in self.errors:
            self.add_error("assignee", _("Choose who gets the tickets."))
        return cleaned
