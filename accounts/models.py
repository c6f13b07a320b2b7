import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.choices import Calendar, Language, StartPage, Theme


class UserQuerySet(models.QuerySet):
    def staff(self):
        """People who may be given work: active members of staff, by name."""
        return self.filter(is_staff=True, is_active=True).order_by("name", "pk")

    def present(self):
        """All but those who are away now. Whoever named a moment is back from then on."""
        return self.filter(models.Q(is_away=False) | models.Q(away_until__lte=timezone.now()))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email=None, phone=None, password=None, **fields):
        """A person with an e-mail address, a mobile number in E.164, or both; without either, ValueError."""
        if not email and not phone:
            raise ValueError("A user needs an e-mail address or a mobile number.")
        user = self.model(email=self.normalize_email(email).lower() if email else None, phone=phone or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email=None, phone=None, password=None, **fields):
        """Somebody who opens the rights page and nothing else: being a superuser grants no ticket.

        ValidationError for an address that has an account already, which the command createsuperuser says in one sentence.
        """
        if email and self.filter(email__iexact=email).exists():
            raise ValidationError(_("The e-mail address %(email)s has an account already."), params={"email": email})
        return self.create_user(email, phone, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, username):
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by e-mail or mobile number. Customer and staff member are what they may be besides."""

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), max_length=254, null=True, blank=True)
    phone = models.CharField(_("mobile number"), max_length=16, null=True, blank=True, unique=True)
    phone_verified = models.BooleanField(_("mobile number verified"), default=False)
    language = models.CharField(_("language"), max_length=8, choices=Language, blank=True, default="")
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, default="")
    calendar = models.CharField(_("calendar"), max_length=12, choices=Calendar, default=Calendar.AUTO)
    theme = models.CharField(_("theme"), max_length=8, choices=Theme, default=Theme.AUTO)
    start_page = models.CharField(_("begins with"), max_length=8, choices=StartPage, default=StartPage.INBOX)
    letter_keys = models.BooleanField(_("single-letter keys"), default=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_away = models.BooleanField(_("away"), default=False)
    away_until = models.DateTimeField(_("away until"), null=True, blank=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    session_round = models.PositiveIntegerField(_("round of sessions"), default=0, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_without_case"),
            models.CheckConstraint(condition=models.Q(email__isnull=False) | models.Q(phone__isnull=False), name="user_email_or_phone"),
        ]
        # The fifty among a million customers.
        indexes = [models.Index(fields=["name", "id"], condition=models.Q(is_staff=True, is_active=True), name="staff_by_name")]

    def __str__(self):
        return self.name or self.email or self.phone or ""

    @property
    def is_present(self):
        """Whether new tickets may find this colleague."""
        return not self.is_away or (self.away_until is not None and self.away_until <= timezone.now())

    @property
    def first_name(self):
        """How we address this person: the first word of the name."""
        return self.name.split(" ")[0] if self.name else ""

    def _get_session_auth_hash(self, secret=None):
        """What a session must know to go on: it ends with the password it began with, and with its round."""
        return salted_hmac("accounts.User.session", f"{self.password} {self.session_round}", secret=secret, algorithm="sha256").hexdigest()


class OneTimeCode(models.Model):
    """A number that was sent to an address, to be typed by whoever reads there. See accounts.codes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(_("purpose"), max_length=12)
    address = models.CharField(_("address"), max_length=254)
    digest = models.CharField(_("digest"), max_length=64)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    expires_at = models.DateTimeField(_("expires at"), db_index=True)
    spent_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("one-time code")
        verbose_name_plural = _("one-time codes")

    def __str__(self):
        return self.purpose
