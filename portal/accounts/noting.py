"""What the audit log keeps of signing in and out. Of staff only: customers' comings and goings are nobody's business."""

from django.contrib.auth import get_user_model

from accounts.services import person_at
from audit.choices import Deed
from audit.log import enough_known, note

PASSWORD, CODE, ENDED_ACCOUNT = "password", "code", "ended"
# Each address of the network once in a quarter of an hour, five of them at most: a flood cannot fill the disk.
SELDOM = {"minutes": 15, "most": 5}


def note_signed_in(person, way):
    if person.is_staff:
        note(Deed.SIGNED_IN, by=person, on=person, after={"way": way})


def note_signed_out(person):
    if person.is_authenticated and person.is_staff:
        note(Deed.SIGNED_OUT, by=person, on=person)


def note_failed_sign_in(address, way):
    """Somebody tried to get in as this colleague. What was typed is not kept, for it may be a password in the wrong field.

    The log is looked into for unknown addresses and customers as well, so that the time tells little; a line takes a
    moment longer, but there are few of them.
    """
    person = person_at(address)
    is_staff = bool(person and person.is_staff)
    known = enough_known(Deed.SIGN_IN_FAILED, on=person if is_staff else get_user_model()(), **SELDOM)
    if is_staff and not known:
        note(Deed.SIGN_IN_FAILED, on=person, after={"way": way})
