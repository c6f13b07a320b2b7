"""A prepared answer as its writer types it: the title it is chosen by, and the text that goes into the reply, in each language."""

from django.utils.translation import gettext_lazy as _

from stores.wording import WordingForm
from tickets.variables import complaint_about, unknown_variables


class CheckedVariables:
    """For a WordingForm: refuses what looks like a variable and is none."""

    def clean(self):
        cleaned = super().clean()
        for language, (_title, text) in cleaned.get("words", {}).items():
            for unknown in unknown_variables(text):
                self.add_error(f"text_{language}", complaint_about(unknown))
        return cleaned


class OwnAnswerForm(CheckedVariables, WordingForm):
    line_label, text_label = _("Title (%(language)s)"), _("Text (%(language)s)")
    line_limit = 120
