"""Forms that more than one door shows."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import EmailOrPhoneField
from notifications.choices import Channel


class OtherAddressForm(forms.Form):
    """Where else it should go: an e-mail address or a mobile number."""

    to = EmailOrPhoneField(label=_("E-mail address or mobile number"), max_length=254)

    def __init__(self, data=None, *, region, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["to"].region = region
        self.helper = FormHelper()

    @property
    def channel(self):
        return Channel.MAIL if "@" in self.cleaned_data["to"] else Channel.SMS
