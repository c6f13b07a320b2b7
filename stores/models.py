import hashlib

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from accounts.choices import Calendar, Language
from common.secrets import EncryptedTextField


class CaptchaChoice(models.TextChoices):
    OFF = "off", _("No captcha")
    PROOF_OF_WORK = "pow", _("Proof of work, nothing foreign is loaded")
    GOOGLE = "google", _("Google reCAPTCHA")


class WithoutGoogle(models.TextChoices):
    """What a form does while Google cannot be asked: unreachable, too slow, or the keys are wrong."""

    WORK = "work", _("Ask for our own proof of work instead")
    ACCEPT = "accept", _("Let the request through")
    REFUSE = "refuse", _("Refuse it until Google answers again")


class FaqLook(models.TextChoices):
    """How the section of questions and answers is laid out."""

    LIST = "list", _("A list that unfolds")
    CARDS = "cards", _("Cards, one per section")
    PLAIN = "plain", _("All answers one below the other")


class StoreQuerySet(models.QuerySet):
    def default(self):
        """The store whose portal stands at the root. The first one, where nobody chose."""
        return self.order_by("-is_default", "pk").first()


class Store(models.Model):
    """One stream of tickets with a face: name, look, languages, sender and working rules."""

    key = models.SlugField(_("key"), max_length=40, unique=True, help_text=_("A short word for addresses and files."))
    is_default = models.BooleanField(_("stands at the root"), default=False)
    address = models.SlugField(
        _("portal address"),
        max_length=40,
        blank=True,
        default="",
        help_text=_("A word under the domain. Empty: the portal stands at the root."),
    )
    host = models.CharField(_("host of its own"), max_length=253, blank=True, default="")
    name = I18nCharField(_("name"), max_length=120)
    welcome = I18nTextField(_("welcome"), blank=True, help_text=_("One or two sentences on the portal's home."))
    thanks = I18nTextField(_("said after a request was sent"), blank=True)
    footer = I18nTextField(_("last line of every page"), blank=True)
    site_url = models.URLField(_("address of the shop"), blank=True)
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)
    hue = models.FloatField(_("hue"), default=212, validators=[MinValueValidator(0), MaxValueValidator(360)])
    chroma = models.FloatField(_("colour strength"), default=0.077, validators=[MinValueValidator(0), MaxValueValidator(0.13)])
    colour = models.CharField(_("colour as it was chosen"), max_length=7, blank=True, default="")
    keeps_light_colour = models.BooleanField(_("a light colour stays light, with dark words on it"), default=False)

    languages = models.JSONField(_("languages"), default=list, blank=True)
    language = models.CharField(_("first language"), max_length=8, choices=Language, default=Language.ENGLISH)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Warsaw")
    calendar = models.CharField(_("calendar"), max_length=12, choices=Calendar, default=Calendar.AUTO)
    phone_region = models.CharField(_("country of mobile numbers"), max_length=2, default="PL")

    sender_name = I18nCharField(_("sender's name"), max_length=120, blank=True)
    sender_email = models.EmailField(_("sender's address"), blank=True)
    reply_to = models.EmailField(_("address answers go to"), blank=True, default="")

    visitors_may_open = models.BooleanField(_("visitors may open tickets without an account"), default=True)
    customers_may_close = models.BooleanField(_("customers may close their tickets"), default=True)
    customers_may_reopen = models.BooleanField(_("customers may open closed tickets again"), default=True)
    late_answers_open_new = models.BooleanField(_("answers to what was closed too long ago open a new request"), default=False)
    number_prefix = models.CharField(_("letters before ticket numbers"), max_length=4, blank=True, default="")
    number_digits = models.PositiveSmallIntegerField(
        _("digits of ticket numbers"), default=6, validators=[MinValueValidator(5), MaxValueValidator(8)]
    )
    retention_months = models.PositiveSmallIntegerField(
        _("closed tickets are kept for so many months"), null=True, blank=True, help_text=_("Empty: for ever.")
    )
    requests_per_hour = models.PositiveSmallIntegerField(
        _("requests from one address in an hour"), default=10, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    faq_look = models.CharField(_("look of the answers"), max_length=8, choices=FaqLook, default=FaqLook.LIST)
    faq_intro = I18nTextField(_("words above the answers"), blank=True)
    captcha = models.CharField(_("captcha"), max_length=8, choices=CaptchaChoice, default=CaptchaChoice.OFF)
    captcha_public_key = models.CharField(_("reCAPTCHA site key"), max_length=100, blank=True)
    captcha_private_key = EncryptedTextField(_("reCAPTCHA secret key"), blank=True, default="")
    without_google = models.CharField(_("while Google cannot be asked"), max_length=8, choices=WithoutGoogle, default=WithoutGoogle.WORK)
    max_files = models.PositiveSmallIntegerField(_("files in one message"), default=5, validators=[MaxValueValidator(20)])
    max_file_mb = models.PositiveSmallIntegerField(_("size of one file, MB"), default=10, validators=[MaxValueValidator(100)])
    undo_seconds = models.PositiveSmallIntegerField(
        _("seconds in which a reply can be taken back"), default=10, validators=[MaxValueValidator(60)]
    )
    survey_delay_minutes = models.PositiveIntegerField(_("survey leaves after closing, minutes"), default=60)

    guide = models.JSONField(_("doors of the guide that wait or are done"), default=dict, blank=True, editable=False)

    objects = StoreQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_customers", "see customer data"),
            ("manage_customers", "manage customers: notes, blocks, merging"),
            ("erase_customers", "export and erase customers’ data"),
            ("change_settings", "change settings"),
            ("grant_rights", "grant rights"),
            ("reveal_customers", "reveal customer data for a reason"),
            ("share_tickets", "share a ticket"),
            ("view_reports", "see reports"),
            ("view_audit", "read the audit log"),
            ("view_as", "view the desk as a colleague"),
            ("take_emergency", "take emergency access"),
            ("share_views", "give views of the inbox to colleagues"),
        ]
        verbose_name = _("store")
        verbose_name_plural = _("stores")
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=models.Q(is_default=True), name="one_default_store"),
            models.UniqueConstraint(fields=["address"], condition=~models.Q(address=""), name="one_store_per_address"),
            models.UniqueConstraint(fields=["host"], condition=~models.Q(host=""), name="one_store_per_host"),
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


