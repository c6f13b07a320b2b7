"""Browsers that have signed in before, known by a signed cookie. It opens nothing; it only keeps strangers' guesses apart."""

import secrets

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

COOKIE = "__Host-known" if settings.HTTPS else "known"
SALT = "portal.accounts.devices"
MAX_AGE = 365 * 24 * 3600
MOST = 6  # addresses remembered in one browser


def nonce_for(request, address):
    """A number of this browser when somebody signed in with this address here before, else nothing."""
    nonce, marks = _read(request)
    return nonce if _mark(address) in marks else ""


def remember(request, response, user):
    """From now on this browser is known for the addresses of the person who has just signed in."""
    nonce, marks = _read(request)
    own = [_mark(address) for address in (user.email, user.phone) if address]
    marks = (own + [mark for mark in marks if mark not in own])[:MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps([nonce or secrets.token_urlsafe(9), marks], salt=SALT),
        max_age=MAX_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _read(request):
    try:
        nonce, marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=MAX_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return nonce, marks


def _mark(address):
    return salted_hmac(SALT, address.lower(), algorithm="sha256").hexdigest()[:16]
