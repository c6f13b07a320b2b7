"""Is it still you? Asked before an address or a first password changes, when the last proof was a while ago."""

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.codes import Purpose
from accounts.services import proven_addresses
from portal.accounts.confirming import note_confirmed
from portal.accounts.destinations import safe_next
from portal.accounts.forms import OwnPasswordForm
from portal.accounts.proofs import ask_for_proof


@never_cache
@sensitive_post_parameters("password")
def reauthenticate(request):
    form = OwnPasswordForm(request.POST or None, user=request.user) if request.user.has_usable_password() else None
    if request.method == "POST" and form and form.is_valid():
        note_confirmed(request)
        return redirect(safe_next(request) or "portal:profile")
    return render(request, "account/reauthenticate.html", {"form": form, "address": _where(request.user), "next": safe_next(request)})


@require_POST
def send_confirmation_code(request):
    address = _where(request.user)
    if address is None:
        return redirect("account_reauthenticate")
    ask_for_proof(request, address, Purpose.CONFIRM, next_url=safe_next(request))
    return redirect("account_confirm_login_code")


def finish_confirmation(request, proof):
    note_confirmed(request)
    return redirect(proof.next_url or "portal:profile")


def _where(user):
    return next(iter(proven_addresses(user).values()), None)
