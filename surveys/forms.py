"""The owner's questions in a form: the page of the survey, and its preview in the settings."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.fields import LongTextField
from common.numbers import format_number
from surveys.choices import QuestionKind
from surveys.models.question import SCALES
from surveys.services import COMMENT_LIMIT

PREFIX = "q"
_CHOOSE = {"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")}
_NONE = ("", pgettext_lazy("question", "No answer"))


class QuestionsMixin:
    """Asks the owner's questions. `answers` are what was said, once the form is valid: {SurveyQuestion: value}."""

    questions = ()

    def add_questions(self, questions, *, known=None):
        """`known`: {question id: SurveyAnswer} of what was answered before."""
        self.questions = list(questions)
        for question in self.questions:
            field = _field(question)
            answer = (known or {}).get(question.pk)
            if answer is not None:
                field.initial = _initial(question, answer)
            self.fields[f"{PREFIX}{question.pk}"] = field

    @property
    def asked(self):
        """For the page: (question, its bound field)."""
        return [(question, self[f"{PREFIX}{question.pk}"]) for question in self.questions]

    @property
    def answers(self):
        return {question: self.cleaned_data.get(f"{PREFIX}{question.pk}") for question in self.questions}


def _field(question):
    words = question.wording
    same = {"label": str(words.label), "required": question.is_required}
    if question.kind == QuestionKind.TEXT:
        widget = forms.Textarea(attrs={"dir": "auto", "rows": 3})
        return LongTextField(limit=COMMENT_LIMIT, widget=widget, **same)
    if question.is_scale:
        choices = [(number, format_number(number)) for number in SCALES[question.kind]]
        return forms.TypedChoiceField(
            choices=_or_none(question, choices), coerce=int, empty_value=None, widget=forms.RadioSelect, error_messages=_CHOOSE, **same
        )
    choices = [(key, str(label)) for key, label in words.offered()]
    if question.kind == QuestionKind.SEVERAL:
        return forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple, help_text=_("You may choose several."), error_messages=_CHOOSE, **same
        )
    return forms.ChoiceField(choices=_or_none(question, choices), widget=forms.RadioSelect, error_messages=_CHOOSE, **same)


def _or_none(question, choices):
    """What was chosen can be taken back where nothing must be."""
    return choices if question.is_required else [*choices, _NONE]


def _initial(question, answer):
    if question.kind == QuestionKind.TEXT:
        return answer.text
    if question.is_scale:
        return answer.number
    return answer.chosen if question.kind == QuestionKind.SEVERAL else next(iter(answer.chosen), "")
