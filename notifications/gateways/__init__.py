"""SMS gateways, behind one small interface. Those an owner set up in the pages are asked in their order, else that of settings.SMS_GATEWAY."""

from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.signals import setting_changed

from common.kept import kept
from notifications.choices import GatewayKind
from notifications.gateways.base import Approved

# What fills the places of the environment's templates (Kavenegar), one after the other, as far as the message has it.
_TOKENS, _FILLED_WITH = ("token", "token2", "token3"), ("code", "number", "link")


@dataclass(frozen=True)
class Way:
    """One gateway as it is used: its row (None for the environment's), what speaks to it, and its approved templates."""

    gateway: Any
    row: Any = None
    templates: dict = field(default_factory=dict)

    @property
    def lane(self):
        """The word by which it rests after failures (notifications/lanes.py)."""
        return f"sms:{self.row.pk if self.row else 0}"

    @property
    def leaves(self):
        """Whether an SMS leaves the house by it."""
        return self.gateway.leaves

    @property
    def name(self):
        return str(self.row) if self.row else self.gateway.name

    def approved(self, template, language, params):
        """The approved template for this message, its places filled; None where it has none. One for all languages serves where none is nearer."""
        found = self.templates.get((template, language)) or self.templates.get((template, ""))
        if found is None:
            return None
        if found.gateway_id is None:
            return Approved(found.name, dict(zip(_TOKENS, [params[name] for name in _FILLED_WITH if params.get(name)], strict=False)))
        return Approved(found.name, {name: params[variable] for name, variable in found.parameters if params.get(variable)})


def ways_of(store):
    """[Way]: by which gateways SMS of this store leave, in order: its own, else the default store's, else that of the environment."""
    by_store = kept(("sms gateways",), _rows_by_store)
    rows = by_store.get(store.pk if store else None) or by_store.get("default")
    if rows is None:
        return [environment_way()]
    return [way_of(row) for row in rows if row.is_on]


def way_of(row):
    """This one gateway, whether it is in use or not."""
    templates = {(one.template, one.language): one for one in row.templates.all()}
    if row.kind == GatewayKind.INSTALLATION:
        templates = environment_way().templates | templates
    return Way(import_module(f"notifications.gateways.{row.kind}").of_row(row), row, templates)


def environment_way():
    """The gateway of the environment."""
    return _environment(settings.SMS_GATEWAY)


def _rows_by_store():
    rows, found = apps.get_model("notifications", "SmsGateway").objects.select_related("store").prefetch_related("templates"), {}
    for row in rows:
        found.setdefault(row.store_id, []).append(row)
        if row.store.is_default:
            found["default"] = found[row.store_id]
    return found


def sends_sms():
    """Whether SMS leave at all: through a gateway that was set up in the pages, or through one of the environment."""
    return bool(settings.SMS_GATEWAY) or apps.get_model("notifications", "SmsGateway").objects.exists()


@lru_cache(maxsize=1)
def _environment(name):
    SmsTemplate = apps.get_model("notifications", "SmsTemplate")
    made = import_module(f"notifications.gateways.{name}").make(settings.SMS)
    names = settings.SMS.get("kavenegar_templates", {}) if name == "kavenegar" else {}
    return Way(made, templates={(about, ""): SmsTemplate(template=about, name=known) for about, known in names.items()})


def _forget(*, setting, **_kwargs):
    if setting.startswith("SMS"):
        _environment.cache_clear()


setting_changed.connect(_forget)
