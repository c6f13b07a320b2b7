"""A captcha of our own: the browser does a little arithmetic that a person does not notice and a flood of forms does.

We give a signed challenge; the browser looks for a counter so that sha256("<nonce>:<counter>") begins with as many zero
bits as asked. Without JavaScript the same challenge carries a small question in words. Each challenge is good once.
"""

import hashlib
import logging
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext, pgettext_lazy

from common.numbers import ascii_digits
from common.text import clean_line

logger = logging.getLogger(__name__)

SALT = "common.proof-of-work"
BITS = 16
GOOD_FOR = 2 * 3600

NUMBER_WORDS = (
    pgettext_lazy("number in a question", "one"),
    pgettext_lazy("number in a question", "two"),
    pgettext_lazy("number in a question", "three"),
    pgettext_lazy("number in a question", "four"),
    pgettext_lazy("number in a question", "five"),
    pgettext_lazy("number in a question", "six"),
    pgettext_lazy("number in a question", "seven"),
    pgettext_lazy("number in a question", "eight"),
    pgettext_lazy("number in a question", "nine"),
)


@dataclass(frozen=True)
class Challenge:
    """`token` comes back with the form; `question` is for readers without JavaScript."""

    token: str
    nonce: str
    bits: int
    question: str


def new_challenge() -> Challenge:
    nonce = secrets.token_urlsafe(12)
    first, second = secrets.randbelow(9) + 1, secrets.randbelow(9) + 1
    bits = getattr(settings, "PROOF_OF_WORK_BITS", BITS)
    token = signing.dumps({"n": nonce, "b": bits, "a": _sealed(nonce, first + second)}, salt=SALT)
    question = gettext("How much is %(first)s plus %(second)s?") % {"first": NUMBER_WORDS[first - 1], "second": NUMBER_WORDS[second - 1]}
    return Challenge(token, nonce, bits, question)


def is_solved(token, counter="", answer="") -> bool:
    """Whether the work was done or the question answered, in time and for the first time."""
    challenge = _read(token)
    if challenge is None or not (_work_is_done(challenge, counter) or _answer_is_right(challenge, answer)):
        return False
    return _first_use(challenge["n"])


def _read(token):
    if not isinstance(token, str) or not token or len(token) > 500:
        return None
    try:
        return signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError):
        return None


def _work_is_done(challenge, counter):
    counter = str(counter or "")
    if not counter.isascii() or not counter.isdigit() or len(counter) > 15:
        return False
    digest = hashlib.sha256(f"{challenge['n']}:{counter}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - challenge["b"]) == 0


def _answer_is_right(challenge, answer):
    """A number in the digits of any script."""
    typed = ascii_digits(clean_line(answer, 20))
    return typed.isdigit() and constant_time_compare(_sealed(challenge["n"], int(typed)), challenge["a"])


def _sealed(nonce, answer):
    return salted_hmac(SALT, f"{nonce}:{answer}", algorithm="sha256").hexdigest()[:24]


def _first_use(nonce):
    """Remember the challenge as used. With the cache away the work alone must do."""
    try:
        return cache.add(f"proof-of-work:{nonce}", 1, GOOD_FOR + 60)
    except Exception:
        logger.warning("Used challenges are not remembered: the cache does not answer", exc_info=True)
        return True
