from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import LongTextField
from portal.words import SCORES

COMMENT_LIMIT = 2000


class SurveyForm(forms.Form):
    """One of five faces, and a word if one likes. Sending it twice is changing one's mind, so it needs no one-time key."""

    score = forms.TypedChoiceField(
        choices=list(SCORES.items()),
        coerce=int,
        label=_("Your rating"),
        error_messages={"required": _("Choose one of the five faces."), "invalid_choice": _("Choose one of the five faces.")},
    )
    comment = LongTextField(limit=COMMENT_LIMIT, label=_("A word to us"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["comment"].widget.attrs.update({"dir": "auto", "rows": 3})
