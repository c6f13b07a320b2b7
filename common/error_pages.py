"""Calm pages for everything that goes wrong: what happened, what to do, a reference. helpdesk/urls.py names the handlers.

Templates: templates/errors/<status>.html, else templates/errors/error.html, given
status, title, words, reference, language, direction, what the error gives as `more`, and `request` only where the page may know
its reader.
"""

import logging

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse
from django.template.loader import select_template
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from common.moments import is_reader_known
from common.references import current_reference

logger = logging.getLogger(__name__)

TITLES = {
    400: _("We could not read that"),
    403: _("This is not open to you"),
    404: _("There is nothing here"),
    405: _("This page cannot be opened like that"),
    409: _("Somebody was quicker"),
    410: _("This link has ended"),
    413: _("That was too large"),
    429: _("A little too quick"),
    500: _("Something broke on our side"),
}
WORDS = {
    400: _("Something in the request was damaged. Go back, reload the page and try again."),
    403: _("You are signed in, but this page belongs to others. If you need it, ask the owner of the store."),
    404: _("The address may be mistyped, or what was here has moved or is not yours to see."),
    405: _("Go back and use the button on the page."),
    413: _("The files are larger together than we can take. Send fewer of them, or smaller ones."),
    500: _(
        "It is not your fault, and what you sent before is kept. Please try again in a moment. If it stays, tell us the reference below."
    ),
}
CSRF_TITLE = _("This page was open for too long")
CSRF_WORDS = _("Go back, reload the page and send it again. If it happens each time, allow cookies for this site.")

# These may come before the store and the reader are known, or when the database is the very thing that broke.
_WITHOUT_REQUEST = {400, 413, 500}
_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def error_page(request, status, *, words=None, title=None, more=None) -> HttpResponse:
    """The page for this status in the reader's language. Never fails: without templates or database it is plain HTML."""
    if is_reader_known():
        return _page(request, status, words, title, more)
    with translation.override(translation.get_language_from_request(request)):
        return _page(request, status, words, title, more)


def _page(request, status, words, title, more):
    context = {
        **(more or {}),
        "status": status,
        "title": title or TITLES.get(status) or TITLES[400],
        "words": words or WORDS.get(status) or WORDS[400],
        "reference": getattr(request, "id", "") or current_reference(),
        "language": translation.get_language() or "en",
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
    }
    html = _drawn(context, request) if _knows_reader(request, status) else None
    html = html or _drawn(context, None) or _plain(context)
    response = HttpResponse(html, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _knows_reader(request, status):
    return status not in _WITHOUT_REQUEST and hasattr(request, "user") and hasattr(request, "store")


def _drawn(context, request):
    """The page from its template, or None: whatever breaks here, the person still gets a page."""
    try:
        return select_template([f"errors/{context['status']}.html", "errors/error.html"]).render(context, request)
    except Exception:
        logger.exception("The error page itself failed")
        return None


def _plain(context):
    return format_html(
        '<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<title>{title}</title><h1>{title}</h1><p>{words}</p><p><code dir="ltr">{reference}</code></p></html>',
        **context,
    )


def desk_error(request, error) -> HttpResponse:
    """The page of a DeskError: its own words and status, and for the template whatever it has as `more`.

    `response.error` is kept for whoever looks at it on its way out.
    """
    response = error_page(request, error.status_code, words=str(error), more=getattr(error, "more", None))
    response.error = error
    if hasattr(error, "retry_after"):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def bad_request(request, exception=None):
    """handler400. Too large a request is told apart, for that a person can mend."""
    return error_page(request, 413 if isinstance(exception, _TOO_LARGE) else 400)


def forbidden(request, exception=None):
    return error_page(request, 403)


def not_found(request, exception=None):
    return error_page(request, 404)


def broken(request):
    """handler500. Touches no database, no session and no context processor."""
    return error_page(request, 500)


def csrf_failure(request, reason=""):
    """Named by settings.CSRF_FAILURE_VIEW."""
    response = error_page(request, 400, title=CSRF_TITLE, words=CSRF_WORDS)
    response.status_code = 403
    return response
