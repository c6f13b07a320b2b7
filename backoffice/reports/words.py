"""Words and signs of scores on the pages of staff."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from reports.tallies import score_words
from surveys.choices import Helped

SCORES = {
    5: gettext_lazy("Very good"),
    4: pgettext_lazy("rating", "Good"),
    3: pgettext_lazy("rating", "So-so"),
    2: pgettext_lazy("rating", "Bad"),
    1: gettext_lazy("Very bad"),
}
HELPED = [Helped.YES, Helped.PARTLY, Helped.NO]


def nobody():
    return _("Nobody had it")


def of_five(mean):
    return _("%(mean)s of 5") % {"mean": score_words(mean)}
