"""Asking for a rating a while after closing, once, and keeping the answer."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.errors import DeskError
from common.links import LinkInvalid, make_link_token, read_link_token
from common.text import clean_text
from customers.blocking import guard_not_blocked
from departments.switches import RATING
from surveys.models import Survey
from tickets.services.lifecycle import rate_ticket

LINK_PURPOSE = "survey"
LINK_DAYS = 60
# How long an answer may be changed.
CHANGE_DAYS = 7


class SurveyIsOver(DeskError):
    message = _("This question is no longer open. Thank you for helping us all the same.")


def ask_for_rating(event):
    """Reaction to closing: plan the question for later. Planning twice for one closing keeps the first plan."""
    ticket = event.ticket
    if (
        not (ticket.status.asks_for_survey and ticket.status.shown_in_portal and ticket.department.uses(RATING))
        or ticket.customer.is_blocked
    ):
        return
    delay = timedelta(minutes=ticket.store.survey_delay_minutes)
    Survey.objects.get_or_create(event=event, defaults={"due_at": event.created_at + delay, **_where_and_whose(ticket)})


def _where_and_whose(ticket):
    return {
        "ticket": ticket,
        "store_id": ticket.store_id,
        "department_id": ticket.department_id,
        "person_id": ticket.assignee_id,
        "language": ticket.language,
    }


def withdraw_question(event):
    """Reaction to reopening and deleting: the story is not over, or not to be told; an unanswered link stops working."""
    Survey.objects.filter(ticket=event.ticket, answered_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())


def withdraw_after_merging(event):
    """Reaction to merging: the story goes on in another ticket, so this one is not asked about. The other one is left alone."""
    if "into" in event.details:
        withdraw_question(event)


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
