"""How the store works: a small form for each subject. `changes` of each is what to hand to change_settings."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Calendar, Language
from common.fields import LineField, WholeNumberField
from common.moments import zone_choices
from common.numbers import ascii_digits, format_number
from common.phones import region_choices
from common.templatetags.formats import isolate
from control.surveys.forms import RulesForm


class SettingsForm(forms.Form):
    """Starts with what the store has."""

    def __init__(self, data=None, *, store):
        self.store = store
        super().__init__(data, initial={name: getattr(store, name) for name in self.base_fields})
        self.helper = FormHelper()
        self.helper.hide_optional = True  # where a field may stay empty, its help says what that means

    @property
    def changes(self):
        return dict(self.cleaned_data)


class LanguagesForm(SettingsForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages offered to customers"), choices=Language.choices, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(
        label=_("First language"), choices=Language.choices, help_text=_("For visitors whose browser asks for none of these.")
    )
    calendar = forms.ChoiceField(
        label=_("Calendar"), choices=Calendar.choices, help_text=_("Of visitors; whoever has an account chooses in the profile.")
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), help_text=_("For everybody who has not chosen another one."))
    phone_region = forms.ChoiceField(
        label=_("Country of mobile numbers"), help_text=_("Where a number belongs that is written without its country.")
    )

    def __init__(self, data=None, *, store):
        super().__init__(data, store=store)
        self.initial["languages"] = store.offered_languages
        self.fields["time_zone"].choices = _with_current(zone_choices(), store.time_zone)
        regions = [(region, isolate(words)) for region, words in region_choices()]
        self.fields["phone_region"].choices = _with_current(regions, store.phone_region)

    def clean(self):
        cleaned = super().clean()
        if "languages" in cleaned and "language" in cleaned and cleaned["language"] not in cleaned["languages"]:
            self.add_error("language", _("Choose one of the languages you offer, or offer this one too."))
        return cleaned


class RequestsForm(SettingsForm):
    """Who may ask and until when one may go on; how numbers look; how long things are kept."""

    visitors_may_open = forms.BooleanField(
        label=_("Visitors may write without an account"),
        required=False,
        help_text=_("They leave an e-mail address or a mobile number and follow their request by a link. Otherwise they sign in first."),
    )
    customers_may_close = forms.BooleanField(
        label=_("Customers may close their requests"), required=False, help_text=_("Where the status of the request allows it too.")
    )
    customers_may_reopen = forms.BooleanField(
        label=_("Customers may open closed requests again"),
        required=False,
        help_text=_("By answering, for as long as the status allows. Otherwise they begin a new request."),
    )
    late_answers_open_new = forms.BooleanField(
        label=_("After that an answer opens a new request"),
        required=False,
        help_text=_("It is linked with the closed one, and the customer is told so. Otherwise they are asked to open one themselves."),
    )
    number_prefix = LineField(
        label=_("Letters before numbers"),
        limit=4,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("At most four Latin letters or digits, beginning with a letter. Empty: numbers of digits alone."),
    )
    number_digits = forms.TypedChoiceField(
        label=_("Digits of a number"),
        coerce=int,
        choices=[(count, count) for count in range(5, 9)],
        help_text=_("Tickets that are there keep theirs."),
    )
    retention_months = WholeNumberField(
        label=_("Delete closed tickets after so many months"),
        required=False,
        min_value=1,
        max_value=240,
        help_text=_("With all their messages and files, for good. Empty: they are kept for ever."),
    )

    def __init__(self, data=None, *, store):
        super().__init__(data, store=store)
        self.fields["number_digits"].choices = [(count, format_number(count)) for count in range(5, 9)]

    def clean_number_prefix(self):
        prefix = ascii_digits(self.cleaned_data["number_prefix"]).upper()
        if prefix and not (prefix.isascii() and prefix.isalnum() and prefix[0].isalpha()):
            raise forms.ValidationError(_("Use Latin letters and digits only, beginning with a letter: NV, RMA2."))
        return prefix


class MessagesForm(SettingsForm):
    max_files = WholeNumberField(label=_("Files in one message, at most"), min_value=1, max_value=20)
    max_file_mb = WholeNumberField(label=_("Size of one file, at most (MB)"), min_value=1, max_value=100)
    sender_email = forms.EmailField(
        label=_("Sender’s address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=_("E-mails leave with this address; your mail server must be allowed to send from it. Empty: the server’s own address."),
    )
    reply_to = forms.EmailField(
        label=_("Address answers go to"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=_("Where a customer’s answer by e-mail arrives. Empty: at the sender’s address."),
    )
    undo_seconds = WholeNumberField(
        label=_("A reply can be taken back for so many seconds"),
        min_value=0,
        max_value=60,
        help_text=_("Only then does it leave, and the customer hears of it. 0: it leaves at once."),
    )


#: What settings are called on their pages; the audit log says the same.
SETTING_FIELDS = {**LanguagesForm.base_fields, **RequestsForm.base_fields, **MessagesForm.base_fields, **RulesForm.base_fields}


def _with_current(choices, current):
    """The choices, and the store's own value where it is not among them, so that saving the page never changes it unasked."""
    known = {value for value, label in choices if isinstance(label, str)} | {
        value for _group, rows in choices if isinstance(rows, list) for value, _label in rows
    }
    return choices if current in known else [*choices, (current, current)]
