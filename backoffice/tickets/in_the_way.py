"""Open tickets for which this one should wait: asked about before it is closed, by whatever button."""

from backoffice.pages import sight_of
from backoffice.tickets.rows import dress
from tickets.covering import known_stores
from tickets.services.linking import blockers_of

MOST_NAMED = 5


def in_the_way(request, ticket):
    """Them, as far as this person sees them; none once they said that they know."""
    if request.POST.get("even_blocked"):
        return []
    blockers = list(blockers_of(ticket).visible_to(request.user).for_inbox().newest_first()[:MOST_NAMED])
    return dress(blockers, known_stores(sight_of(request))) if blockers else []
