import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from common.secrets import EncryptedTextField
from notifications.choices import GatewayKind, Template


def new_hook_token():
    """The unguessable part of the address at which a gateway tells us what became of our SMS."""
    return secrets.token_urlsafe(24)


class SmsGateway(models.Model):
    """One way by which SMS of a store leave. A store has several in an order: where one fails for certain, the next is asked.

    Those of the default store serve every store without any. `key` is the secret; in a described call it stands where that says
    {secret}. `described` holds what else an owner says of a gateway we do not know: how it reports, what it answers, its balance.
    """

    store = models.ForeignKey("stores.Store", models.CASCADE, related_name="sms_gateways", verbose_name=_("store"))
    name = models.CharField(_("name"), max_length=60, blank=True)
    kind = models.CharField(_("gateway"), max_length=12, choices=GatewayKind, default=GatewayKind.KAVENEGAR)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    is_on = models.BooleanField(_("in use"), default=True)
    sender = models.CharField(_("sender"), max_length=40, blank=True)
    user = models.CharField(_("user name"), max_length=100, blank=True)
    key = EncryptedTextField(_("key"), blank=True, default="")
    url = models.CharField(_("address of the call"), max_length=500, blank=True)
    method = models.CharField(_("kind of call"), max_length=4, default="POST")
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    body = models.TextField(_("body of the call"), blank=True)
    success = models.CharField(_("words of a good answer"), max_length=100, blank=True)
    described = models.JSONField(_("reports and balance of a described gateway"), default=dict, blank=True)
    templates_only = models.BooleanField(_("only by approved templates"), default=False)

    token = models.CharField(max_length=43, unique=True, default=new_hook_token, editable=False)
    price_per_part = models.DecimalField(_("price of a part"), max_digits=12, decimal_places=4, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    monthly_limit = models.DecimalField(_("most it may cost in a month"), max_digits=14, decimal_places=2, null=True, blank=True)
    balance = models.DecimalField(_("balance"), max_digits=16, decimal_places=4, null=True, blank=True, editable=False)
    balance_at = models.DateTimeField(_("balance asked at"), null=True, blank=True, editable=False)
    balance_warning = models.DecimalField(_("warn below"), max_digits=16, decimal_places=2, null=True, blank=True)
    checked_at = models.DateTimeField(_("a test message left at"), null=True, blank=True, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("SMS gateway of a store")
        verbose_name_plural = _("SMS gateways of stores")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name or self.get_kind_display()

    @property
    def is_low(self):
        """Whether its owner wants to be warned of what is left."""
        return self.balance is not None and self.balance_warning is not None and self.balance < self.balance_warning


class SmsTemplate(models.Model):
    """A text that the operator approved for one event, in one language or (empty) in all: its name there, and what fills its parameters.

    `parameters`: [[name of the parameter, name of our variable], …]
    """

    gateway = models.ForeignKey(SmsGateway, models.CASCADE, related_name="templates", verbose_name=_("gateway"))
    template = models.CharField(_("about"), max_length=24, choices=Template)
    language = models.CharField(_("language"), max_length=8, choices=Language, blank=True, default="")
    name = models.CharField(_("template at the gateway"), max_length=100)
    parameters = models.JSONField(_("parameters"), default=list, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("approved template of a gateway")
        verbose_name_plural = _("approved templates of gateways")
        ordering = ["template", "language", "pk"]
        constraints = [models.UniqueConstraint(fields=["gateway", "template", "language"], name="one_approved_template")]

    def __str__(self):
        return self.name
