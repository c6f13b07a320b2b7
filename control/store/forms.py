"""How the store works: one form over the owner's choices."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from common.fields import LineField, WholeNumberField
from common.moments import zone_choices
from common.phones import region_choices
from common.templatetags.formats import isolate
from stores.models import CaptchaChoice

A_MONTH = 30 * 24 * 60


class StoreForm(forms.Form):
    """Starts with what the store has. `changes` is what to hand to change_settings.

    The secret key never leaves: an empty field keeps the one there is.
    """

    visitors_may_open = forms.BooleanField(
        label=_("Visitors may write without an account"),
        required=False,
        help_text=_("They leave an e-mail address or a mobile number and follow their request by a link. Otherwise they sign in first."),
    )
    customers_may_close = forms.BooleanField(label=_("Customers may close their requests"), required=False)
    captcha = forms.ChoiceField(
        label=_("Captcha on public forms"),
        choices=CaptchaChoice.choices,
        widget=forms.RadioSelect,
        help_text=_("A trap and a stopwatch guard every public form already. Add a captcha when programs still come through."),
    )
    captcha_public_key = LineField(
        label=_("Site key"), limit=100, required=False, widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"})
    )
    captcha_private_key = LineField(
        label=_("Secret key"), limit=200, required=False, widget=forms.PasswordInput(attrs={"dir": "ltr", "autocomplete": "new-password"})
    )
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
        key = self.fields["captcha_private_key"]
        key.help_text = _("A key is kept. Leave this empty to keep it.") if store.captcha_private_key else _("It is stored encrypted.")
        self.helper = _helper()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("captcha") == CaptchaChoice.GOOGLE:
            has_secret = cleaned.get("captcha_private_key") or self.store.captcha_private_key
            for name, given in (("captcha_public_key", cleaned.get("captcha_public_key")), ("captcha_private_key", has_secret)):
                if not given and name not in self.errors:
                    self.add_error(name, _("Google’s captcha needs this key. You get both where you register your site with Google."))
        if "languages" in cleaned and "language" in cleaned and cleaned["language"] not in cleaned["languages"]:
            self.add_error("language", _("Choose one of the languages you offer, or offer this one too."))
        return cleaned

    @property
    def changes(self):
        changes = dict(self.cleaned_data)
        if not changes["captcha_private_key"]:
            del changes["captcha_private_key"]
        return changes


def _with_current(choices, current):
    """The choices, and the store's own value where it is not among them, so that saving the page never changes it unasked."""
    known = {value for value, label in choices if isinstance(label, str)} | {
        value for _group, rows in choices if isinstance(rows, list) for value, _label in rows
    }
    return choices if current in known else [*choices, (current, current)]


def _helper():
    helper = FormHelper()
    helper.form_tag = False
    helper.hide_optional = True  # Google's keys are not, once Google is chosen; the rest says what empty means
    google = Div(Row("captcha_public_key", "captcha_private_key"), css_class="secret only-google")
    helper.layout = Layout(
        _part(_("Customers"), "visitors_may_open", "customers_may_close"),
        _part(_("Against programs"), "captcha", google),
        _part(_("Files"), Row("max_files", "max_file_mb")),
        _part(_("Messages"), "sender_email", "survey_delay_minutes"),
        _part(_("Languages and place"), "languages", Row("language", "time_zone", "phone_region")),
    )
    return helper


def _part(title, *fields):
    return Div(Div(Fieldset(title, *fields), css_class="panel-body"), css_class="panel")
