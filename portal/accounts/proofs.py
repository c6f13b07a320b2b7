"""Proofs of an address under way in this browser: which code was sent where, what for, and what comes after it.

Everything lies in the session, so a code typed in another browser opens nothing there.
"""

import time
from dataclasses import asdict, dataclass

from django.db import transaction

from accounts.codes import issue_code
from portal.accounts.bounds import bound_codes
from portal.accounts.letters import send_code

UNDER_WAY = "proof"
PROVEN = "proven"
PROVEN_FOR = 15 * 60  # seconds an address stays proven for whoever is making an account in this browser


@dataclass
class Proof:
    """A code is on its way to this address. `user` is set when somebody who is signed in asked for it."""

    code: str
    purpose: str
    address: str
    next_url: str = ""
    user: int | None = None


def ask_for_proof(request, address, purpose, *, next_url=""):
    """Send a code and remember what it is for. Whether somebody has the address makes no difference, not even in time."""
    bound_codes(request, address)
    with transaction.atomic():
        row, digits = issue_code(purpose, address)
        send_code(request, address=address, digits=digits, purpose=purpose)
    request.session[UNDER_WAY] = asdict(Proof(str(row.pk), str(purpose), address, next_url, request.user.pk))


def proof_under_way(request):
    """The proof this browser waits for, or None. One that a person began is nothing to whoever signs in after them."""
    state = request.session.get(UNDER_WAY)
    proof = Proof(**state) if state else None
    return proof if proof and proof.user in (None, request.user.pk) else None


def drop_proof(request):
    request.session.pop(UNDER_WAY, None)


def note_proven(request, address):
    """Whoever sits at this browser reads at this address. Lasts as long as making an account may take."""
    request.session[PROVEN] = {**_still_proven(request), address: time.time()}


def is_proven(request, address):
    return address in _still_proven(request)


def proven_here(request):
    """The addresses proven in this browser a short while ago, the latest first."""
    return sorted(_still_proven(request), key=_still_proven(request).get, reverse=True)


def _still_proven(request):
    return {address: at for address, at in request.session.get(PROVEN, {}).items() if time.time() - at < PROVEN_FOR}
