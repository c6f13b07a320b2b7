"""What each number means, said once: beside the number on its page, over its column in a file, and in docs/owners/reports.md."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: Of fewer answers no mean and no share is said, and nothing is compared: one customer would decide it.
FEWEST = 5
#: A rating from here on counts as satisfied.
SATISFIED_FROM = 4


@dataclass(frozen=True)
class Measure:
    """`name`: over a column or beside a number; `meaning`: how it is counted, in whole sentences."""

    key: str
    name: object
    meaning: object


ANSWERS = Measure(
    "answers",
    pgettext_lazy("report", "Ratings"),
    _("Surveys that customers answered in this period. A ticket that was closed and rated twice counts twice."),
)
SCORE = Measure(
    "score",
    pgettext_lazy("report", "Score"),
    _("The mean of these ratings, from 1 (very bad) to 5 (very good). One that was changed counts as it is now, on its first day."),
)
SATISFIED = Measure("satisfied", pgettext_lazy("report", "Satisfied"), _("The share of these ratings that are 4 or 5."))
RESPONSE = Measure(
    "response",
    pgettext_lazy("report", "Response rate"),
    _("Of the surveys sent in this period, the share that has been answered by now. The newest still have time."),
)
ASKED = Measure("asked", pgettext_lazy("report", "Surveys sent"), _("Surveys that went to customers in this period."))
HELPED = Measure(
    "helped",
    pgettext_lazy("report", "Answers that helped"),
    _("Of the single answers that customers marked in this period, the share marked “Yes”."),
)
MARKED = Measure("marked", pgettext_lazy("report", "Answers marked"), _("Single answers of staff that customers marked in this period."))
FIRST_ANSWER = Measure(
    "first_answer",
    pgettext_lazy("report", "First answer after"),
    _(
        "From the opening of a ticket to its first answer, where this person gave it in this period: half of them took less. Nights and weekends count."
    ),
)
BEFORE = Measure(
    "before",
    pgettext_lazy("report", "Before"),
    _("The same number of the period before, which is as long as this one."),
)

#: What holds for the whole report.
WHOSE = _("A rating belongs to the person who had the ticket, and to the department it was in, when it was closed.")
SEEN = _("All of this is about tickets that you may see.")
FEW = _("Fewer than %(number)s answers say too little: they are counted, but no mean or share is made of them and nothing is compared.")

#: Over the first column of its tables.
WHO, WHERE = pgettext_lazy("report", "Person"), pgettext_lazy("report", "Department")
