from django.utils.translation import gettext_lazy as _

from control.words import WordsForm


class AnswerForm(WordsForm):
    """A prepared answer: the title staff choose it by, and the text that goes into the reply, in each language."""

    line_label, text_label = _("Title (%(language)s)"), _("Text (%(language)s)")
    no_department = _("All departments")
    line_limit = 120
