"""The page where a code is typed, whatever it was asked for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.codes import Purpose, spend_code
from accounts.services import is_email
from common.errors import DeskError
from portal.accounts.bounds import bound_guesses
from portal.accounts.forms import CodeForm
from portal.accounts.noting import CODE, note_failed_sign_in
from portal.accounts.proofs import ask_for_proof, drop_proof, proof_under_way
from portal.accounts.views.addresses import finish_address
from portal.accounts.views.entering import finish_sign_in
from portal.accounts.views.reauthenticating import finish_confirmation
from portal.accounts.views.resetting import finish_reset
from portal.accounts.views.signing_up import draft_under_way, finish_sign_up, may_skip

FINISH = {
    Purpose.SIGN_IN: finish_sign_in,
    Purpose.SIGN_UP: finish_sign_up,
    Purpose.RESET: finish_reset,
    Purpose.ADDRESS: finish_address,
    Purpose.CONFIRM: finish_confirmation,
}
OPENS_THE_DOOR = {Purpose.SIGN_IN, Purpose.RESET}
BACK = {
    Purpose.SIGN_IN: "account_login",
    Purpose.SIGN_UP: "account_signup",
    Purpose.RESET: "account_reset_password",
    Purpose.ADDRESS: "portal:profile",
    Purpose.CONFIRM: "portal:profile",
}


@login_not_required
@never_cache
def confirm_code(request):
    proof = proof_under_way(request)
    if proof is None:
        return _nothing_to_confirm(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        bound_guesses(request)
        try:
            spend_code(proof.code, form.cleaned_data["code"], purpose=proof.purpose)
        except DeskError as error:
            error.add_to(form)
            if proof.purpose in OPENS_THE_DOOR:
                note_failed_sign_in(proof.address, CODE)
        else:
            drop_proof(request)
            return FINISH[proof.purpose](request, proof)
    return render(request, "account/confirm_code.html", _page(request, proof, form))


def _page(request, proof, form):
    draft = draft_under_way(request)
    return {
        "form": form,
        "proof": proof,
        "by_mail": is_email(proof.address),
        "back_url": reverse(BACK[proof.purpose]),
        "can_skip": bool(draft and may_skip(request, draft, proof)),
    }


@login_not_required
@require_POST
def resend_code(request):
    """Another code to the same address; the one before is of no use any more in this browser."""
    proof = proof_under_way(request)
    if proof is None:
        return _nothing_to_confirm(request)
    ask_for_proof(request, proof.address, proof.purpose, next_url=proof.next_url)
    messages.info(request, _("A new code is on its way."))
    return redirect("account_confirm_login_code")


def _nothing_to_confirm(request):
    return redirect("portal:profile" if request.user.is_authenticated else "account_login")
