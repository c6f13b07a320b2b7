"""The SMS gateways of a store as its owner sets them up: what there is, adding, changing, ordering and trying them."""

import logging
import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.choices import Deed
from audit.log import differences, note
from common import guarded
from common.errors import DeskError
from common.lazily import lazily
from notifications.choices import GatewayKind, Reason
from notifications.gateways import base, way_of, ways_of
from notifications.gateways.kannel import KANNEL_PORTS
from notifications.models import SmsGateway, SmsRules, SmsTemplate
from notifications.outcomes import NotSent, PermanentFailure, UnknownOutcome
from notifications.senders import ENVIRONMENT, FOLDER, INHERITED, OWN, Outcome, SenderState, guard_tests

log = logging.getLogger(__name__)
httpx = lazily("httpx")

FACTS = (
    "name", "kind", "is_on", "sender", "user", "url", "method", "headers", "body", "success", "described", "templates_only",
    "price_per_part", "currency", "monthly_limit", "balance_warning",
)  # fmt: skip
#: Where the key goes: it is never taken along to another place.
_WHITHER = ("kind", "user", "url")
_CALLS = ("report_url", "balance_url")
#: What may hold a key: the audit log keeps only that it changed.
_UNSAID = {"url", "headers", "body", "described"}
RULES = ("plain_latin", "mail_instead", "quiet_from", "quiet_until", "number_per_hour", "number_per_day", "store_per_hour", "department_id")
MOST_GATEWAYS = 10


class GatewayRefused(DeskError):
    field = "url"
    message = gettext_lazy("This address cannot be used. Write one that begins with https:// and stands on the internet.")


class TooManyGateways(DeskError):
    message = gettext_lazy("That is enough gateways for one store. Remove one first.")


def sms_state(store) -> SenderState:
    """Whether SMS leave the house, and by what, in a sentence."""
    ways = ways_of(store)
    if not ways:
        return SenderState(FOLDER, _("No gateway is in use, so no SMS leave."))
    way = ways[0]
    if not way.leaves:
        return SenderState(FOLDER, _("SMS do not leave yet. They stand among the sent messages in the desk."))
    if way.row is None:
        return SenderState(ENVIRONMENT, _("SMS leave through the gateway that was set up with the installation."))
    if way.row.store_id != store.pk:
        return SenderState(INHERITED, _("SMS leave through the gateway of %(store)s.") % {"store": way.row.store}, way.row)
    return SenderState(OWN, _("SMS leave through %(gateway)s.") % {"gateway": way.name}, way.row)


@transaction.atomic
def save_gateway(store, gateway=None, *, by, key=None, **fields):
    """Add a gateway after the others, or change one. `key=None` keeps the stored one, but never for another company, user or address.

    Raises GatewayRefused for an address that is none of the internet's.
    """
    if gateway:
        gateway = SmsGateway.objects.select_for_update().get(pk=gateway.pk, store=store)
    else:
        places = SmsGateway.objects.filter(store=store).values_list("position", flat=True)
        if len(places) >= MOST_GATEWAYS:
            raise TooManyGateways()
        gateway = SmsGateway(store=store, position=max(places, default=-1) + 1)
    _guard_calls(fields)
    before = _facts(gateway) if gateway.pk else {}
    if key is None and gateway.pk and _whither(before) != _whither(_facts(gateway) | fields):
        key = ""
    secrets = {} if key is None else {"key": key}
    for name, value in {**fields, **secrets}.items():
        setattr(gateway, name, value)
    gateway.checked_at, gateway.balance, gateway.balance_at = None, None, None
    gateway.save()
    _note(store, before, _facts(gateway), secrets, by=by)
    return gateway


@transaction.atomic
def move_gateway(gateway, *, places, by):
    """Have it asked earlier or later than the others."""
    rows = list(SmsGateway.objects.select_for_update().filter(store=gateway.store_id).order_by("position", "pk"))
    was = [row.pk for row in rows]
    place = was.index(gateway.pk)
    rows.insert(max(0, min(len(rows) - 1, place + places)), rows.pop(place))
    for position, row in enumerate(rows):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
    if was != [row.pk for row in rows]:
        note(
            Deed.SETTINGS_CHANGED, by=by, on=gateway.store, before={}, after={"sms_gateways": [str(row) for row in rows]}
        )  # fmt: skip


@transaction.atomic
def switch_gateway(gateway, *, is_on, by):
    if gateway.is_on != is_on:
        gateway.is_on = is_on
        gateway.save(update_fields=["is_on"])
        _note(gateway.store, {"name": str(gateway), "is_on": not is_on}, {"name": str(gateway), "is_on": is_on}, {}, by=by)


@transaction.atomic
def remove_gateway(gateway, *, by):
    """What it sent stays in the ledger; reports that come later are nobody's."""
    _note(gateway.store, _facts(gateway), {}, {}, by=by)
    gateway.delete()


