"""Secrets at rest: gateway keys and passwords are stored encrypted, with a key that lives outside the database."""

import base64
import logging
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

logger = logging.getLogger(__name__)


class SecretLost(Exception):
    """What was stored cannot be decrypted: it was altered, or the encryption key is another one."""


def encrypt(text) -> str:
    return _fernet(settings.ENCRYPTION_KEY, _old_keys()).encrypt(str(text).encode()).decode()


def decrypt(token) -> str:
    """The text again, also when it was written under one of settings.ENCRYPTION_KEY_FALLBACKS. Raises SecretLost."""
    try:
        return _fernet(settings.ENCRYPTION_KEY, _old_keys()).decrypt(str(token).encode()).decode()
    except (InvalidToken, UnicodeError) as error:
        raise SecretLost("A stored secret cannot be decrypted; is ENCRYPTION_KEY the one it was written with?") from error


def _old_keys():
    return tuple(getattr(settings, "ENCRYPTION_KEY_FALLBACKS", ()))


@lru_cache(maxsize=4)
def _fernet(key, old_keys):
    return MultiFernet([Fernet(_derive(one)) for one in (key, *old_keys)])


def _derive(key):
    return base64.urlsafe_b64encode(HKDF(algorithm=SHA256(), length=32, salt=None, info=b"helpdesk secrets").derive(key.encode()))


class EncryptedTextField(models.TextField):
    """Text that the database never sees in the open. It can be empty or null, not searched or sorted by.

    A value that cannot be decrypted reads as empty, and the log says so: the page that mends it must open.
    """

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return encrypt(value) if value else value

    def from_db_value(self, value, expression, connection):
        if not value:
            return value
        try:
            return decrypt(value)
        except SecretLost as lost:
            logger.error("%s.%s: %s", self.model._meta.label, self.name, lost)
            return ""

    def get_lookup(self, name):
        """Only “is null” can be asked: equal texts are encrypted differently each time."""
        return super().get_lookup(name) if name == "isnull" else None
