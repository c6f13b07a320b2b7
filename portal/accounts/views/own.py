"""A person's own page: how they are called, how they read, how they sign in."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.services import end_sessions
from customers.services import update_from_account
from notifications.push.pages import devices_part
from portal.accounts.forms import ProfileForm
from tickets.search.writing import rename


@never_cache
def profile(request):
    form = ProfileForm(request.POST or None, instance=request.user, request=request)
    if request.method == "POST" and form.is_valid():
        person = form.save()
        rename(update_from_account(person))
        with translation.override(person.language):
            messages.success(request, _("Saved."))
        return redirect("portal:profile")
    return render(request, "account/profile.html", {"form": form, "push": devices_part(request, "portal", request.store or None)})


@require_POST
def end_other_sessions(request):
    """Sign out everywhere but here."""
    end_sessions(request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("You are signed out on all other devices."))
    return redirect("portal:profile")
