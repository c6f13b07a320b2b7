"""What stands in a workflow's document: every key of it, what is meant where it is left out, and what may be written there."""

import copy
import re
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import Language
from automations.faults import Fault, Place
from notifications.choices import Recipient
from statuses.models import ActionDeed, ActionLook, FiresSince, GivesTo, StatusKind

KEY = re.compile(r"[A-Za-z0-9_-]{1,40}\Z")
MOST_HOURS = 24 * 365 * 5
MOST_STATUSES, MOST_ACTIONS, MOST_PARTS = 100, 50, 40


@dataclass(frozen=True)
class Part:
    """One key: what it is when left out, whether a value may stand there, and the sentence for one that may not."""

    default: Any
    fits: Any
    wish: Any


def _line(limit, *, lines=False):
    allowed = "\n\r\t" if lines else ""

    def fits(value):
        return isinstance(value, str) and len(value) <= limit and not any(category(sign) == "Cc" and sign not in allowed for sign in value)

    return fits


def _words(limit, *, lines=False):
    fits = _line(limit, lines=lines)

    def all_fit(value):
        return isinstance(value, dict) and all(code in Language.values and fits(words) for code, words in value.items())

    return Part({}, all_fit, gettext_lazy("Here stand words for each language, none of them too long: en, fa, pl, ru."))


def _one_of(choices, default):
    return Part(
        default, lambda value: isinstance(value, str) and value in choices.values, gettext_lazy("This is none of the values there are.")
    )


def _flag(default):
    return Part(default, lambda value: isinstance(value, bool), gettext_lazy("Here stands yes or no (true or false)."))


def _number(least, most, *, whole=True):
    kinds = int if whole else (int, float)

    def fits(value):
        return value is None or (isinstance(value, kinds) and not isinstance(value, bool) and least <= value <= most)

    return Part(None, fits, gettext_lazy("This number is too small or too large, or no number."))


def _key(default=""):
    return Part(
        default,
        lambda value: isinstance(value, str) and bool(KEY.match(value)),
        gettext_lazy("A key is made of Latin letters, digits and hyphens."),
    )


REFERENCE = Part(
    None,
    lambda value: value is None or (isinstance(value, str) and 0 < len(value) <= 254),
    gettext_lazy("Here stands the key or name of something, or nothing (null)."),
)
PARTS = Part([], lambda value: isinstance(value, list), gettext_lazy("Here stands a list."))


def is_address(value):
    try:
        validate_email(value)
    except ValidationError:
        return False
    return len(value) <= 254


ADDRESS = Part("", lambda value: value == "" or (isinstance(value, str) and is_address(value)), gettext_lazy("This is no e-mail address."))

WORKFLOW = {"key": _key(), "name": _words(120), "statuses": PARTS}
STATUS = {
    "key": _key(),
    "name": _words(80),
    "customer_name": _words(80),
    "kind": _one_of(StatusKind, StatusKind.OPEN.value),
    "hue": _number(0, 360, whole=False),
    "chroma": _number(0, 0.4, whole=False),
    "shown_in_portal": _flag(True),
    "customer_may_reply": _flag(True),
    "customer_may_close": _flag(True),
    "customer_may_reopen": _flag(True),
    "reply_days": _number(0, 3650),
    "after_customer_reply": REFERENCE,
    "after_staff_reply": REFERENCE,
    "asks_for_survey": _flag(False),
    "clock_runs": _flag(True),
    "actions": PARTS,
}
ACTION = {
    "key": _key(),
    "name": _words(60),
    "icon": _key("arrow-right"),
    "look": _one_of(ActionLook, ActionLook.PLAIN.value),
    "deed": _one_of(ActionDeed, ActionDeed.MOVE.value),
    "text": _words(20_000, lines=True),
    "target": REFERENCE,
    "department": REFERENCE,
    "gives_to": _one_of(GivesTo, GivesTo.KEEP.value),
    "person": REFERENCE,
    "team": REFERENCE,
    "for_staff": _flag(True),
    "for_customers": _flag(False),
    "fires_after_hours": _number(1, MOST_HOURS),
    "fires_since": _one_of(FiresSince, FiresSince.LAST_MESSAGE.value),
    "fields": PARTS,
    "messages": PARTS,
}
ASKED = {"field": _key(), "required": _flag(False)}
MESSAGE = {"text": _key(), "recipient": _one_of(Recipient, Recipient.CUSTOMER.value), "address": ADDRESS}


