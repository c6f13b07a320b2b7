"""Making an account. Nobody is stored until every address is proven, so nobody can sit on an address of somebody else.

What was typed waits in the session meanwhile, the password as its hash.
"""

import time

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import make_password
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.codes import Purpose
from accounts.services import AddressTaken, is_email, open_account, person_at
from common.captcha import guarded
from customers.services import customer_of
from portal.accounts.destinations import home_of, safe_next
from portal.accounts.forms import SignUpForm
from portal.accounts.proofs import Proof, ask_for_proof, drop_proof, is_proven, note_proven, proof_under_way, proven_here
from portal.accounts.views.entering import enter

DRAFT = "sign_up"
DRAFT_LASTS = 30 * 60


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def signup(request):
    if request.user.is_authenticated:
        return redirect(safe_next(request) or home_of(request.user))
    form = SignUpForm(request.POST or None, request=request, initial=_addresses_known_here(request))
    if request.method == "POST" and form.is_valid():
        request.session[DRAFT] = _draft_of(form.cleaned_data, safe_next(request))
        return next_step(request)
    return guarded(render(request, "account/signup.html", {"form": form, "next": safe_next(request)}), form)


def _addresses_known_here(request):
    return {"email" if is_email(address) else "phone": address for address in reversed(proven_here(request))}


def _draft_of(data, next_url):
    return {
        "name": data["name"],
        "addresses": [address for address in (data["email"], data["phone"]) if address],
        # Hashed whoever has the address, so that time tells nothing.
        "password_hash": make_password(data["password"]) if data["password"] else "",
        "next_url": next_url,
        "at": time.time(),
    }


def draft_under_way(request):
    draft = request.session.get(DRAFT)
    return draft if draft and time.time() - draft["at"] < DRAFT_LASTS else None


def next_step(request):
    """Prove the next address of the draft, or, when all are proven, make the account."""
    draft = draft_under_way(request)
    if draft is None:
        messages.info(request, _("That took a while. Please fill in the form again."))
        return redirect("account_signup")
    for address in draft["addresses"]:
        if not is_proven(request, address):
            ask_for_proof(request, address, Purpose.SIGN_UP, next_url=draft["next_url"])
            return redirect("account_confirm_login_code")
    return _open(request, draft)


def _open(request, draft):
    first = Proof("", Purpose.SIGN_UP, draft["addresses"][0], draft["next_url"])
    try:
        person = open_account(
            name=draft["name"], addresses=draft["addresses"], password_hash=draft["password_hash"], language=request.reader.language
        )
    except AddressTaken:  # the same person in another tab, a moment ago
        owner = next(filter(None, map(person_at, draft["addresses"])))
        return _greet_known(request, owner, first)
    customer_of(person)
    request.session.pop(DRAFT)
    messages.success(request, _("Your account is ready."))
    return enter(request, person, first)


def finish_sign_up(request, proof):
    """One address is proven. If it has an account already, its reader is let into that one instead."""
    note_proven(request, proof.address)
    owner = person_at(proof.address)
    if owner:
        return _greet_known(request, owner, proof)
    return next_step(request)


def _greet_known(request, owner, proof):
    request.session.pop(DRAFT, None)
    messages.info(request, _("You had an account with this address already. It is as it was, and you are signed in."))
    return enter(request, owner, proof)


@login_not_required
@require_POST
def skip_address(request):
    """Go on without the address that is being proved, when another one is proven: a code may never arrive."""
    draft, proof = draft_under_way(request), proof_under_way(request)
    if draft and proof and may_skip(request, draft, proof):
        request.session[DRAFT] = {**draft, "addresses": [a for a in draft["addresses"] if a != proof.address]}
        drop_proof(request)
    return next_step(request)


def may_skip(request, draft, proof):
    return proof.purpose == Purpose.SIGN_UP and any(is_proven(request, a) for a in draft["addresses"] if a != proof.address)
