"""In whose language a page speaks that is opened from a message rather than by somebody who signed in."""

from contextlib import nullcontext

from django.conf import settings

from common.moments import reading_as


def reading_as_customer(request, ticket):
    """The language the ticket is held in, unless the reader chose one: a mail in Persian leads to a page in Persian."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) in ticket.store.offered_languages
    if chosen or request.user.is_authenticated or ticket.language not in ticket.store.offered_languages:
        return nullcontext()
    return reading_as(language=ticket.language)
