"""SMS gateways, behind one small interface. settings.SMS_GATEWAY says which one is ours."""

from functools import lru_cache
from importlib import import_module

from django.conf import settings
from django.core.signals import setting_changed


def gateway():
    """The gateway of the settings, made once per process."""
    return _make(settings.SMS_GATEWAY)


@lru_cache(maxsize=1)
def _make(name):
    return import_module(f"notifications.gateways.{name}").make(settings.SMS)


def _forget(*, setting, **_kwargs):
    if setting.startswith("SMS"):
        _make.cache_clear()


setting_changed.connect(_forget)