def complete(document):
    """(the document with all its keys in their order, [Fault]). With faults the document is not to be used."""
    faults = []
    if not isinstance(document, dict):
        return {}, [Fault(Place(), _("This is no workflow."))]
    whole = _completed(document, WORKFLOW, Place(), faults)
    whole["statuses"] = [
        _status(raw, Place(status=_name_of(raw, number)), faults) for number, raw in enumerate(whole["statuses"][:MOST_STATUSES], 1)
    ]
    _guard_number(document.get("statuses"), MOST_STATUSES, Place(field="statuses"), faults)
    _guard_twice(whole["statuses"], lambda key: Place(status=key, field="key"), faults)
    return whole, faults


def _status(raw, place, faults):
    whole = _completed(raw, STATUS, place, faults)
    whole["actions"] = [
        _action(each, place._replace(action=_name_of(each, number)), faults)
        for number, each in enumerate(whole["actions"][:MOST_ACTIONS], 1)
    ]
    _guard_number(raw.get("actions") if isinstance(raw, dict) else None, MOST_ACTIONS, place._replace(field="actions"), faults)
    _guard_twice(whole["actions"], lambda key: place._replace(action=key, field="key"), faults)
    return whole


def _action(raw, place, faults):
    whole = _completed(raw, ACTION, place, faults)
    for name, shape in (("fields", ASKED), ("messages", MESSAGE)):
        _guard_number(whole[name], MOST_PARTS, place._replace(field=name), faults)
        whole[name] = [_completed(each, shape, place._replace(field=name), faults) for each in whole[name][:MOST_PARTS]]
    asked = [each["field"] for each in whole["fields"]]
    if len(set(asked)) < len(asked):
        faults.append(Fault(place._replace(field="fields"), _("One field is asked for twice.")))
    told = [tuple(each.values()) for each in whole["messages"]]
    if len(set(told)) < len(told):
        faults.append(Fault(place._replace(field="messages"), _("One text is sent twice to the same people.")))
    return whole


def _completed(raw, shape, place, faults):
    if not isinstance(raw, dict):
        faults.append(Fault(place, _("Here stands a list of settings, each with its name.")))
        raw = {}
    for name in sorted(str(name)[:60] for name in raw.keys() - shape.keys()):
        faults.append(Fault(place, _("There is no setting “%(name)s” here.") % {"name": name}))
    whole = {}
    for name, part in shape.items():
        whole[name] = raw[name] if name in raw else copy.copy(part.default)
        if not part.fits(whole[name]):
            faults.append(Fault(place if place.field else place._replace(field=name), str(part.wish)))
            whole[name] = copy.copy(part.default)
        elif isinstance(whole[name], dict):
            whole[name] = {code: whole[name][code] for code in Language.values if whole[name].get(code, "").strip()}
    return whole


def _name_of(raw, number):
    """How a status or action is called in a place: by its key, else by its number."""
    key = raw.get("key") if isinstance(raw, dict) else None
    return key if isinstance(key, str) and KEY.match(key) else str(number)


def _guard_number(rows, most, place, faults):
    if isinstance(rows, list) and len(rows) > most:
        faults.append(Fault(place, _("These are too many; at most %(most)s fit.") % {"most": most}))


def _guard_twice(rows, place_of, faults):
    keys = [row["key"] for row in rows]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        faults.append(Fault(place_of(key), _("The key “%(key)s” stands here twice.") % {"key": key}))
