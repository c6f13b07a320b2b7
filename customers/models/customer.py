from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from common.fulltext.models import Document
from common.phones import mask_email, mask_phone


class Way(models.TextChoices):
    """How somebody came to their organisation, or to none: what was done by hand no address undoes."""

    NONE = "", "-"
    HAND = "hand", _("by hand")
    DOMAIN = "domain", _("by the mail domain")
    OUT = "out", _("taken out by hand")


class CustomerQuerySet(models.QuerySet):
    def kept(self):
        """All but those who go on in another row, and those whose data were erased."""
        return self.filter(merged_into=None, erased_at=None)

    def reached_by(self, *, email=None, phone=None):
        """Customers without an account whose address this is, whatever its case."""
        match = models.Q()
        if email:
            match |= models.Q(email__iexact=email)
        if phone:
            match |= models.Q(phone=phone)
        return self.filter(match, user=None, merged_into=None) if match else self.none()


class Customer(models.Model):
    """Somebody who asks. May have an account to sign in with, or only an address to be answered at."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="customer", verbose_name=_("account")
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True, db_index=True)
    phone = models.CharField(_("mobile number"), max_length=16, blank=True, db_index=True)
    language = models.CharField(_("language"), max_length=8, choices=Language, default=Language.ENGLISH)
    # How they want to hear, where it differs from the usual (notifications/wishes.py): read with the row, so that telling costs no query.
    hears = models.JSONField(_("how they want to hear"), default=dict, blank=True, editable=False)
    company = models.CharField(_("company"), max_length=120, blank=True)
    organisation = models.ForeignKey(
        "customers.Organisation", models.SET_NULL, null=True, blank=True, related_name="members", db_index=False,
        verbose_name=_("organisation"),
    )  # fmt: skip
    organisation_way = models.CharField(_("came there"), max_length=8, choices=Way, blank=True, default=Way.NONE, editable=False)
    created_at = models.DateTimeField(_("customer since"), default=timezone.now, editable=False)
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged_rows", db_index=False, editable=False,
        verbose_name=_("merged into"),
    )  # fmt: skip
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)
    # What the running block says, so that neither pages nor doors need to look for it. It ends by itself.
    blocked_at = models.DateTimeField(_("blocked since"), null=True, blank=True, editable=False)
    blocked_until = models.DateTimeField(_("blocked until"), null=True, blank=True, editable=False)
    # Of all their tickets, whoever may see those (tickets/standing.py).
    tickets_count = models.PositiveIntegerField(_("tickets"), default=0, editable=False)
    open_tickets = models.PositiveIntegerField(_("open tickets"), default=0, editable=False)
    last_message_at = models.DateTimeField(_("last message"), null=True, blank=True, editable=False)
    has_warning = models.BooleanField(_("with a warning"), default=False, editable=False)
    last_rating = models.PositiveSmallIntegerField(_("last rating"), null=True, blank=True, editable=False)

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        indexes = [
            models.Index(fields=["name", "id"], name="customer_list_by_name"),
            models.Index(fields=["-created_at", "-id"], name="customer_list_newest"),
            models.Index(
                fields=["-last_message_at", "-id"], condition=models.Q(last_message_at__isnull=False), name="customer_list_by_message"
            ),
            models.Index(fields=["name", "id"], condition=models.Q(open_tickets__gt=0), name="customer_list_open"),
            models.Index(fields=["name", "id"], condition=models.Q(last_rating__isnull=False), name="customer_list_rated"),
            models.Index(fields=["name", "id"], condition=models.Q(blocked_at__isnull=False), name="customer_list_blocked"),
            models.Index(fields=["organisation", "name", "id"], condition=models.Q(organisation__isnull=False), name="members_by_name"),
            models.Index(fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name="customers_merged"),
            models.Index(fields=["name", "id"], condition=models.Q(has_warning=True), name="customer_list_warned"),
        ]

    def __str__(self):
        """Who has none of these was erased; lists need no column more for that."""
        return self.name or self.email or self.phone or gettext("Erased customer %(number)s") % {"number": self.pk}

    @property
    def first_name(self):
        return self.name.split(" ")[0] if self.name else ""

    @staticmethod
    def addressed(*, email="", phone=""):
        """The condition that a customer, or their account, has one of these addresses."""
        match = models.Q(pk__in=[])
        if email:
            match |= models.Q(email__iexact=email) | models.Q(user__email__iexact=email)
        if phone:
            match |= models.Q(phone=phone) | models.Q(user__phone=phone)
        return match

    @property
    def masked_email(self):
        """Enough to recognise the address, too little for whoever looks over the shoulder. Empty without one."""
        return mask_email(self.email) if self.email else ""

    @property
    def masked_phone(self):
        return mask_phone(self.phone) if self.phone else ""

    @property
    def is_gone(self):
        """Whether it goes on in another row, or was erased: then nothing is done to it any more."""
        return self.merged_into_id is not None or self.erased_at is not None

    @property
    def is_blocked(self):
        return self.blocked_at is not None and (self.blocked_until is None or self.blocked_until > timezone.now())

    @property
    def has_account(self):
        return self.user_id is not None


class CustomerDocument(Document):
    """What a customer is found by (customers.finding)."""

    customer = models.OneToOneField(Customer, models.CASCADE, primary_key=True, related_name="search_document")

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.customer_id)
