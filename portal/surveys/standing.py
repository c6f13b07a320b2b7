"""How a ticket stands with its survey, and its answers with their ratings, for the page of the conversation."""

from dataclasses import dataclass

from django.urls import reverse

from departments.switches import ANSWER_RATING
from portal.words import FACES, score_words
from surveys.helping import may_be_rated, may_still_change
from surveys.models import AnswerRating
from surveys.services import may_still_change as survey_may_change
from surveys.services import token_for
from tickets.choices import Helped
from tickets.links import answer_token_for

#: Score, words and icon of each, the best first, as in the mail.
HELPED = [(Helped.YES, Helped.YES.label, "face-5"), (Helped.PARTLY, Helped.PARTLY.label, "face-3"), (Helped.NO, Helped.NO.label, "face-1")]


@dataclass(frozen=True)
class Rating:
    """`score` in words, empty while nothing was answered; `url` where to answer or change it, empty when that is over."""

    score: str
    url: str

    @property
    def faces(self):
        return FACES


def rating_of(ticket):
    """The newest survey that still counts, or None. A ticket that is open again is not asked about."""
    survey = ticket.surveys.filter(withdrawn_at=None).order_by("-pk").first()
    if survey is None or not (survey.is_answered or ticket.is_closed):
        return None
    url = reverse("portal:survey", args=[token_for(survey)]) if survey_may_change(survey) else ""
    return Rating(score_words(survey.score), url)


@dataclass(frozen=True)
class HelpedAnswer:
    """Under one answer: what was said, in words, and where to say or change it (empty when that is over)."""

    said: str
    score: int | None
    url: str

    @property
    def choices(self):
        return HELPED


def helped_of(ticket, messages):
    """{message id: HelpedAnswer} of the answers that this ticket's customer may rate. One query, none where the owner asks for nothing."""
    if not ticket.department.uses(ANSWER_RATING) or ticket.customer.is_blocked:
        return {}
    rated = AnswerRating.objects.filter(message__in=[message.pk for message in messages]).in_bulk(field_name="message_id")
    found = {}
    for message in messages:
        message.ticket = ticket
        rating = rated.get(message.pk)
        if rating or may_be_rated(message):
            url = reverse("portal:helped", args=[answer_token_for(message, ticket.customer_id)])
            can_rate = may_be_rated(message) and may_still_change(rating)
            said, score = (rating.get_score_display(), rating.score) if rating else ("", None)
            found[message.pk] = HelpedAnswer(said, score, url if can_rate else "")
    return found
