"""Viewing the desk as a colleague: read-only, logged, ended by the clock. The door shows a band as long as it lasts."""

from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone

from audit.choices import Deed
from audit.log import note
from permissions.models import ROWS
from permissions.querysets import may_hold_rights, stores_where
from permissions.rights import StoreRight
from stores.models import Store

SESSION_KEY = "viewing_as"
LONGEST = timedelta(minutes=30)


def may_view_as(user, colleague):
    """Whether `user` may see the desk as `colleague` does: with the right to it in every store of which the colleague sees anything."""
    if not may_hold_rights(user) or not may_hold_rights(colleague) or user.pk == colleague.pk:
        return False
    allowed = set(stores_where(user, StoreRight.VIEW_AS).values_list("pk", flat=True))
    return bool(allowed) and _stores_of(colleague) <= allowed


def begin_viewing(request, colleague):
    """From now on the desk is drawn as for the colleague. The door has asked may_view_as. Viewing as somebody before ends."""
    end_viewing(request)
    request.session[SESSION_KEY] = {"person": colleague.pk, "since": timezone.now().isoformat()}
    note(Deed.VIEW_AS_BEGAN, by=request.user, on=colleague)


def end_viewing(request):
    """Back to one's own eyes. Ending what never began changes nothing. `request.user` must be the person who began."""
    colleague, _since = _kept(request.session.pop(SESSION_KEY, None))
    if colleague:
        note(Deed.VIEW_AS_ENDED, by=request.user, on=colleague)


def viewed_colleague(request):
    """As whom the signed-in person looks at the desk now, or None. A right taken away or half an hour ends it."""
    if SESSION_KEY not in request.session or not request.user.is_authenticated:
        return None
    colleague, since = _kept(request.session[SESSION_KEY])
    if colleague and timedelta(0) <= timezone.now() - since < LONGEST and may_view_as(request.user, colleague):
        return colleague
    end_viewing(request)
    return None


def _kept(state):
    """(colleague, since) as the session keeps them; (None, None) for anything else that stands there."""
    try:
        since = datetime.fromisoformat(state["since"])
        colleague = get_user_model().objects.filter(pk=int(state["person"])).first() if timezone.is_aware(since) else None
    except (KeyError, TypeError, ValueError, OverflowError):
        return None, None
    return colleague, since


def _stores_of(person):
    """Ids of the stores of which this person sees anything: by the stores' own rights, through departments or by a shared ticket.

    Rights of teams count as well. Tickets live on a higher floor and are asked by their relation to the store.
    """
    held = models.Q()
    for kind, way in (("store", "pk__in"), ("department", "departments__in")):
        to_person, to_team = ROWS[kind]
        held |= models.Q(**{way: to_person.objects.running().filter(user=person).values("content_object")})
        held |= models.Q(**{way: to_team.objects.running().filter(group__user=person).values("content_object")})
    shares = person.shared_tickets.running().values("ticket")
    held |= models.Q(tickets__in=shares)
    return set(Store.objects.filter(held).values_list("pk", flat=True))