@transaction.atomic
def set_templates(gateway, rows, *, by):
    """The approved templates of this gateway from now on: [{"template", "language", "name", "parameters": [[place, variable], …]}, …]"""
    before = _templates_of(gateway)
    gateway.templates.all().delete()
    SmsTemplate.objects.bulk_create(SmsTemplate(gateway=gateway, **row) for row in rows)
    after = _templates_of(gateway)
    if before != after:
        note(Deed.SETTINGS_CHANGED, by=by, on=gateway.store, before={"sms_templates": before}, after={"sms_templates": after})


@transaction.atomic
def set_rules(store, *, by, **fields):
    rules = SmsRules.objects.select_for_update().filter(store=store).first() or SmsRules(store=store)
    before = {name: getattr(rules, name) for name in RULES}
    for name, value in fields.items():
        setattr(rules, name, value)
    rules.save()
    was, now = differences(before, {name: getattr(rules, name) for name in RULES})
    if was or now:
        note(Deed.SETTINGS_CHANGED, by=by, on=store, before=_prefixed(was), after=_prefixed(now))
    return rules


def send_test_sms(gateway, to, text, *, by) -> Outcome:
    """Send one SMS by this gateway now, whether it is in use or not, and say how it went. It costs what an SMS costs."""
    outcome = _try(way_of(gateway), to, text, by=by)
    if outcome.ok:
        SmsGateway.objects.filter(pk=gateway.pk).update(checked_at=timezone.now())
    return outcome


def send_sms_now(store, to, text, *, by) -> Outcome:
    """The same by the first gateway of the store."""
    ways = ways_of(store)
    return _try(ways[0], to, text, by=by) if ways else Outcome(False, sms_failure(Reason.SETUP))


def _try(way, to, text, *, by):
    guard_tests(by)
    try:
        if way.row and way.row.templates_only:
            raise PermanentFailure(Reason.NO_TEMPLATE)
        way.gateway.send(to, text)
    except UnknownOutcome:
        return Outcome(False, _("The gateway took the message but did not answer. Look whether it arrived."))
    except NotSent as failure:
        log.info("a test SMS by %s did not leave: %s", way.lane, failure.reason)
        return Outcome(False, sms_failure(failure.reason))
    if not way.leaves:
        return Outcome(True, _("There is no SMS gateway yet. The message stands among the sent messages."))
    return Outcome(True, _("The gateway took the message for %(number)s.") % {"number": to})


def sms_failure(reason) -> str:
    return {
        Reason.SETUP: _("The gateway refused the key or the sender. Check both."),
        Reason.NO_CREDIT: _("There is no credit left at the gateway."),
        Reason.BAD_NUMBER: _("The gateway does not know this number."),
        Reason.BAD_TEXT: _("The gateway refused the text or the template."),
        Reason.REFUSED: _("The gateway refused the message. Check what a good answer looks like."),
        Reason.BUSY: _("The gateway asks to come later. Try again in some minutes."),
        Reason.NO_TEMPLATE: _("This gateway sends approved templates only, so a free text cannot be tried. Have a code sent to you."),
    }.get(reason, _("The gateway cannot be reached. Check its address."))


def _guard_calls(fields):
    if fields["kind"] not in {GatewayKind.HTTP, GatewayKind.KANNEL}:
        return
    ports = KANNEL_PORTS if fields["kind"] == GatewayKind.KANNEL else base.PORTS
    described = fields.get("described") or {}
    for url in filter(None, [fields["url"], *(described.get(name) for name in _CALLS)]):
        try:
            parts = httpx.URL(re.sub(r"\{[a-z]+\}", "0", url))
            if parts.scheme not in {"http", "https"} or parts.userinfo:
                raise GatewayRefused()
            guarded.address_of(parts.host, parts.port or (443 if parts.scheme == "https" else 80), ports=ports)
        except (httpx.InvalidURL, guarded.HostNotAllowed, ValueError) as error:
            raise GatewayRefused() from error


def _facts(gateway):
    return {name: getattr(gateway, name) for name in FACTS}


def _whither(facts):
    described = facts["described"] or {}
    return [facts[name] for name in _WHITHER] + [described.get(name, "") for name in _CALLS]


def _templates_of(gateway):
    return [[one.template, one.language, one.name, one.parameters] for one in gateway.templates.order_by("template", "language")]


def _note(store, before, after, secrets, *, by):
    was, now = differences(before, after)
    told = {"secrets": sorted(secrets)} if secrets else {}
    if was or now or told:
        note(Deed.SETTINGS_CHANGED, by=by, on=store, before=_prefixed(was), after=_prefixed(now) | told)


def _prefixed(facts):
    return {
        f"sms_{name}": value if value is None or isinstance(value, (bool, int, list)) else str(value)
        for name, value in facts.items()
        if name not in _UNSAID
    }
