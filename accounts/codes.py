"""One-time codes: six digits that prove that somebody reads what arrives at an address.

A code lives ten minutes, may be mistyped four times and works once, however many requests come at the same moment:
tries are counted in the database before they are compared. Only a keyed digest is kept.
"""

import hmac
import secrets
from datetime import timedelta

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import OneTimeCode
from common.errors import DeskError
from common.numbers import ascii_digits

DIGITS = 6
LIFETIME = timedelta(minutes=10)
MAX_TRIES = 5


class Purpose(models.TextChoices):
    """What a code was asked for. A code of one purpose is nothing to another."""

    SIGN_UP = "sign_up", _("Making an account")
    SIGN_IN = "sign_in", _("Signing in")
    RESET = "reset", _("A new password")
    ADDRESS = "address", _("A new address")
    CONFIRM = "confirm", _("Making sure that it is you")


class WrongCode(DeskError):
    field = "code"
    message = _("This is not the code we sent. Compare the digits with the message.")


class CodeEnded(DeskError):
    """Used, too old, or mistyped too often: only a new one helps."""

    field = "code"
    message = _("This code has ended. Ask for a new one.")


def issue_code(purpose, address):
    """A new code for this address: the row, and the digits to send. Older codes for other browsers stay as they are."""
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    row = OneTimeCode(purpose=purpose, address=address, expires_at=timezone.now() + LIFETIME)
    row.digest = _digest(row, digits)
    row.save(force_insert=True)
    return row, digits


def spend_code(pk, typed, *, purpose):
    """The address that is proved by these digits. Raises WrongCode or CodeEnded; of two at once, one gets through."""
    alive = OneTimeCode.objects.filter(pk=pk, purpose=purpose, spent_at=None, expires_at__gt=timezone.now(), tries__lt=MAX_TRIES)
    if not alive.update(tries=F("tries") + 1):
        raise CodeEnded()
    row = OneTimeCode.objects.get(pk=pk)
    if not hmac.compare_digest(row.digest, _digest(row, _bare_digits(typed))):
        raise CodeEnded() if row.tries >= MAX_TRIES else WrongCode()
    if not OneTimeCode.objects.filter(pk=pk, spent_at=None).update(spent_at=timezone.now()):
        raise CodeEnded()
    return row.address


def clear_old_codes():
    """Forget the codes nobody can use any more."""
    return OneTimeCode.objects.filter(expires_at__lt=timezone.now() - LIFETIME).delete()[0]


def _bare_digits(typed):
    return "".join(c for c in ascii_digits(typed) if c in "0123456789")


def _digest(row, digits):
    return salted_hmac("accounts.codes", f"{row.pk} {digits}", algorithm="sha256").hexdigest()
