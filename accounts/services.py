"""Changing people: their proven addresses, their sessions, their being let in."""

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from common.errors import Conflict, DeskError


class AddressTaken(Conflict):
    """Said only to somebody who has just proved to own the address."""

    message = _("Another account already has this address. Sign in with it, or keep the address you have here.")


class LastAddress(DeskError):
    message = _("This is the only address of your account. Add another one before you remove it.")


def is_email(address):
    return "@" in address


def person_at(address):
    """Who signs in with this e-mail address (any case) or mobile number (E.164); None when nobody does."""
    people = get_user_model().objects
    match = {"email__iexact": address} if is_email(address) else {"phone": address}
    return people.filter(**match).first() if address else None


@transaction.atomic
def open_account(*, name, addresses, password_hash="", language=""):
    """A person with these proven addresses (an e-mail address, a mobile number, or both). Raises AddressTaken, and then makes nobody.

    Without a hash there is no password, and signing in goes by code.
    """
    user = get_user_model()(name=name, language=language)
    if password_hash:
        user.password = password_hash
    else:
        user.set_unusable_password()
    for address in addresses:
        setattr(user, "email" if is_email(address) else "phone", address)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise AddressTaken() from error
    for address in addresses:
        give_address(user, address)
    return user


@transaction.atomic
def give_address(user, address):
    """This person has proved to own the address: it becomes theirs, in place of the one of its kind they had.

    Raises AddressTaken when it belongs to somebody else. Doing it twice changes nothing.
    """
    owner = person_at(address)
    if owner and owner.pk != user.pk:
        raise AddressTaken()
    try:
        with transaction.atomic():
            _set_email(user, address.lower()) if is_email(address) else _set_phone(user, address)
    except IntegrityError as error:  # somebody else proved the same address at this very moment
        raise AddressTaken() from error


def _set_email(user, email):
    user.email = email
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).exclude(email=email).delete()
    EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": True, "primary": True})


def _set_phone(user, phone):
    user.phone, user.phone_verified = phone, True
    user.save(update_fields=["phone", "phone_verified"])


@transaction.atomic
def take_phone(user):
    """Forget the mobile number. Raises LastAddress when there is no e-mail address to sign in with."""
    user = get_user_model().objects.select_for_update().get(pk=user.pk)
    if not user.email:
        raise LastAddress()
    user.phone, user.phone_verified = None, False
    user.save(update_fields=["phone", "phone_verified"])


def proven_addresses(user):
    """{"email": …, "phone": …}, each only when its owner has shown to read there."""
    email = EmailAddress.objects.filter(user=user, verified=True, email__iexact=user.email or "").exists()
    proven = {"email": user.email if email else None, "phone": user.phone if user.phone_verified else None}
    return {kind: address for kind, address in proven.items() if address}


def end_sessions(user):
    """Sign this person out everywhere, at their very next request."""
    get_user_model().objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    user.refresh_from_db(fields=["session_round"])


def disable_person(user):
    """Nobody signs in with this account any more, and whoever is in is out, also after it is enabled again."""
    get_user_model().objects.filter(pk=user.pk).update(is_active=False, session_round=F("session_round") + 1)
    user.refresh_from_db(fields=["is_active", "session_round"])


def enable_person(user):
    get_user_model().objects.filter(pk=user.pk).update(is_active=True)
    user.refresh_from_db(fields=["is_active"])
