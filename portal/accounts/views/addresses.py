"""Changing one's e-mail address and mobile number. The new one counts from the moment its code is typed."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.codes import Purpose
from accounts.services import AddressTaken, LastAddress, give_address, is_email, take_phone
from customers.services import adopt_proven_tickets, update_from_account
from portal.accounts.confirming import confirmed_first
from portal.accounts.forms import NewEmailForm, NewPhoneForm
from portal.accounts.letters import tell_of_change
from portal.accounts.proofs import ask_for_proof
from tickets.search.writing import rename


@never_cache
@confirmed_first
def change_email(request):
    return _change(request, NewEmailForm, "account/change_email.html")


@never_cache
@confirmed_first
def change_phone(request):
    return _change(request, NewPhoneForm, "account/change_phone.html")


def _change(request, form_class, template):
    """Whether the address has an account is not said here; that comes out when its reader types the code."""
    form = form_class(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        ask_for_proof(request, form.cleaned_data["address"], Purpose.ADDRESS)
        return redirect("account_confirm_login_code")
    return render(request, template, {"form": form})


def finish_address(request, proof):
    user = request.user
    kind = "email" if is_email(proof.address) else "phone"
    former = getattr(user, kind)
    try:
        give_address(user, proof.address)
    except AddressTaken as taken:
        messages.error(request, str(taken))
        return redirect("portal:profile")
    if former and former != proof.address:
        tell_of_change(request, user, kind, address=former)
    adopted = adopt_proven_tickets(user)
    rename(update_from_account(user) or adopted)
    messages.success(request, _("Your e-mail address is changed.") if kind == "email" else _("Your mobile number is saved."))
    return redirect("portal:profile")


@require_POST
@confirmed_first
def remove_phone(request):
    try:
        take_phone(request.user)
    except LastAddress as refusal:
        messages.error(request, str(refusal))
    else:
        request.user.refresh_from_db()
        rename(update_from_account(request.user))
        messages.success(request, _("Your mobile number is removed."))
    return redirect("portal:profile")
