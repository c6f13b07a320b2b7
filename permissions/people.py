"""Colleagues: who is one, whose access ends, who gets it back. The rights they hold wait unchanged meanwhile.

The doors ask permissions.managing whether this person may do it.
"""

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from accounts.services import disable_person, enable_person, end_sessions, person_at
from audit.choices import Deed
from audit.log import note
from common.errors import Conflict
from common.text import clean_line
from permissions.errors import AccessHasEnded, AccountIsDisabled, AddressesOfTwo, BelongsToAllStores, IsColleagueAlready
from permissions.managing import grants_everywhere
from permissions.services import granters_kept


@transaction.atomic
def add_colleague(*, name, email="", phone="", language="", by):
    """A new member of staff without any right: (person, whether a customer's account became theirs).

    Somebody who has an account keeps it with its name and addresses, and signs in anew. No password is set: the first
    sign-in proves the address. Raises IsColleagueAlready, AccessHasEnded, AccountIsDisabled, AddressesOfTwo, BelongsToAllStores.
    """
    known = _account_at(email, phone)
    if known is None:
        person = _new_account(clean_line(name, 120), email, phone, language)
    else:
        person = get_user_model().objects.select_for_update().get(pk=known.pk)
        _guard_promotion(person, by)
        person.is_staff = True
        person.save(update_fields=["is_staff"])
        end_sessions(person)
    note(Deed.PERSON_CHANGED, by=by, on=person, before={"staff": False}, after={"staff": True, "had_account": known is not None})
    return person, known is not None


@transaction.atomic
def end_access(person, *, by):
    """Nobody signs in with this account any more, and whoever is in is out. Ending it twice changes nothing. Raises LastGranter."""
    with granters_kept():
        if not get_user_model().objects.filter(pk=by.pk, is_active=True).exists():
            raise Conflict()  # of two who end each other at the same moment, one stays
        if person.is_active:
            disable_person(person)
            note(Deed.PERSON_CHANGED, by=by, on=person, before={"active": True}, after={"active": False})


@transaction.atomic
def give_access_back(person, *, by):
    """The person signs in again and finds the rights that were kept. Giving it back twice changes nothing."""
    if not person.is_active:
        enable_person(person)
        note(Deed.PERSON_CHANGED, by=by, on=person, before={"active": False}, after={"active": True})


def _account_at(email, phone):
    found = {person.pk: person for person in (person_at(email), person_at(phone)) if person}
    if len(found) > 1:
        raise AddressesOfTwo()
    return next(iter(found.values()), None)


def _new_account(name, email, phone, language):
    """An account whose addresses nobody has proved yet, so that no stranger's requests come with a mistyped one."""
    try:
        with transaction.atomic():
            return get_user_model().objects.create_user(email, phone, name=name, language=language, is_staff=True)
    except IntegrityError as error:  # somebody made an account with this address at this very moment
        raise Conflict() from error


def _guard_promotion(person, by):
    if person.is_staff and person.is_active:
        raise IsColleagueAlready()
    if person.is_staff:
        raise AccessHasEnded()
    if not person.is_active:
        raise AccountIsDisabled()
    if not grants_everywhere(by):
        raise BelongsToAllStores()
