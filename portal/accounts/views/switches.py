"""The language and theme of the page, for whoever is here: kept in a cookie, and on the account of who is signed in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.choices import Language, Theme
from accounts.middleware import offered_languages
from customers.services import update_from_account
from portal.accounts.destinations import safe_next

THEME_COOKIE = "theme"


@login_not_required
@require_POST
def set_language(request):
    """A language the store does not speak is for those who sign in and work here; a stranger's wish for it changes nothing."""
    wish = request.POST.get("language", "")
    response = redirect(safe_next(request) or "portal:home")
    if wish in (Language.values if request.user.is_authenticated else offered_languages(request.store)):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, wish)
        if request.user.is_authenticated:
            request.user.language = wish
            request.user.save(update_fields=["language"])
            update_from_account(request.user)
    return response


@login_not_required
@require_POST
def set_theme(request):
    wish = request.POST.get("theme", "")
    response = redirect(safe_next(request) or "portal:home")
    if wish in Theme.values:
        _keep(response, THEME_COOKIE, wish)
        if request.user.is_authenticated:
            request.user.theme = wish
            request.user.save(update_fields=["theme"])
    return response


def _keep(response, name, value):
    response.set_cookie(name, value, max_age=settings.LANGUAGE_COOKIE_AGE, secure=settings.HTTPS, httponly=True, samesite="Lax")
