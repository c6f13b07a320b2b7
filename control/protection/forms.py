"""Against programs and floods: the captcha, and how much one address may send."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import LineField, WholeNumberField
from common.form_keys import OneTimeForm
from stores.models import BlockKind, CaptchaChoice, WithoutGoogle

#: What each choice means while Google is away.
MEANING = {
    WithoutGoogle.WORK: _("The same form asks our own question, and nothing that was typed is lost."),
    WithoutGoogle.ACCEPT: _("Requests come in without a check while our server cannot ask Google."),
    WithoutGoogle.REFUSE: _("Forms say that requests are not taken at the moment. People without Google cannot write at all."),
}


class ProtectionForm(forms.Form):
    """Starts with what the store has. `changes` is what to hand to change_settings.

    The secret key never leaves: an empty field keeps the one there is.
    """

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
    without_google = forms.ChoiceField(label=_("While Google cannot be asked"), choices=WithoutGoogle.choices, widget=forms.RadioSelect)
    requests_per_hour = WholeNumberField(
        label=_("New requests from one address in an hour, at most"),
        min_value=1,
        max_value=1000,
        help_text=_(
            "Many people may share one address, in an office or with a mobile operator. Customers who signed in count each by themselves."
        ),
    )

    def __init__(self, data=None, *, store):
        self.store = store
        super().__init__(data, initial={name: getattr(store, name) for name in self.base_fields})
        self.helper = FormHelper()
        self.helper.hide_optional = True  # Google's keys are not, once Google is chosen
        key = self.fields["captcha_private_key"]
        key.help_text = _("A key is kept. Leave this empty to keep it.") if store.captcha_private_key else _("It is stored encrypted.")
        self.fields["captcha_public_key"].help_text = _(
            "You get both keys where you register your site with Google, for the checkbox (v2)."
        )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("captcha") == CaptchaChoice.GOOGLE:
            for name, given in (("captcha_public_key", cleaned.get("captcha_public_key")), ("captcha_private_key", self.secret_key)):
                if not given and name not in self.errors:
                    self.add_error(name, _("Google’s captcha needs this key. You get both where you register your site with Google."))
        return cleaned

    @property
    def secret_key(self):
        """The key that was typed, else the one that is kept."""
        return self.cleaned_data.get("captcha_private_key") or self.store.captcha_private_key

    @property
    def changes(self):
        changes = dict(self.cleaned_data)
        if not changes["captcha_private_key"]:
            del changes["captcha_private_key"]
        return changes

    @property
    def ways(self):
        """What may be done without Google, each with its sentence, and whether it is chosen."""
        chosen = self["without_google"].value()
        return [(code, label, MEANING[code], code == chosen) for code, label in WithoutGoogle.choices]


class RuleForm(OneTimeForm):
    """One more rule; stores.blocking says what cannot be one."""

    kind = forms.ChoiceField(label=_("What"), choices=BlockKind.choices)
    value = LineField(
        label=_("What is held back"), limit=200, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "spellcheck": "false"})
    )
