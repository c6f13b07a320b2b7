"""“Was this helpful?”: one vote for each answer and browser, which may be changed."""

from common.limits import client_ip, limit_or_refuse, network_of
from faq.services import count_vote

KEPT_IN = "faq_votes"
# A session remembers so many answers; the oldest are forgotten.
MOST = 200
VOTES_PER_HOUR = 60


def vote_on(request, entry):
    """What this browser said about the answer: yes, no or nothing."""
    return request.session.get(KEPT_IN, {}).get(str(entry.pk), "")


def keep_vote(request, entry, vote):
    """Count it; said again it counts nothing, changed it moves. Raises TooManyRequests when one address votes all the time."""
    before = vote_on(request, entry)
    if vote == before:
        return
    limit_or_refuse(f"faq votes:{network_of(client_ip(request))}", VOTES_PER_HOUR, 3600)
    count_vote(entry, vote, instead_of=before)
    votes = {**request.session.get(KEPT_IN, {}), str(entry.pk): vote}
    request.session[KEPT_IN] = dict(list(votes.items())[-MOST:])
