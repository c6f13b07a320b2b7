"""The link that opens a survey, and keeping the answer."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.errors import DeskError
from common.links import LinkInvalid, make_link_token, read_link_token
from common.text import clean_text
from customers.blocking import guard_not_blocked
from surveys.models import Survey
from tickets.services.lifecycle import rate_ticket

LINK_PURPOSE = "survey"
LINK_DAYS = 60
# How long an answer may be changed.
CHANGE_DAYS = 7


class SurveyIsOver(DeskError):
    message = _("This question is no longer open. Thank you for helping us all the same.")


def token_for(survey):
    """The signed word in the link that opens this survey without signing in."""
    return make_link_token(LINK_PURPOSE, survey.pk)


def survey_behind(token):
    """The survey a link opens. Raises LinkInvalid (which a deleted ticket's link is too), LinkExpired or SurveyIsOver."""
    survey = (
        Survey.objects.select_related("ticket__customer", "ticket__store", "ticket__assignee")
        .filter(pk=read_link_token(LINK_PURPOSE, token, days=LINK_DAYS))
        .first()
    )
    if survey is not None and survey.ticket.is_deleted:
        raise LinkInvalid()
    if survey is None or survey.is_withdrawn:
        raise SurveyIsOver()
    return survey


def may_still_change(survey):
    return not survey.is_answered or survey.answered_at + timedelta(days=CHANGE_DAYS) > timezone.now()


@transaction.atomic
def answer_survey(survey, *, score, comment=""):
    """Keep the answer, on the survey and on its ticket. It may be changed for some days; after that raises SurveyIsOver. Raises CustomerIsBlocked."""
    survey = Survey.objects.select_for_update(of=("self",)).select_related("ticket__customer").get(pk=survey.pk)
    guard_not_blocked(survey.ticket.customer)
    if survey.is_withdrawn or not may_still_change(survey):
        raise SurveyIsOver()
    comment = clean_text(comment).strip()[:2000]
    if survey.is_answered and (survey.score, survey.comment) == (score, comment):
        return survey
    if survey.is_answered:
        survey.first_score = survey.first_score or survey.score
        survey.changed_at = timezone.now()
    survey.score, survey.comment = score, comment
    survey.answered_at = survey.answered_at or timezone.now()
    survey.save(update_fields=["score", "first_score", "comment", "answered_at", "changed_at"])
    rate_ticket(survey.ticket, score=score, comment=comment)
    return survey
