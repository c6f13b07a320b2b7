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


def fill_keys(app, *models_with_keys):
    """For a migration that adds a key to rows that are there: each gets one of its own."""

    def fill(apps, schema_editor):
        for name in models_with_keys:
            model = apps.get_model(app, name)
            for pk in model.objects.values_list("pk", flat=True):
                model.objects.filter(pk=pk).update(key=new_key())

    return fill
