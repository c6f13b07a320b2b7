"""Whether those who listen still may: asked again every few seconds, and whenever a right may have changed."""

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from backoffice.live.looking import places_of, sees
from permissions.sight import Sight
from permissions.viewing import SESSION_KEY as VIEWING

SIGNED_OUT, UNSEEN = "signed_out", "unseen"


def check(streams):
    """{stream: why it has to end, or the Sight it goes on with}. Two queries, one for each person, and one for the tickets."""
    people = get_user_model().objects.filter(is_active=True, is_staff=True).in_bulk({stream.user for stream in streams})
    keys = {stream.session for stream in streams}
    sessions = {one.pk: one for one in Session.objects.filter(pk__in=keys, expire_date__gt=timezone.now())}
    sights = {pk: Sight.of(person) for pk, person in people.items()}
    places = places_of({stream.ticket for stream in streams if stream.ticket})
    verdicts = {}
    for stream in streams:
        person, session = people.get(stream.user), sessions.get(stream.session)
        if person is None or session is None or not _is_of(session, person):
            verdicts[stream] = SIGNED_OUT
        elif stream.ticket and (stream.ticket not in places or not sees(sights[person.pk], places[stream.ticket])):
            verdicts[stream] = UNSEEN
        else:
            verdicts[stream] = sights[person.pk]
    return verdicts


def _is_of(session, person):
    """Whether this person is signed in there, with their own eyes."""
    kept = session.get_decoded()
    hashes = [person.get_session_auth_hash(), *(person.get_session_auth_fallback_hash() if settings.SECRET_KEY_FALLBACKS else ())]
    is_theirs = str(kept.get(SESSION_KEY)) == str(person.pk) and VIEWING not in kept
    return is_theirs and any(constant_time_compare(kept.get(HASH_SESSION_KEY, ""), known) for known in hashes)
