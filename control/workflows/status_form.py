"""All settings of one status."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.colours import to_hex, to_oklch
from common.fields import WholeNumberField
from common.form_keys import OneTimeForm
from common.templatetags.formats import isolate
from control.workflows.words import add_lines, fields_named, given_words, need_first
from statuses.models import StatusKind

#: Twelve colours all around the wheel: their hue, and what they are called.
COLOURS = [
    (0, pgettext_lazy("colour", "pink")), (25, pgettext_lazy("colour", "red")), (50, pgettext_lazy("colour", "orange")),
    (75, pgettext_lazy("colour", "amber")), (100, pgettext_lazy("colour", "yellow")), (130, pgettext_lazy("colour", "lime")),
    (155, pgettext_lazy("colour", "green")), (185, pgettext_lazy("colour", "teal")), (220, pgettext_lazy("colour", "sky")),
    (255, pgettext_lazy("colour", "blue")), (290, pgettext_lazy("colour", "violet")), (325, pgettext_lazy("colour", "purple")),
]  # fmt: skip
STRENGTH = 0.12
OF_KIND, OWN = "kind", "own"
TO_OPEN, STAYS = _("the first open status"), _("nowhere, it stays")
KINDS = {
    StatusKind.NEW: _("new: nobody has looked at it yet"),
    StatusKind.OPEN: _("open: ours to act on"),
    StatusKind.WAITING_FOR_CUSTOMER: _("waiting for the customer"),
    StatusKind.WAITING_FOR_OTHERS: _("waiting for others: payment, carrier, workshop"),
    StatusKind.CLOSED: _("closed"),
}


class ColourField(forms.CharField):
    """#rrggbb, as the browser's picker gives it."""

    widget = forms.TextInput(attrs={"type": "color", "dir": "ltr"})

    def clean(self, value):
        value = (super().clean(value) or "").strip().lower()
        if value and not (len(value) == 7 and value[0] == "#" and all(letter in "0123456789abcdef" for letter in value[1:])):
            raise forms.ValidationError(_("A colour is written like #1a7f64."))
        return value


class StatusForm(OneTimeForm):
    """Starts with a status of a document; `changes` is what to write back into it."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=KINDS.items(), widget=forms.RadioSelect,
        help_text=_("The name is yours; the kind tells the product whose turn it is."),
    )  # fmt: skip
    colour = forms.ChoiceField(
        label=_("Colour"),
        choices=[(OF_KIND, _("as its kind")), *((str(hue), name) for hue, name in COLOURS), (OWN, _("one of your own"))],
        widget=forms.RadioSelect,
    )
    own_colour = ColourField(
        label=_("Your own colour"),
        required=False,
        help_text=_("Its hue is kept; how light it is follows the page, so it can always be read."),
    )
    shown_in_portal = forms.BooleanField(label=_("Customers see requests in this status"), required=False)
    customer_may_reply = forms.BooleanField(label=_("Customers may write"), required=False)
    customer_may_close = forms.BooleanField(label=_("Customers may close their request"), required=False)
    customer_may_reopen = forms.BooleanField(label=_("Customers may open it again"), required=False)
    reply_days = WholeNumberField(
        label=_("Days in which a customer’s reply opens it again"), required=False, min_value=0, max_value=3650,
        help_text=_("Only for closed statuses. Empty: for ever."),
    )  # fmt: skip
    after_customer_reply = forms.ChoiceField(label=_("When the customer writes, the ticket goes to"), required=False)
    after_staff_reply = forms.ChoiceField(label=_("When staff answer, the ticket goes to"), required=False)
    clock_runs = forms.BooleanField(
        label=_("The time until the promised answer runs"), required=False,
        help_text=_("Switch it off where the store waits for somebody else."),
    )  # fmt: skip
    asks_for_survey = forms.BooleanField(
        label=_("Whose request comes here is asked for a rating"), required=False, help_text=_("Only for closed statuses.")
    )
    PLAIN = (
        "kind", "shown_in_portal", "customer_may_reply", "customer_may_close", "customer_may_reopen", "reply_days",
        "after_customer_reply", "after_staff_reply", "clock_runs", "asks_for_survey",
    )  # fmt: skip

    def __init__(self, data=None, *, languages, status, others):
        self.languages = languages
        super().__init__(data, initial={name: status[name] for name in self.PLAIN} | _colour_of(status))
        ways = [(key, isolate(name)) for key, name in others]
        self.fields["after_customer_reply"].choices = [("", TO_OPEN), *ways]
        self.fields["after_staff_reply"].choices = [("", STAYS), *ways]
        add_lines(self, "name", _("Name for staff"), languages, 80, status["name"])
        add_lines(self, "customer_name", _("Name for customers"), languages, 80, status["customer_name"])
        self.helper = FormHelper()
        self.helper.hide_optional = True

    @property
    def names(self):
        """(name for staff, name for customers) in each language, for the page."""
        return list(zip(fields_named(self, "name"), fields_named(self, "customer_name"), strict=True))

    def clean(self):
        cleaned = super().clean()
        need_first(self, "name", self.languages)
        if cleaned.get("colour") == OWN and not cleaned.get("own_colour") and "own_colour" not in self.errors:
            self.add_error("own_colour", _("Choose the colour."))
        return cleaned

    @property
    def changes(self):
        given = self.cleaned_data
        return {
            **{name: given[name] for name in self.PLAIN},
            "after_customer_reply": given["after_customer_reply"] or None,
            "after_staff_reply": given["after_staff_reply"] or None,
            "name": given_words(self, "name", self.languages),
            "customer_name": given_words(self, "customer_name", self.languages),
            **self._colour,
        }

    @property
    def _colour(self):
        chosen = self.cleaned_data["colour"]
        if chosen == OF_KIND:
            return {"hue": None, "chroma": None}
        if chosen == OWN:
            _light, chroma, hue = to_oklch(self.cleaned_data["own_colour"])
            return {"hue": round(hue, 1), "chroma": round(min(chroma, 0.3), 3)}
        return {"hue": float(chosen), "chroma": STRENGTH}


def _colour_of(status):
    hue, chroma = status["hue"], status["chroma"]
    if hue is None:
        return {"colour": OF_KIND, "own_colour": "#3b7f8c"}
    own = to_hex(0.62, STRENGTH if chroma is None else chroma, hue)
    known = hue in {each for each, _name in COLOURS} and chroma in {None, STRENGTH}
    return {"colour": str(int(hue)) if known else OWN, "own_colour": own}
