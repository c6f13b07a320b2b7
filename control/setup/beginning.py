"""The first moment of an installation: nobody signs in yet, and whoever runs it may make the first owner.

The way there is an address with a key that only the machine's operator reads (`manage.py start` prints it). It is worth nothing
once anybody exists who signs in.
"""

import hmac

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from accounts.choices import Language
from audit.choices import Deed
from audit.log import note
from common.errors import Conflict
from common.keys import key_like
from permissions.rights import StoreRight
from permissions.services import grant
from stores.models import Store

#: Where a store that speaks this language first most likely is: time zone, country of mobile numbers.
PLACES = {
    Language.ENGLISH: ("Europe/London", "GB"),
    Language.PERSIAN: ("Asia/Tehran", "IR"),
    Language.POLISH: ("Europe/Warsaw", "PL"),
    Language.RUSSIAN: ("Europe/Moscow", "RU"),
}


class BegunAlready(Conflict):
    message = _("This help desk has its owner already. Sign in, or ask them to invite you.")


def setup_key():
    """The word of the address. Made from the secret key, so it is the same until somebody exists."""
    return salted_hmac("control.setup", "the first owner", algorithm="sha256").hexdigest()[:40]


def is_setup_key(typed):
    return hmac.compare_digest(setup_key().encode(), str(typed).encode())


def setup_path():
    return reverse("setup", args=[setup_key()])


def is_untouched():
    """Whether nobody signs in here yet."""
    return not get_user_model().objects.exists()


@transaction.atomic
def begin(*, store_name, language, name, email, password):
    """Make the store, where there is none, and its first owner, who may set it up and give rights, and sees no ticket yet.

    Raises BegunAlready when somebody was quicker.
    """
    store = Store.objects.select_for_update().order_by("-is_default", "pk").first()
    if not is_untouched():
        raise BegunAlready()
    if store is None:
        time_zone, region = PLACES[language]
        store = Store.objects.create(
            key=key_like(store_name, set()), is_default=True, name=LazyI18nString({language: store_name}), language=language,
            languages=[language], time_zone=time_zone, phone_region=region,
        )  # fmt: skip
    owner = get_user_model().objects.create_user(email, password=password, name=name, is_staff=True, language=language)
    note(Deed.PERSON_CHANGED, by=owner, on=owner, after={"staff": True})
    for right in StoreRight:
        grant(owner, right, store, by=owner)
    return store, owner
