"""What was answered to the owner's own questions."""

from dataclasses import dataclass, field

from django.db.models import Count, F
from i18nfield.strings import LazyI18nString

from reports.counting import with_steps
from reports.tallies import Tally
from surveys.choices import QuestionKind
from surveys.models import SurveyAnswer, SurveyQuestion

SCALES = {QuestionKind.SCALE_5: range(1, 6), QuestionKind.SCALE_10: range(11)}


@dataclass
class Answered:
    """`number`: how many answered it; of a scale `now` and `before`; of a choice `chosen`: [(words, how often)]."""

    question: object
    number: int = 0
    now: Tally = field(default_factory=Tally)
    before: Tally = field(default_factory=Tally)
    chosen: list = field(default_factory=list)

    @property
    def is_scale(self):
        return self.question.kind in SCALES

    @property
    def is_text(self):
        return self.question.kind == QuestionKind.TEXT

    @property
    def scale(self):
        return SCALES[self.question.kind]


def read_questions(scope, period):
    """Of every question that was answered in this period, in the owner's order. Two queries; none comes back but counts."""
    rows = scope.narrow(SurveyAnswer.objects.filter(survey__answered_at__isnull=False), at="survey__")
    rows = with_steps(rows, "survey__answered_at", period, [period.span]).order_by()
    counted = list(rows.values_list("question", "step", "number", "chosen").annotate(times=Count("pk")))
    questions = SurveyQuestion.objects.filter(pk__in={row[0] for row in counted}).select_related("wording")
    found = {question.pk: Answered(question) for question in questions.order_by(F("department").asc(nulls_first=True), "position", "pk")}
    chosen = {pk: {} for pk in found}
    for pk, step, number, keys, times in counted:
        answered, is_now = found[pk], step >= 0
        if answered.is_scale and number is not None:
            counts = (answered.now if is_now else answered.before).counts
            counts[number] = counts.get(number, 0) + times
        elif is_now:
            for key in keys:
                chosen[pk][key] = chosen[pk].get(key, 0) + times
        answered.number += times if is_now else 0
    for pk, answered in found.items():
        answered.chosen = _in_words(answered.question, chosen[pk])
    return [answered for answered in found.values() if answered.number]


def _in_words(question, times):
    """The answers to choose from in their order, and behind them those that are not offered any more."""
    words = labels_of(question)
    rest = [key for key in times if key not in words]
    return [(words.get(key, key), times.get(key, 0)) for key in [*words, *rest]]


def labels_of(question):
    """{key: words in the reader's language}"""
    return {row["key"]: str(LazyI18nString(row["label"])) for row in (question.wording.choices if question.wording else [])}
