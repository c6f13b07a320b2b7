"""What staff type about customers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from backoffice.doors import customers_visible_to
from common.fields import LineField, PhoneField
from common.form_keys import OneTimeForm
from customers.models import Customer


class NewCustomerForm(forms.Form):
    """Somebody who has not written yet: a name, and at least one way to reach them."""

    prefix = "new"

    name = LineField(label=_("Name"), limit=120, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}))
    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=254, widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"})
    )
    phone = PhoneField(label=_("Mobile number"), required=False, mobile=True)
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, help_text=_("We write to the customer in this language."))

    def __init__(self, *args, user, store, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.known = user, []
        self.fields["phone"].region = store.phone_region
        self.fields["phone"].widget.attrs["autocomplete"] = "off"
        self.fields["language"].initial = store.language

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        email, phone = cleaned["email"], cleaned["phone"]
        if not email and not phone:
            raise forms.ValidationError(_("Give an e-mail address or a mobile number, so that the answer arrives."))
        # Somebody with this address is chosen, not made again.
        self.known = list(customers_visible_to(self.user).filter(Customer.addressed(email=email, phone=phone))[:3])
        if self.known:
            raise forms.ValidationError(_("Somebody with this address is a customer already. Choose them below."))
        return cleaned


class CustomerNoteForm(OneTimeForm):
    text = LineField(label=_("Note"), limit=500, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}))
    is_warning = forms.BooleanField(label=_("Warning"), required=False, help_text=_("A warning stands over every ticket of this customer."))
    is_pinned = forms.BooleanField(label=_("Pinned"), required=False, help_text=_("Pinned notes stand before the others."))
    ticket = forms.SlugField(required=False, max_length=12, widget=forms.HiddenInput)
