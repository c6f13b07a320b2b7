"""The link that opens a survey, and keeping the answer."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.errors import DeskError
from common.links import LinkInvalid, make_link_token, read_link_token
from common.text import clean_text
from customers.blocking import guard_not_blocked
from surveys.choices import AskedBy, QuestionKind
from surveys.models import Survey, SurveyAnswer
from surveys.rules import questions_for, rules_of
from tickets.services.lifecycle import locked, rate_ticket

LINK_PURPOSE = "survey"
LINK_DAYS = 60
COMMENT_LIMIT = 2000


class SurveyIsOver(DeskError):
    message = _("This question is no longer open. Thank you for helping us all the same.")


def token_for(survey):
    """The signed word in the link that opens this survey without signing in."""
    return make_link_token(LINK_PURPOSE, survey.pk)


def survey_behind(token):
    """The survey a link opens. Raises LinkInvalid (which a deleted ticket's link is too), LinkExpired or SurveyIsOver."""
    survey = (
        Survey.objects.select_related("ticket__customer__user", "ticket__store", "ticket__assignee", "ticket__status", "ticket__department")
        .filter(pk=read_link_token(LINK_PURPOSE, token, days=LINK_DAYS))
        .first()
    )
    if survey is not None and survey.ticket.is_deleted:
        raise LinkInvalid()
    if survey is None or survey.is_withdrawn or survey.ticket.customer.erased_at:
        raise SurveyIsOver()
    return survey


def may_still_change(survey):
    days = rules_of(survey.store_id).change_days
    return not survey.is_answered or survey.answered_at + timedelta(days=days) > timezone.now()


def is_bad(survey):
    """Whether the owner counts this rating among those somebody should look at."""
    return survey.score is not None and survey.score <= rules_of(survey.store_id).bad_score


@transaction.atomic
def answer_survey(survey, *, score, comment=None, answers=None):
    """Keep the answer, on the survey and on its ticket. It may be changed for some days; after that raises SurveyIsOver. Raises CustomerIsBlocked.

    `comment` None leaves the words as they are, and so do `answers` ({SurveyQuestion: value}): a click says the score alone. The same
    answer twice is one. Whoever is responsible hears of a bad rating once, however often it is changed.
    """
    locked(survey.ticket, even_merged=True)  # the ticket before its survey, as everything that changes both does
    survey = Survey.objects.select_for_update(of=("self",)).select_related("ticket__customer").get(pk=survey.pk)
    guard_not_blocked(survey.ticket.customer)
    if survey.is_withdrawn or not may_still_change(survey):
        raise SurveyIsOver()
    comment = survey.comment if comment is None else clean_text(comment).strip()[:COMMENT_LIMIT]
    said_more = _keep_answers(survey, answers or {})
    if survey.is_answered and (survey.score, survey.comment) == (score, comment):
        if said_more:
            survey.changed_at = timezone.now()
            survey.save(update_fields=["changed_at"])
        return survey
    _write(survey, score, comment)
    alarms = is_bad(survey) and survey.alerted_at is None
    if alarms:
        survey.alerted_at = timezone.now()
    survey.save(update_fields=["score", "first_score", "comment", "asked_at", "asked_by", "answered_at", "changed_at", "alerted_at"])
    rate_ticket(survey.ticket, score=score, comment=comment, **({"is_bad": True} if alarms else {}))
    return survey


def _write(survey, score, comment):
    now = timezone.now()
    if survey.is_answered:
        survey.changed_at = now
        if score != survey.score:
            survey.first_score = survey.first_score or survey.score
    if survey.asked_at is None:  # answered in the portal before the question left
        survey.asked_at, survey.asked_by = now, AskedBy.PORTAL
    survey.score, survey.comment, survey.answered_at = score, comment, survey.answered_at or now


def _keep_answers(survey, answers):
    """Of the questions that are asked here; an empty answer takes back what was said. Returns whether anything changed."""
    changed = False
    before = {answer.question_id: answer for answer in survey.answers.all()} if answers else {}
    for question in questions_for(survey.store_id, survey.department_id):
        if question not in answers:
            continue
        old, new = before.get(question.pk), _facts(question, answers[question])
        if old and all(getattr(old, name) == value for name, value in new.items()) or not old and not _says(new):
            continue
        changed = True
        if _says(new):
            SurveyAnswer.objects.update_or_create(survey=survey, question=question, defaults={"wording": question.wording, **new})
        else:
            old.delete()
    return changed


def _facts(question, value):
    if question.kind == QuestionKind.TEXT:
        return {"number": None, "chosen": [], "text": clean_text(value or "").strip()[:COMMENT_LIMIT]}
    if question.is_scale:
        return {"number": value, "chosen": [], "text": ""}
    return {"number": None, "chosen": ([value] if value else []) if question.kind == QuestionKind.ONE else list(value or ()), "text": ""}


def _says(facts):
    return facts["number"] is not None or bool(facts["chosen"]) or bool(facts["text"])