class PortalLink(models.Model):
    """A link of the shop in the portal's menu, beside “my requests”: profile, orders, subscriptions. One menu for the whole site."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="links", verbose_name=_("store"))
    label = I18nCharField(_("words"), max_length=60)
    url = models.URLField(_("address"), max_length=300)
    icon = models.SlugField(_("icon"), max_length=40, default="arrow-right")
    for_customers = models.BooleanField(_("only for customers who have signed in"), default=False)
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    class Meta:
        default_permissions = ()
        verbose_name = _("link of the menu")
        verbose_name_plural = _("links of the menu")
        ordering = ["position", "pk"]

    def __str__(self):
        return str(self.label)


class BlockKind(models.TextChoices):
    WORD = "word", _("word or phrase")
    SENDER = "sender", _("e-mail address or domain, or mobile number")
    ADDRESS = "address", _("network address")


class BlockRule(models.Model):
    """What keeps a request from becoming a ticket: it is held until somebody has looked at it."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="block_rules", verbose_name=_("store"))
    kind = models.CharField(_("kind"), max_length=8, choices=BlockKind)
    value = models.CharField(_("what is held back"), max_length=200)
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    hits = models.PositiveIntegerField(_("requests it held"), default=0, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("block rule")
        verbose_name_plural = _("block rules")
        ordering = ["kind", "value"]
        constraints = [models.UniqueConstraint(fields=["store", "kind", "value"], name="one_rule_per_value")]

    def __str__(self):
        return self.value
