"""The key by which push services know this help desk (VAPID, RFC 8292). Browsers are asked for a subscription of its public half."""

import base64
import binascii
import time
from email.utils import parseaddr
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from common.lazily import lazily

py_vapid = lazily("py_vapid")
CURVE = ec.SECP256R1()
#: A signed word is believed for so long. Services take a day at most.
SECONDS = 12 * 3600


def decoded(words):
    """The bytes of base64url, with or without padding. Raises ValueError."""
    try:
        return base64.urlsafe_b64decode(words.encode() + b"=" * (-len(words) % 4))
    except (binascii.Error, UnicodeError) as error:
        raise ValueError("not base64url") from error


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@cache
def _private_key(words):
    return ec.derive_private_key(int.from_bytes(decoded(words)), CURVE)


def private_key():
    return _private_key(settings.VAPID_PRIVATE_KEY)


def public_key():
    """As browsers take it: applicationServerKey."""
    return encoded(private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def signed_word(origin):
    """The header that proves to the push service at this origin that it is us who ask, and whom to write to when we misbehave."""
    claims = {"aud": origin, "sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}", "exp": int(time.time()) + SECONDS}
    return py_vapid.Vapid02(private_key()).sign(claims)
