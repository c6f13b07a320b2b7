"""What a customer whose data are erased wrote beside a rating, to the owner's questions, and about single answers. The numbers stay."""

from surveys.models import AnswerRating, Survey, SurveyAnswer


def erase(eraser):
    tickets = {"ticket__customer__in": eraser.pks}
    _scrub(eraser, Survey.objects.filter(**tickets), "comment")
    _scrub(eraser, AnswerRating.objects.filter(**tickets), "comment")
    _scrub(eraser, SurveyAnswer.objects.filter(survey__ticket__customer__in=eraser.pks), "text")


def _scrub(eraser, rows, column):
    for pk, words in rows.exclude(**{column: ""}).values_list("pk", column):
        rows.model.objects.filter(pk=pk).update(**{column: eraser.text(words)})
        eraser.counts["comments"] += 1
