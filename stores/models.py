import hashlib

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from accounts.choices import Calendar, Language
from common.secrets import EncryptedTextField


class CaptchaChoice(models.TextChoices):
    OFF = "off", _("No captcha")
    PROOF_OF_WORK = "pow", _("Proof of work, nothing foreign is loaded")
    GOOGLE = "google", _("Google reCAPTCHA")


class StoreQuerySet(models.QuerySet):
    def default(self):
        """The store whose portal stands at the root. The first one, where nobody chose."""
        return self.order_by("-is_default", "pk").first()


class Store(models.Model):
    """One stream of tickets with a face: name, look, languages, sender and working rules."""

    key = models.SlugField(_("key"), max_length=40, unique=True, help_text=_("A short word for addresses and files."))
    is_default = models.BooleanField(_("stands at the root"), default=False)
    name = I18nCharField(_("name"), max_length=120)
    welcome = I18nTextField(_("welcome"), blank=True, help_text=_("One or two sentences on the portal's home."))
    site_url = models.URLField(_("address of the shop"), blank=True)
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)
    hue = models.FloatField(_("hue"), default=212, validators=[MinValueValidator(0), MaxValueValidator(360)])
    chroma = models.FloatField(_("colour strength"), default=0.077, validators=[MinValueValidator(0), MaxValueValidator(0.13)])

    languages = models.JSONField(_("languages"), default=list, blank=True)
    language = models.CharField(_("first language"), max_length=8, choices=Language, default=Language.ENGLISH)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Warsaw")
    calendar = models.CharField(_("calendar"), max_length=12, choices=Calendar, default=Calendar.AUTO)
    phone_region = models.CharField(_("country of mobile numbers"), max_length=2, default="PL")

    sender_name = I18nCharField(_("sender's name"), max_length=120, blank=True)
    sender_email = models.EmailField(_("sender's address"), blank=True)

    visitors_may_open = models.BooleanField(_("visitors may open tickets without an account"), default=True)
    customers_may_close = models.BooleanField(_("customers may close their tickets"), default=True)
    captcha = models.CharField(_("captcha"), max_length=8, choices=CaptchaChoice, default=CaptchaChoice.OFF)
    captcha_public_key = models.CharField(_("reCAPTCHA site key"), max_length=100, blank=True)
    captcha_private_key = EncryptedTextField(_("reCAPTCHA secret key"), blank=True, default="")
    max_files = models.PositiveSmallIntegerField(_("files in one message"), default=5, validators=[MaxValueValidator(20)])
    max_file_mb = models.PositiveSmallIntegerField(_("size of one file, MB"), default=10, validators=[MaxValueValidator(100)])
    survey_delay_minutes = models.PositiveIntegerField(_("survey leaves after closing, minutes"), default=60)

    objects = StoreQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_customers", "see customer data"),
            ("manage_customers", "write notes and warnings about customers"),
            ("change_settings", "change settings"),
            ("grant_rights", "grant rights"),
            ("reveal_customers", "reveal customer data for a reason"),
            ("share_tickets", "share a ticket"),
            ("view_reports", "see reports"),
            ("view_audit", "read the audit log"),
            ("view_as", "view the desk as a colleague"),
            ("take_emergency", "take emergency access"),
        ]
        verbose_name = _("store")
        verbose_name_plural = _("stores")
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=models.Q(is_default=True), name="one_default_store"),
        ]

    def __str__(self):
        return str(self.name)

    @property
    def logo_url(self):
        """Where the logo is served from; None without one. It changes with the logo, so it may be cached for ever."""
        if not self.logo:
            return None
        version = hashlib.sha256(self.logo.name.encode()).hexdigest()[:12]
        return f"/look/{self.key}-{version}.logo"

    @property
    def offered_languages(self):
        """Codes of the languages the store speaks, its first language first; all of them, where none was chosen."""
        chosen = [code for code in self.languages if code in Language.values] or list(Language.values)
        return sorted(chosen, key=lambda code: code != self.language)

    @property
    def languages_to_write_in(self):
        """Codes of all our languages, those the store speaks first: whoever writes for customers may write in any."""
        offered = self.offered_languages
        return [*offered, *(code for code in Language.values if code not in offered)]
