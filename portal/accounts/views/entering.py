"""Signing in and out. Passwords are django-allauth's work; the page also leads to signing in by code."""

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.codes import Purpose
from accounts.services import give_address, person_at
from common.captcha import guarded
from permissions.viewing import end_viewing
from portal.accounts.destinations import go, home_of, safe_next
from portal.accounts.forms import AddressForm
from portal.accounts.proofs import ask_for_proof, note_proven


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def request_login_code(request):
    """Send a code to an address. The page that follows is the same for known and unknown ones."""
    if request.user.is_authenticated:
        return redirect(safe_next(request) or home_of(request.user))
    form = AddressForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        ask_for_proof(request, form.cleaned_data["login"], Purpose.SIGN_IN, next_url=safe_next(request))
        return redirect("account_confirm_login_code")
    return guarded(render(request, "account/request_login_code.html", {"form": form, "next": safe_next(request)}), form)


def finish_sign_in(request, proof):
    """The address is proven, so its reader may know whether there is an account: in, or on to making one."""
    person = person_at(proof.address)
    if person is None:
        return invite_to_sign_up(request, proof)
    return enter(request, person, proof)


def invite_to_sign_up(request, proof):
    note_proven(request, proof.address)
    messages.info(request, _("There is no account with this address yet. Make one here; the address is already confirmed."))
    return go("account_signup", proof.next_url)


def enter(request, person, proof):
    """Sign in whoever has proved to read at an address of this person."""
    if person.is_active:
        give_address(person, proof.address)
    return perform_login(request, person, redirect_url=proof.next_url or None)


@login_not_required
@require_POST
def logout(request):
    """Signing out also ends looking through a colleague's eyes, with its line in the audit log."""
    end_viewing(request)
    get_adapter().logout(request)
    messages.info(request, _("You are signed out."))
    return redirect(safe_next(request) or "portal:home")
