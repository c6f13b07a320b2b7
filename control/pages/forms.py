from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import LineField
from common.numbers import ascii_digits
from stores.wording import WordingForm


class PageForm(WordingForm):
    """An information page: its address, and title and text in each language."""

    line_label, text_label = _("Title (%(language)s)"), _("Text (%(language)s)")
    line_limit, text_limit, rows = 120, 60_000, 12

    address = LineField(
        limit=40,
        label=_("Address"),
        help_text=_("A word of small Latin letters, digits and hyphens, such as delivery. The page then stands under pages/delivery/."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    is_published = forms.BooleanField(label=_("Published"), required=False, help_text=_("A draft is seen on this page only."))
    in_menu = forms.BooleanField(
        label=_("In the portal’s menu"), required=False, initial=True, help_text=_("Else it is found by its address only.")
    )

    def clean_address(self):
        address = ascii_digits(self.cleaned_data["address"]).lower()
        if not all(sign.isascii() and (sign.isalnum() or sign == "-") for sign in address) or address.strip("-") != address:
            raise forms.ValidationError(_("Use small Latin letters, digits and hyphens only, with a letter or digit at both ends."))
        return address
