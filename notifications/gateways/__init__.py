"""SMS gateways, behind one small interface. An account set up in the pages says which one is ours, else settings.SMS_GATEWAY."""

from functools import lru_cache
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.core.signals import setting_changed


def gateway(store=None):
    """The gateway of this store: as its owner set it up, else the default store's, else that of the environment."""
    account = sms_account_for(store)
    return of_account(account) if account else _make(settings.SMS_GATEWAY)


def sms_account_for(store):
    SmsAccount = apps.get_model("notifications", "SmsAccount")
    accounts = {
        account.store_id: account for account in SmsAccount.objects.select_related("store").order_by("-store__is_default", "store_id")
    }
    own = accounts.get(store.pk) if store else None
    return own or next((account for account in accounts.values() if account.store.is_default), None)


def sends_sms():
    """Whether SMS leave at all: through an account that was set up in the pages, or through a gateway of the environment."""
    return bool(settings.SMS_GATEWAY) or apps.get_model("notifications", "SmsAccount").objects.exists()


def of_account(account):
    """The gateway behind an account. Where it is called is ours to say, except for one of the owner's own description."""
    known = settings.SMS | {"sender": account.sender}
    if account.gateway == "http":
        return import_module("notifications.gateways.http").of_account(account)
    keys = {"kavenegar": "kavenegar_key", "smsapi": "smsapi_token"}
    more = {keys[account.gateway]: account.key, "kavenegar_templates": account.templates}
    return import_module(f"notifications.gateways.{account.gateway}").make(known | more)


@lru_cache(maxsize=1)
def _make(name):
    return import_module(f"notifications.gateways.{name}").make(settings.SMS)


def _forget(*, setting, **_kwargs):
    if setting.startswith("SMS"):
        _make.cache_clear()


setting_changed.connect(_forget)
