"""A new password for whoever lost theirs, by code. It works once, and ends with any other change of the password."""

import time

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.codes import Purpose
from accounts.services import person_at
from common.captcha import guarded
from portal.accounts.destinations import safe_next
from portal.accounts.forms import AddressForm, NewPasswordForm
from portal.accounts.letters import tell_of_change
from portal.accounts.proofs import Proof, ask_for_proof
from portal.accounts.views.entering import enter, invite_to_sign_up

ALLOWED = "new_password"
ALLOWED_FOR = 10 * 60


@login_not_required
@never_cache
def reset_password(request):
    form = AddressForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        ask_for_proof(request, form.cleaned_data["login"], Purpose.RESET, next_url=safe_next(request))
        return redirect("account_confirm_login_code")
    return guarded(render(request, "account/reset_password.html", {"form": form, "next": safe_next(request)}), form)


def finish_reset(request, proof):
    person = person_at(proof.address)
    if person is None:
        return invite_to_sign_up(request, proof)
    if not person.is_active:
        return redirect("account_inactive")
    request.session[ALLOWED] = {
        "user": person.pk,
        "state": person.get_session_auth_hash(),
        "address": proof.address,
        "next_url": proof.next_url,
        "at": time.time(),
    }
    return redirect("account_complete_password_reset")


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def new_password(request):
    """Of two requests with the same permission one sets the password; the other meets a changed state."""
    allowed = request.session.get(ALLOWED)
    with transaction.atomic():
        person = _person_allowed(allowed)
        if person is None:
            return _ended(request)
        form = NewPasswordForm(request.POST or None, user=person)
        if request.method != "POST" or not form.is_valid():
            return render(request, "account/new_password.html", {"form": form})
        person.set_password(form.cleaned_data["password"])
        person.save(update_fields=["password"])
        tell_of_change(request, person, "password")
    request.session.pop(ALLOWED, None)
    messages.success(request, _("Your password is changed. Other devices are signed out."))
    return enter(request, person, Proof("", Purpose.RESET, allowed["address"], allowed["next_url"]))


def _person_allowed(allowed):
    if not allowed or time.time() - allowed["at"] > ALLOWED_FOR:
        return None
    person = get_user_model().objects.select_for_update().filter(pk=allowed["user"], is_active=True).first()
    return person if person and person.get_session_auth_hash() == allowed["state"] else None


def _ended(request):
    """Also the fate of a second click. It leaves the session alone, which may be gone, and the door leads on whom the first one let in."""
    messages.info(request, _("This page has ended. Sign in with the new password, or ask for a new code."))
    return redirect("account_login")
