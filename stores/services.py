"""Changing how a store works."""

import logging

from django.db import transaction
from django.db.models.fields.files import FieldFile
from i18nfield.strings import LazyI18nString

from audit.choices import Deed
from audit.log import note
from stores.errors import KeysAreMissing, LanguageIsNotOffered
from stores.models import CaptchaChoice, Store

logger = logging.getLogger(__name__)

SETTINGS = {
    "name",
    "welcome",
    "thanks",
    "footer",
    "sender_name",
    "site_url",
    "visitors_may_open",
    "customers_may_close",
    "customers_may_reopen",
    "late_answers_open_new",
    "number_prefix",
    "number_digits",
    "retention_months",
    "calendar",
    "captcha",
    "captcha_public_key",
    "captcha_private_key",
    "without_google",
    "requests_per_hour",
    "max_files",
    "max_file_mb",
    "survey_delay_minutes",
    "undo_seconds",
    "sender_email",
    "reply_to",
    "languages",
    "language",
    "time_zone",
    "phone_region",
    "faq_look",
    "faq_intro",
}
SECRETS = {"captcha_private_key"}


@transaction.atomic
def change_settings(store, changes, *, by):
    """Change the named settings; what is not named stays. The audit log keeps both values, of secrets only that they changed.

    Google's captcha is refused without both keys, and a first language that is not offered. Changing nothing writes nothing.
    """
    if unknown := set(changes) - SETTINGS:
        raise ValueError(f"These are no settings of a store: {sorted(unknown)}")
    store = Store.objects.select_for_update().get(pk=store.pk)
    changed = [name for name, value in changes.items() if plain(getattr(store, name)) != plain(value)]
    before = _facts(store, changed)
    for name in changed:
        setattr(store, name, changes[name])
    if store.captcha == CaptchaChoice.GOOGLE and not (store.captcha_public_key and store.captcha_private_key):
        raise KeysAreMissing()
    if store.language not in store.offered_languages:
        raise LanguageIsNotOffered()
    if changed:
        store.save(update_fields=changed)
        secrets = {"secrets": sorted(SECRETS.intersection(changed))} if SECRETS.intersection(changed) else {}
        note(Deed.SETTINGS_CHANGED, by=by, on=store, before=before, after=_facts(store, changed) | secrets)
        logger.info("Store %s: person %s changed %s", store.key, by.pk, ", ".join(sorted(changed)))
    return store


def plain(value):
    """A setting as the audit log keeps it: words in several languages as a dictionary, a file as its name."""
    if isinstance(value, LazyI18nString):
        value = value.data
        return {code: words for code, words in value.items() if words} if isinstance(value, dict) else value
    return value.name or "" if isinstance(value, FieldFile) else value


def _facts(store, names):
    return {name: plain(getattr(store, name)) for name in names if name not in SECRETS}
