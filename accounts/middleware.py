"""Who reads: the language, calendar and time zone of everything a request answers."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from accounts.choices import Calendar, Language
from common.moments import Reader, reading_as

_LANGUAGES = frozenset(Language.values)


class ReaderMiddleware:
    """request.reader, and the active translation and time zone.

    Language: the person's own, else the cookie of a former choice, else what the browser asks for, else the store's first.
    The last three are taken from the languages the store offers.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.reader = reader = reader_of(request)
        with reading_as(language=reader.language, calendar=reader.calendar, time_zone=reader.time_zone):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", reader.language)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


def reader_of(request):
    store = getattr(request, "store", None) or None
    user = getattr(request, "user", None)
    person = user if user is not None and user.is_authenticated else None
    return Reader(
        language=(person and known_language(person.language)) or _visitors_language(request, store),
        calendar=person.calendar if person else store.calendar if store else Calendar.AUTO,
        time_zone=(person and known_zone(person.time_zone)) or known_zone(store and store.time_zone) or settings.TIME_ZONE,
    )


def known_language(code):
    return code if code in _LANGUAGES else ""


def known_zone(name):
    """The name when it is a time zone of this machine, else nothing: zones get renamed, and rows are old."""
    try:
        return str(ZoneInfo(name)) if name else ""
    except (KeyError, ValueError, OSError):
        return ""


def offered_languages(store):
    return store.offered_languages if store else list(Language.values)


def _visitors_language(request, store):
    offered = offered_languages(store)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in offered:
        return chosen
    for wish, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        language = wish.split("-")[0]
        if language in offered:
            return language
    return offered[0]
