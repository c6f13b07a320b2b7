"""How a ticket stands with its survey, for the page of the conversation."""

from dataclasses import dataclass

from django.urls import reverse

from portal.words import FACES, score_words
from surveys.services import may_still_change, token_for


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
    url = reverse("portal:survey", args=[token_for(survey)]) if may_still_change(survey) else ""
    return Rating(score_words(survey.score), url)
