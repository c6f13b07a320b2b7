"""Where a person is led. An address from outside counts only when it stays on our host."""

from urllib.parse import urlencode

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.choices import StartPage


def is_ours(request, url):
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())


def safe_next(request):
    """The page the person wanted before, from the form or the query; nothing when it leads elsewhere."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if is_ours(request, wanted) else ""


def home_of(user):
    """Staff begin at their inbox or their day, as they chose; customers at the portal's home."""
    if not user.is_staff:
        return reverse("portal:home")
    return reverse("backoffice:day" if user.start_page == StartPage.DAY else "backoffice:inbox")


def go(name, next_url=""):
    """Redirect to a page that leads on to another one."""
    return redirect(reverse(name) + (f"?{urlencode({'next': next_url})}" if next_url else ""))
