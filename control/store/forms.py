"""How the store works: one form over the owner's choices."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from common.fields import WholeNumberField
from common.moments import zone_choices
from common.phones import region_choices
from common.templatetags.formats import isolate

A_MONTH = 30 * 24 * 60


class StoreForm(forms.Form):
    """Starts with what the store has. `changes` is what to hand to change_settings."""

    visitors_may_open = forms.BooleanField(
        label=_("Visitors may write without an account"),
        required=False,
        help_text=_("They leave an e-mail address or a mobile number and follow their request by a link. Otherwise they sign in first."),
    )
    customers_may_close = forms.BooleanField(label=_("Customers may close their requests"), required=False)
    max_files = WholeNumberField(label=_("Files in one message, at most"), min_value=1, max_value=20)
    max_file_mb = WholeNumberField(label=_("Size of one file, at most (MB)"), min_value=1, max_value=100)
    survey_delay_minutes = WholeNumberField(
        label=_("Ask for a rating so many minutes after closing"),
        min_value=0,
        max_value=A_MONTH,
        help_text=_("A ticket that is opened again before that is not asked about."),
    )
    sender_email = forms.EmailField(
        label=_("Sender’s address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=_("E-mails leave with this address; your mail server must be allowed to send from it. Empty: the server’s own address."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages offered to customers"), choices=Language.choices, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(
        label=_("First language"), choices=Language.choices, help_text=_("For visitors whose browser asks for none of these.")
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), help_text=_("For everybody who has not chosen another one."))
    phone_region = forms.ChoiceField(
        label=_("Country of mobile numbers"), help_text=_("Where a number belongs that is written without its country.")
    )

    def __init__(self, data=None, *, store):
        self.store = store
        initial = {name: getattr(store, name) for name in self.base_fields} | {"languages": store.offered_languages}
        super().__init__(data, initial=initial)
        self.fields["time_zone"].choices = _with_current(zone_choices(), store.time_zone)
        self.fields["phone_region"].choices = _with_current(
            [(region, isolate(words)) for region, words in region_choices()], store.phone_region
        )
        self.helper = _helper()

    def clean(self):
        cleaned = super().clean()
        if "languages" in cleaned and "language" in cleaned and cleaned["language"] not in cleaned["languages"]:
            self.add_error("language", _("Choose one of the languages you offer, or offer this one too."))
        return cleaned

    @property
    def changes(self):
        return dict(self.cleaned_data)


def _with_current(choices, current):
    """The choices, and the store's own value where it is not among them, so that saving the page never changes it unasked."""
    known = {value for value, label in choices if isinstance(label, str)} | {
        value for _group, rows in choices if isinstance(rows, list) for value, _label in rows
    }
    return choices if current in known else [*choices, (current, current)]


def _helper():
    helper = FormHelper()
    helper.form_tag = False
    helper.hide_optional = True  # each says what empty means
    helper.layout = Layout(
        _part(_("Customers"), "visitors_may_open", "customers_may_close"),
        _part(_("Files"), Row("max_files", "max_file_mb")),
        _part(_("Messages"), "sender_email", "survey_delay_minutes"),
        _part(_("Languages and place"), "languages", Row("language", "time_zone", "phone_region")),
    )
    return helper


def _part(title, *fields):
    return Div(Div(Fieldset(title, *fields), css_class="panel-body"), css_class="panel")
