"""What an owner says about the survey: when and how customers are asked, and what else."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from accounts.choices import Language
from common.fields import LineField, LongTextField, WholeNumberField
from common.form_keys import OneTimeForm
from common.numbers import format_number
from common.templatetags.formats import isolate
from control.fields.options_editor import OptionsMixin
from departments.services import words_by_language
from surveys.choices import QuestionKind

A_MONTH = 30 * 24 * 60
WITH_LIST = {QuestionKind.ONE, QuestionKind.SEVERAL}
THANKS_LIMIT = 600
#: Name of the words -> (label, most letters).
WORDS = {
    "label": (_("Question (%(language)s)"), 200),
    "low_label": (_("Words at the low end (%(language)s)"), 40),
    "high_label": (_("Words at the high end (%(language)s)"), 40),
}
_DELAY_HELP = _("A ticket that is opened again before that is not asked about.")


def _spoken(code, **attrs):
    return {"lang": code, "dir": "auto", "autocomplete": "off", **attrs}


def _words_in(words, code):
    return words_by_language(words).get(code, "") if words else ""


class RulesForm(forms.Form):
    """When a store asks, and what follows from a bad rating."""

    survey_delay_minutes = WholeNumberField(
        label=_("Ask for a rating so many minutes after closing"), min_value=0, max_value=A_MONTH, help_text=_DELAY_HELP
    )
    pause_days = WholeNumberField(
        label=_("Days before the same customer is asked again"), min_value=0, max_value=365, help_text=_("0: after every request.")
    )
    change_days = WholeNumberField(label=_("Days in which an answer may be changed"), min_value=0, max_value=60)
    bad_score = forms.TypedChoiceField(
        label=_("A rating is bad"),
        coerce=int,
        help_text=_("The responsible person is told, and the customer may open the request again on the page of the rating."),
    )

    def __init__(self, *args, store, rules, **kwargs):
        names = ("pause_days", "change_days", "bad_score")
        initial = {"survey_delay_minutes": store.survey_delay_minutes, **{name: getattr(rules, name) for name in names}}
        super().__init__(*args, initial=initial, **kwargs)
        self.helper = FormHelper()
        self.helper.hide_optional = True
        self.rules, self.languages = rules, store.languages_to_write_in
        self.fields["bad_score"].choices = [(0, _("never"))] + [
            (score, _("from %(score)s of 5 down") % {"score": format_number(score)}) for score in range(1, 5)
        ]
        for code in self.languages:
            self.fields[f"thanks_{code}"] = LongTextField(
                label=_("Said when somebody has answered (%(language)s)") % {"language": isolate(Language(code).label)},
                limit=THANKS_LIMIT, required=False, initial=_words_in(rules.thanks, code), widget=forms.Textarea(attrs=_spoken(code, rows=2)),
            )  # fmt: skip

    @property
    def parts(self):
        for place, code in enumerate(self.languages):
            field = self[f"thanks_{code}"]
            has_words = bool(field.value())
            is_open = place == 0 or has_words or bool(field.errors)
            yield {"code": code, "name": Language(code).label, "fields": [field], "has_words": has_words, "is_open": is_open}

    @property
    def changes(self):
        names = ("survey_delay_minutes", "pause_days", "change_days", "bad_score")
        thanks = {code: self.cleaned_data[f"thanks_{code}"] for code in self.languages}
        return {name: self.cleaned_data[name] for name in names} | {
            "thanks": LazyI18nString({code: words for code, words in thanks.items() if words})
        }


class DepartmentForm(forms.Form):
    delay_minutes = WholeNumberField(
        label=_("Ask for a rating so many minutes after closing"),
        required=False,
        min_value=0,
        max_value=A_MONTH,
        help_text=_("Empty: as the store does."),
    )
    own_questions = forms.BooleanField(
        label=_("This department asks questions of its own"), required=False, help_text=_("Otherwise it asks those of the store.")
    )

    def __init__(self, *args, rules, **kwargs):
        super().__init__(*args, initial={"delay_minutes": rules.delay_minutes, "own_questions": rules.own_questions}, **kwargs)
        self.helper = FormHelper()
        self.helper.hide_optional = True


class QuestionForm(OptionsMixin, OneTimeForm):
    """`question`: the one that is changed, or a new one. Once somebody has answered it, its kind stays (`is_held`)."""

    kind = forms.ChoiceField(label=_("Kind of answer"), choices=QuestionKind.choices)
    is_required = forms.BooleanField(label=_("An answer is required"), required=False)

    def __init__(self, *args, store, question, is_held=False, **kwargs):
        initial = {"kind": question.kind or QuestionKind.SCALE_5, "is_required": question.is_required}
        super().__init__(*args, initial=initial, **kwargs)
        self.helper = FormHelper()
        self.helper.hide_optional = True
        self.question, self.is_held = question, is_held
        self.fields["kind"].disabled = is_held
        for code in store.languages_to_write_in:
            self._add_words(code)
        self.add_options(question.wording.choices if question.wording else [], store.languages_to_write_in)

    def _add_words(self, code):
        for name, (label, limit) in WORDS.items():
            attrs = _spoken(code)
            if name != "label":
                attrs |= {"data-shown-when": "kind", "data-shown-values": "scale_5 scale_10"}
            self.fields[f"{name}_{code}"] = LineField(
                label=label % {"language": isolate(Language(code).label)}, limit=limit, required=False,
                initial=_words_in(self.question.wording and getattr(self.question.wording, name), code), widget=forms.TextInput(attrs=attrs),
            )  # fmt: skip

    @property
    def parts(self):
        """For the page: the words of each language. Open are those with words or mistakes, and the first one."""
        for place, code in enumerate(self.languages):
            fields = [self[f"{name}_{code}"] for name in WORDS]
            has_words = any(field.value() for field in fields)
            is_open = place == 0 or has_words or any(field.errors for field in fields)
            yield {"code": code, "name": Language(code).label, "fields": fields, "has_words": has_words, "is_open": is_open}

    def clean(self):
        cleaned = super().clean()
        for name in WORDS:
            cleaned[name] = LazyI18nString({code: words for code in self.languages if (words := cleaned.get(f"{name}_{code}"))})
        if not cleaned["label"].data and not any(self.has_error(f"label_{code}") for code in self.languages):
            self.add_error(f"label_{self.languages[0]}", _("Write the question in one language at least."))
        cleaned["choices"] = self.clean_options()
        if cleaned.get("kind") in WITH_LIST and not any(not choice["archived"] for choice in cleaned["choices"]):
            self.add_error(f"option_0_{self.languages[0]}", _("A list needs at least one answer to choose."))
        return cleaned
