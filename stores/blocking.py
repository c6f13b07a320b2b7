"""Rules that hold a request back: what may be written as one, and whether a request meets one."""

import ipaddress
import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F

from audit.choices import Deed
from audit.log import note
from common.errors import DeskError
from common.kept import kept
from common.normaliser import normalise
from common.phones import parse_phone
from common.text import clean_line
from stores.errors import HoldsEverybody, NoNetworkAddress, NoSender, RuleIsThereAlready, RuleNeedsWords, TooManyRules
from stores.models import BlockKind, BlockRule

MOST_TEXT = 30_000
# Each new request is held against all of them.
MOST_RULES = 500
LEAST_PREFIX = {4: 8, 6: 16}
_DOMAIN = re.compile(r"(?=.{3,190}\Z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+\Z")
_WORDS = re.compile(r"\w+")


@transaction.atomic
def add_rule(store, *, kind, value, by=None):
    """Hold back what meets this from now on. Raises a DeskError in words for what cannot be a rule."""
    value = tidy(kind, value, region=store.phone_region)
    if BlockRule.objects.filter(store=store, kind=kind, value=value).exists():
        raise RuleIsThereAlready()
    if BlockRule.objects.filter(store=store).count() >= MOST_RULES:
        raise TooManyRules()
    rule = BlockRule.objects.create(store=store, kind=kind, value=value)
    note(Deed.SETTINGS_CHANGED, by=by, on=rule, after={"did": "made", "kind": kind}, store=store)
    return rule


@transaction.atomic
def remove_rule(rule, *, by=None):
    """What it held stays held until somebody decides."""
    note(Deed.SETTINGS_CHANGED, by=by, on=rule, after={"did": "removed", "kind": rule.kind}, store=rule.store)
    rule.delete()


def tidy(kind, typed, *, region):
    """The rule as it is kept: one spelling for what means the same."""
    typed = clean_line(typed, 200)
    if kind == BlockKind.WORD:
        return _tidy_words(typed)
    return _tidy_sender(typed, region) if kind == BlockKind.SENDER else _tidy_network(typed)


def _tidy_words(typed):
    if len(words_of(typed).strip()) < 2:
        raise RuleNeedsWords()
    return typed


def _tidy_sender(typed, region):
    folded = typed.lower().replace(" ", "")
    if not folded.startswith("@") and "@" in folded:
        try:
            validate_email(folded)
        except ValidationError as error:
            raise NoSender() from error
        return folded
    domain = folded.lstrip("@")
    if _DOMAIN.match(domain) and any(letter.isalpha() for letter in domain):
        return domain
    try:
        return parse_phone(typed, region)
    except DeskError as error:
        raise NoSender() from error


def _tidy_network(typed):
    try:
        network = ipaddress.ip_network(typed.replace(" ", ""), strict=False)
    except ValueError as error:
        raise NoNetworkAddress() from error
    if network.prefixlen < LEAST_PREFIX[network.version]:
        raise HoldsEverybody()
    return str(network.network_address) if network.num_addresses == 1 else str(network)


def rule_against(store, *, text="", email="", phone="", address=""):
    """The first rule of the store that this request meets; None for nearly all of them. Counts what it holds."""
    words, email = words_of(text[:MOST_TEXT]), email.lower()
    for rule in kept(("block rules", store.pk), lambda: list(BlockRule.objects.filter(store=store.pk))):
        if _meets(rule, words, email, phone, address):
            BlockRule.objects.filter(pk=rule.pk).update(hits=F("hits") + 1)
            return rule
    return None


def _meets(rule, words, email, phone, address):
    if rule.kind == BlockKind.WORD:
        return words_of(rule.value) in words
    if rule.kind == BlockKind.SENDER:
        return _is_of(rule.value, email) or bool(phone) and rule.value == phone
    return _is_in(address, rule.value)


def words_of(text):
    """The text as whole words between spaces, each in one spelling, so that “cat” is not found in “catalogue”."""
    return f" {' '.join(_WORDS.findall(normalise(text)))} "


def _is_of(sender, email):
    """Whether the address is this one, or of this domain or one below it."""
    if not email:
        return False
    if "@" in sender:
        return sender == email
    domain = email.rpartition("@")[2]
    return domain == sender or domain.endswith(f".{sender}")


def _is_in(address, network):
    try:
        return ipaddress.ip_address(address) in ipaddress.ip_network(network)
    except ValueError:
        return False
