"""Opening another store beside the first one."""

from django.db import transaction
from i18nfield.strings import LazyI18nString

from audit.choices import Deed
from audit.log import note
from permissions.querysets import stores_where
from permissions.rights import StoreRight
from permissions.services import Right, change_rights
from stores.models import Store
from stores.moving import clean_word, move_portal

#: What a new store takes over from the first one, to be changed in its own settings.
COPIED = ["site_url", "languages", "language", "time_zone", "calendar", "phone_region", "visitors_may_open", "customers_may_close"]
COPIED += ["late_answers_open_new"]
COPIED += ["customers_may_reopen", "number_digits", "captcha", "captcha_public_key", "captcha_private_key", "without_google"]
COPIED += [
    "requests_per_hour",
    "max_files",
    "max_file_mb",
    "survey_delay_minutes",
    "undo_seconds",
    "hue",
    "chroma",
    "colour",
    "keeps_light_colour",
]


#: What an owner holds. Who sees customer data need not reveal it.
OWNERS = [right for right in StoreRight if right != StoreRight.REVEAL_CUSTOMERS]


def may_open_stores(user):
    """Whoever holds every right of an owner in the first store, and nobody who was only given a part."""
    default = Store.objects.default()
    return default is not None and all(stores_where(user, right).filter(pk=default.pk).exists() for right in OWNERS)


@transaction.atomic
def open_store(*, name, address, by):
    """A store with a portal of its own under this word. Whoever opens it holds every right in it, as in the first one.

    It is named in the first language of the first store; the other languages are written in its settings. Raises what move_portal raises.
    """
    default = Store.objects.default()
    word, name = clean_word(address), {default.language: name}
    store = Store.objects.create(key=_free_key(word), name=LazyI18nString(name), **{field: getattr(default, field) for field in COPIED})
    store = move_portal(store, address=word, by=by)
    note(Deed.SETTINGS_CHANGED, by=by, on=store, after={"name": name, "address": word})
    change_rights(by, give=[Right(right, store) for right in OWNERS], by=by)
    return store


def _free_key(word):
    """The word, with a number behind it where another store was called so before it moved."""
    keys = set(Store.objects.values_list("key", flat=True))
    return next(key for key in (word or "store", *(f"{word or 'store'}-{number}" for number in range(2, 10_000))) if key not in keys)
