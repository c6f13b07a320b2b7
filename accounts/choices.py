from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """The languages the product speaks, each named in itself."""

    ENGLISH = "en", "English"
    PERSIAN = "fa", "فارسی"
    POLISH = "pl", "Polski"
    RUSSIAN = "ru", "Русский"


class Calendar(models.TextChoices):
    AUTO = "auto", _("As usual in my language")
    JALALI = "jalali", _("Jalali")
    GREGORIAN = "gregorian", _("Gregorian")


class Theme(models.TextChoices):
    AUTO = "auto", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class StartPage(models.TextChoices):
    """Where a member of staff begins."""

    INBOX = "inbox", _("The list of my tickets")
    DAY = "day", _("My day")
