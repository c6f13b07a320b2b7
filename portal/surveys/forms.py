from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import LongTextField
from common.form_keys import OneTimeForm
from portal.words import SCORES
from portal.writing.forms import TEXT_LIMIT
from surveys.forms import QuestionsMixin
from surveys.helping import COMMENT_LIMIT as HELPED_LIMIT
from surveys.services import COMMENT_LIMIT
from tickets.choices import Helped

_FACES = {"required": _("Choose one of the five faces."), "invalid_choice": _("Choose one of the five faces.")}
_THREE = {"required": _("Choose one of the three answers."), "invalid_choice": _("Choose one of the three answers.")}


def _words(limit, rows=3, **kwargs):
    return LongTextField(limit=limit, widget=forms.Textarea(attrs={"dir": "auto", "rows": rows}), **kwargs)


class SurveyForm(QuestionsMixin, forms.Form):
    """One of five faces, the owner's questions, and a word if one likes. Sending it twice is changing one's mind, so it needs no one-time key.

    A click says the score alone: the rest is looked at only where the whole form was sent (`whole`).
    """

    score = forms.TypedChoiceField(choices=list(SCORES.items()), coerce=int, label=_("Your rating"), error_messages=_FACES)
    comment = _words(COMMENT_LIMIT, label=_("A word to us"), required=False)

    def __init__(self, *args, questions=(), known=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        if not self.is_bound or "whole" in self.data:
            self.add_questions(questions, known=known)

    @property
    def said(self):
        comment = self.cleaned_data["comment"] if "comment" in self.data else None
        return {"score": self.cleaned_data["score"], "comment": comment, "answers": self.answers}


class AgainForm(OneTimeForm):
    """What is not solved, in the customer's words: with them the request opens again."""

    words = _words(TEXT_LIMIT, label=_("What is still missing?"), error_messages={"required": _("Write what is still missing.")})


class HelpedForm(forms.Form):
    score = forms.TypedChoiceField(choices=Helped.choices, coerce=int, label=_("Did this answer help?"), error_messages=_THREE)
    comment = _words(HELPED_LIMIT, rows=2, label=_("A word to us"), required=False)

    @property
    def said(self):
        return {"score": self.cleaned_data["score"], "comment": self.cleaned_data["comment"] if "comment" in self.data else None}
