"""Words that name a thing for ever, in files and from one installation to another. People read the name; files keep the key."""

import secrets

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

LETTERS = "abcdefghijkmnpqrstuvwxyz"


def new_key():
    """Eight random letters, without those that are easily taken for another."""
    return "".join(secrets.choice(LETTERS) for _letter in range(8))


def key_like(words, taken):
    """A key that resembles these words, where they have Latin letters; one that is not among `taken`."""
    base = slugify(words)[:32] or new_key()
    return next(key for key in [base, *(f"{base}-{number}" for number in range(2, 100)), new_key()] if key not in taken)


class KeyField(models.SlugField):
    """The key of a row. Random unless somebody gave one; unique, where the model says so."""

    def __init__(self, verbose_name=None, **options):
        super().__init__(verbose_name or _("key"), **{"max_length": 40, "default": new_key, "editable": False, **options})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "common.keys.KeyField", args, kwargs | {"max_length": 40}
